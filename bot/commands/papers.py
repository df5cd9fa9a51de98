"""Printing the papers data protection asks for, from the code and, where there is one, the store."""

from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.commands.opening import fail, settings
from bot.loop import run as run_loop
from bot.papers import operator, pages, shelf
from storage.retention import PERIODS


class Language(StrEnum):
    GERMAN = "de"
    ENGLISH = "en"


def papers(
    folder: Annotated[Path, typer.Argument(help="Where the pages are written; made when it isn't there.")],
    language: Annotated[Language, typer.Option(help="For staff; families' sheets come in all theirs.")] = (
        Language.GERMAN
    ),
    operator_file: Annotated[
        Path | None,
        typer.Option("--operator", help="The operator's own facts; the sample is docs/operator.toml."),
    ] = None,
) -> None:
    """Writes the data-protection papers as pages to read, complete and print."""
    loaded = settings()
    try:
        facts = operator.read(operator_file) if operator_file else operator.Operator()
    except operator.OperatorError as error:
        fail(error)
    found = run_loop(shelf.looked_into(loaded))
    now = SystemClock().now()
    made = pages.Made(version("paenz"), now, language.value, facts, found.log, found.numbers, PERIODS)
    count = _written(folder, made)
    typer.echo(f"{count} papers are in {folder}; begin with {folder / 'index.html'}.")
    if found.log.missing:
        typer.echo(f"The log of incidents is empty: {shelf.WHY[found.log.missing]}", err=True)


def _written(folder: Path, made: pages.Made) -> int:
    """Puts every page into the folder; how many. What can't be written ends the command with a sentence."""
    finished = list(pages.papers(made))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for paper in finished:
            (folder / paper.file).write_text(paper.html, encoding="utf-8")
    except OSError as error:
        fail(f"{folder} can't be written to: {error.strerror}")
    return len(finished)
