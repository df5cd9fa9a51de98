"""For a member of staff who has lost their code app, when no lead is left who could help in the chat."""

from datetime import datetime
from typing import Annotated

import typer

from bot import config
from bot.clock import SystemClock
from bot.commands.opening import archive_of, fail, with_store
from bot.loop import run as run_loop
from storage.records import STAFF, Person
from storage.store import Store


def reset_code(
    name: Annotated[str, typer.Argument(help="The person's name as the team sees it, such as 'Frau L.'")],
) -> None:
    """Forgets the code app of a member of staff; their next press shows them how to connect a new one."""
    loaded = with_store()
    found = run_loop(_reset(loaded, name, SystemClock().now()))
    if found != 1:
        fail(f"{found} members of staff are called {name!r}; nothing was changed.")
    typer.echo(f"{name} is asked to connect a code app at their next press.")


async def _reset(loaded: config.Settings, name: str, now: datetime) -> int:
    async with archive_of(loaded) as archive:
        return await archive.write(lambda store: reset(store, name, now))


def reset(store: Store, name: str, now: datetime) -> int:
    """How many are called so; the app is forgotten only when there is exactly one."""
    everybody = {person.id: person for role in STAFF for person in store.people.with_role(role)}
    called: list[Person] = [person for person in everybody.values() if person.name == name]
    if len(called) == 1:
        store.logins.drop(called[0].id)
        store.journal.write(now, "command line", "login.reset", f"person:{called[0].id}")
    return len(called)
