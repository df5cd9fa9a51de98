"""The command `paenz`, same as `python -m bot`."""

import asyncio
import signal
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import orjson
import typer
from rich.console import Console
from rich.progress import track
from telegram import Bot
from telegram.error import TelegramError

from bot import agency, check, config
from bot.app import AlreadyRunning, keep_what_is_loaded, running
from bot.clock import SystemClock
from bot.log import write_log
from bot.loop import run as run_loop
from bot.wire import AiohttpRequest, Wire
from handlers.links import introduce, invitation_link
from handlers.oversight.rules import LONGEST_NAME
from locales.zone import live_in
from storage.engine import Archive, database_path
from storage.migrate import upgrade
from storage.records import Role

app = typer.Typer(
    help="Pänz: the messaging bot for families in Köln-Porz and the people who help them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
console = Console()
SAMPLE = Path(__file__).parent / "demo" / "agency.toml"


class Invited(StrEnum):
    LEAD = "lead"
    CASEWORKER = "caseworker"
    ON_CALL = "oncall"


ROLES = {Invited.LEAD: Role.LEAD, Invited.CASEWORKER: Role.CASEWORKER, Invited.ON_CALL: Role.ON_CALL}


def fail(why: object) -> NoReturn:
    """Says why in plain words and leaves with exit code 1."""
    Console(stderr=True, style="red", highlight=False).print(str(why), markup=False)
    raise typer.Exit(1)


def settings() -> config.Settings:
    try:
        loaded = config.load()
        live_in(loaded.timezone)
        write_log(loaded.log, loaded.token.get_secret_value() if loaded.token else "")
    except config.ConfigError as error:
        fail(error)
    return loaded


def with_store() -> config.Settings:
    """The settings, and the folder in which the store lies or will lie."""
    loaded = settings()
    folder = Path(database_path(loaded.store)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"PAENZ_STORE can't be used: {error.strerror}; allowed: {config.ALLOWED['store']}")
    return loaded


def token_of(loaded: config.Settings) -> str:
    try:
        return loaded.secret
    except config.ConfigError as error:
        fail(error)


@app.command()
def run() -> None:
    """Runs the bot until it is stopped (Ctrl-C, SIGTERM)."""
    loaded = with_store()
    token = token_of(loaded)
    write_log(loaded.log, token)
    try:
        run_loop(_run(loaded, token))
    except AlreadyRunning as error:
        fail(error)


async def _run(loaded: config.Settings, token: str) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    keep_what_is_loaded()
    async with running(loaded.api_url, token, loaded.store) as machine:
        if not await machine.works_until(ended):
            fail("A part of the bot died, see the log. Whoever watches over it should start it again.")


@app.command()
def demo() -> None:
    """Shows everything on one page: the bot, a local Telegram, and four phones. Needs no token."""
    from bot.demo.show import show  # the show flat is opened only for a show

    loaded = settings()
    try:
        run_loop(show(loaded.demo_port))
    except OSError as error:
        fail(
            f"The demo can't use port {loaded.demo_port} ({error.strerror}). Set PAENZ_DEMO_PORT to a free one."
        )


@app.command(name="check")
def check_all() -> None:
    """Checks settings, store, catalogs, Telegram and whether anybody is on call. Exit code 1 when anything fails."""
    try:
        loaded = config.load()
    except config.ConfigError as error:
        fail(error)
    write_log("ERROR")
    results = run_loop(check.everything(loaded))
    for result in results:
        console.print(
            f"{'✅' if result.good else '❌'} {result.what}: {result.says}", markup=False, highlight=False
        )
    if not all(result.good for result in results):
        raise typer.Exit(1)


@app.command()
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
    upgrade(loaded.store)
    archive = await Archive.open(loaded.store)
    step_held = step if role is Role.ON_CALL else None
    now = SystemClock().now()
    try:
        code, expires_at = await archive.write(
            lambda store: store.invitations.add(role, name, now, step=step_held)
        )
        await archive.write(lambda store: store.journal.write(now, "command line", "invited", f"role:{role}"))
    finally:
        await archive.close()
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


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="The agency's facts; the sample is bot/demo/agency.toml.")],
) -> None:
    """Loads sites, offers, crisis numbers and the escalation policy from a file."""
    loaded = with_store()
    try:
        facts = agency.read(file)
    except agency.AgencyError as error:
        fail(error)
    upgrade(loaded.store)
    run_loop(_load(loaded.store, facts))
    unconfirmed = sum(number.confirmed_on is None for number in facts.numbers)
    typer.echo(f"{len(facts.sites)} sites, {len(facts.numbers)} numbers, of which {unconfirmed} unconfirmed.")


async def _load(store_url: str, facts: agency.AgencyFacts) -> None:
    archive = await Archive.open(store_url)
    try:
        await archive.write(lambda store: agency.write(store, facts))
    finally:
        await archive.close()


@app.command()
def migrate() -> None:
    """Brings the store up to this version."""
    loaded = with_store()
    for _ in track([loaded.store], description="Migrating", console=Console(stderr=True)):
        upgrade(loaded.store)
    typer.echo("The store is up to date.")


def main() -> None:
    """The console script's way in."""
    app()


if __name__ == "__main__":
    main()
