"""Inviting the first members of staff; everybody after them is invited in the chat."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import orjson
import typer
from telegram import Bot
from telegram.error import TelegramError

from bot import config
from bot.clock import SystemClock
from bot.commands.opening import archive_of, fail, token_of, with_store
from bot.loop import run as run_loop
from bot.wire import AiohttpRequest, Wire
from handlers.links import introduce, invitation_link
from handlers.oversight.rules import LONGEST_NAME
from storage.records import Role


class Invited(StrEnum):
    LEAD = "lead"
    CASEWORKER = "caseworker"
    ON_CALL = "oncall"


ROLES = {Invited.LEAD: Role.LEAD, Invited.CASEWORKER: Role.CASEWORKER, Invited.ON_CALL: Role.ON_CALL}


def invite(
    role: Annotated[Invited, typer.Argument(help="What the person will be.")],
    name: Annotated[str, typer.Option("--name", help="How others will see the person, such as 'Frau K.'")],
    step: Annotated[int, typer.Option(help="On-call only: the step of the escalation.", min=1, max=9)] = 1,
    json: Annotated[
        bool, typer.Option("--json", help="Print link, code, role and expires_at as JSON.")
    ] = False,
) -> None:
    """Invites a member of staff and prints the link, which opens once and for 72 hours."""
    loaded = with_store()
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        fail(f"--name must have 1 to {LONGEST_NAME} characters.")
    link, code, expires_at = run_loop(_invite(loaded, token_of(loaded), ROLES[role], name, step))
    if json:
        answer = {"link": link, "code": code, "role": role.value, "expires_at": expires_at.isoformat()}
        typer.echo(orjson.dumps(answer).decode())
    else:
        typer.echo(f"{link}\nValid once, until {expires_at.astimezone():%d.%m.%Y %H:%M}.")


async def _invite(
    loaded: config.Settings, token: str, role: Role, name: str, step: int
) -> tuple[str, str, datetime]:
    introduce(await _username(loaded, token))
    step_held = step if role is Role.ON_CALL else None
    now = SystemClock().now()
    async with archive_of(loaded) as archive:
        code, expires_at = await archive.write(
            lambda store: store.invitations.add(role, name, now, step=step_held)
        )
        await archive.write(lambda store: store.journal.write(now, "command line", "invited", f"role:{role}"))
    return invitation_link(code), code, expires_at


async def _username(loaded: config.Settings, token: str) -> str:
    wire = Wire(loaded.api_url, token)
    try:
        me = await Bot(token, base_url=f"{loaded.api_url}/bot", request=AiohttpRequest(wire)).get_me()
    except TelegramError as error:
        fail(f"Telegram could not be asked for the bot's name ({type(error).__name__}); a link needs it.")
    finally:
        await wire.close()
    return me.username or ""
