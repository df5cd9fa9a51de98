"""The rota as a calendar file: taken out, and read in, since a bot takes no files in the chat."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import config
from bot.clock import SystemClock
from bot.commands.opening import archive_of, fail, with_store
from bot.loop import run as run_loop
from handlers.rota import ics, sharing
from handlers.rota.sharing import Imported
from handlers.rota.unfolding import Unclear
from locales.translator import voice

app = typer.Typer(help="The rota as a calendar file (iCalendar).", no_args_is_help=True)
BY = "command line"
MOST_BYTES = 1_000_000


@app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A calendar file (.ics); what it needs stands in the README.")],
) -> None:
    """Reads the shifts of the next eight weeks from a calendar file. The same file again changes nothing.

    Exit code 1 when an event was not understood; all others are taken over nevertheless.
    """
    loaded = with_store()
    try:
        if file.stat().st_size > MOST_BYTES:
            fail(f"{file} is too large for a calendar: more than {MOST_BYTES} bytes")
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        fail(f"{file} can't be read: {error.strerror}")
    except UnicodeDecodeError:
        fail(f"{file} can't be read: it is not written in UTF-8")
    try:
        done, wrong = run_loop(_import(loaded, text))
    except Unclear as error:
        fail(error)
    typer.echo(
        f"New: {done.new}. Changed: {done.changed}. Cancelled: {done.cancelled}. As before: {done.same}. "
        f"Left as the chat has them: {done.kept}. Left, since they had begun: {done.begun}."
    )
    for line in wrong:  # beside the result, and not where logs are kept: they may name somebody
        Console(style="red", highlight=False).print(line, markup=False, soft_wrap=True)
    if wrong:
        fail(f"Not understood: {len(wrong)}.")


async def _import(loaded: config.Settings, text: str) -> tuple[Imported, list[str]]:
    """The file is understood while nobody waits for the store, and only what came of it is written."""
    now = SystemClock().now()
    async with archive_of(loaded) as archive:
        known = await archive.read(sharing.known)
        found, wrong = ics.read(text, known, now, sharing.until(now))
        return await archive.write(lambda store: sharing.take(store, found, now, BY)), wrong


@app.command(name="export")
def export_file(
    file: Annotated[Path, typer.Argument(help="Where the calendar file is to be written.")],
) -> None:
    """Writes the shifts of the next eight weeks into a calendar file: who, when, which step and site."""
    loaded = with_store()
    text = run_loop(_export(loaded))
    try:
        file.write_bytes(text.encode("utf-8"))
    except OSError as error:
        fail(f"{file} can't be written: {error.strerror}")
    typer.echo(f"{text.count('BEGIN:VEVENT')} shifts are in {file}.")


async def _export(loaded: config.Settings) -> str:
    now = SystemClock().now()
    async with archive_of(loaded) as archive:
        return await archive.read(lambda store: sharing.exported(store, now, voice("de")))
