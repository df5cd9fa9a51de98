"""The journal from outside the bot: is it whole?"""

import sys

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from bot import config
from bot.commands.opening import archive_of, fail, with_store
from bot.loop import run as run_loop
from storage.store import Store

app = typer.Typer(help="The journal of who did what.", no_args_is_help=True)


@app.command()
def verify() -> None:
    """Checks every line against the one before it, and the last against the head kept with the keys.

    Exit code 1 when anything was changed, taken out, moved, put in or cut off.
    """
    loaded = with_store()
    try:
        count, faults = run_loop(verified(loaded))
    except SQLAlchemyError as error:
        fail(
            f"The journal can't be read ({type(error).__name__}); the store may be damaged, see paenz check."
        )
    for fault in faults:
        Console(stderr=True, style="red", highlight=False).print(fault, markup=False, soft_wrap=True)
    if faults:
        fail(f"Faults: {len(faults)}, in a journal of lines: {count}.")
    sys.stdout.write(f"whole: {count} lines\n")


async def verified(loaded: config.Settings) -> tuple[int, list[str]]:
    """How many lines there are, and one sentence for each fault."""

    def look(store: Store) -> tuple[int, list[str]]:
        faults = list(store.journal.faults())
        return store.journal.count(), faults

    async with archive_of(loaded) as archive:
        return await archive.read(look)
