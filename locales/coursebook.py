"""One course as it is written down: its files read, with a sentence for everything that is not right."""

import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from locales.bidi import clean
from locales.languages import LANGUAGES, SOURCE
from locales.visible import can_be_seen
from locales.workshop.problems import Problem

ID = re.compile(r"[a-z][a-z0-9_]{1,23}")
MOST_SESSIONS, MOST_EXERCISES, MOST_MINUTES = 40, 99, 60
# signs (UTF-16 units) that a phone shows without making people scroll
MOST_OF_TITLE, MOST_OF_TOPIC, MOST_OF_LINE, MOST_OF_TIP = 40, 60, 100, 130
MOST_OF_ABOUT = 200
MOST_OF_FILE = 200_000  # bytes
LINES = range(1, 5)
_COURSE = {"title", "about", "sessions", "exercises"}
_SESSION = {"topic", "what_we_do"}
_EXERCISE = {"title", "minutes", "text", "tip"}


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of a course: its topic, and in a few short lines what one does there."""

    topic: str
    what_we_do: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One small exercise for at home: its title, how many minutes it takes, a few short lines, and a tip."""

    title: str
    minutes: int
    lines: tuple[str, ...]
    tip: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A course in one language."""

    title: str
    about: str
    sessions: tuple[Session, ...]
    exercises: tuple[Exercise, ...]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Everything people read of it, each with the name of the entry in which it stands."""
        yield "title", self.title
        yield "about", self.about
        for number, one in enumerate(self.sessions, 1):
            yield f"session {number}, topic", one.topic
            yield f"session {number}, what_we_do", "\n".join(one.what_we_do)
        for number, exercise in enumerate(self.exercises, 1):
            yield f"exercise {number}, title", exercise.title
            yield f"exercise {number}, text", "\n".join(exercise.lines)
            yield f"exercise {number}, tip", exercise.tip


def read(path: Path) -> tuple[Sheet | None, list[Problem]]:
    """A course's file in one language; no sheet when its entries are not all there, or it can't be read at all."""
    try:
        table = tomllib.loads(_written(path))
    except UnicodeDecodeError:
        return None, [Problem(_name(path), "", "please save it as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        advice = 'texts stand between straight quotes "…", several lines between three of them'
        return None, [Problem(_name(path), "", f"can't be read: {error}; {advice}")]
    except OSError as error:
        said = f"can't be opened ({type(error).__name__}); may the bot read it?"
        return None, [Problem(_name(path), "", said)]
    except _Odd as odd:
        return None, [Problem(_name(path), "", str(odd))]
    except (ValueError, RecursionError):
        said = "can't be read: a number is too long, or brackets stand within too many brackets"
        return None, [Problem(_name(path), "", said)]
    reading = _Reading(_name(path))
    found = reading.sheet(table)
    return (None if reading.problems else found), reading.problems


class _Odd(Exception):  # noqa: N818 - a finding, told to whoever wrote the file
    """Why something is no course's file, in a sentence."""


def _written(path: Path) -> str:
    """What a file says. Looked at before it is opened: a pipe would never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise _Odd("is no file with text in it")
    with path.open("rb") as file:
        found = file.read(MOST_OF_FILE + 1)
    if len(found) > MOST_OF_FILE:
        raise _Odd(f"is larger than {MOST_OF_FILE // 1000} kB; a course needs 20")
    # a file's lines may end as Windows writes them
    return found.decode("utf-8-sig").replace("\r\n", "\n")


def files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """A course's files by language, and what is wrong with the folder itself. Raises OSError.

    What an editor leaves lying about begins with a dot and is passed over.
    """
    known = {path.stem: path for path in sorted(folder.iterdir()) if _is_meant(path)}
    wrong = [
        Problem(_name(path), "", f"no language is called so; there are {', '.join(LANGUAGES)}")
        for code, path in known.items()
        if code not in LANGUAGES
    ]
    if not ID.fullmatch(folder.name):
        wrong.append(Problem(folder.name, "", "a folder's name has 2 to 24 small letters, digits and _"))
    if SOURCE not in known:
        wrong.append(Problem(folder.name, "", f"{SOURCE}.toml is missing; every course is there in German"))
    return {code: path for code, path in known.items() if code in LANGUAGES}, wrong


def _is_meant(path: Path) -> bool:
    return path.suffix == ".toml" and not path.name.startswith(".")


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


class _Reading:
    """Takes entries out of a table and notes what is missing, unknown or too long."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def sheet(self, table: Mapping[str, Any]) -> Sheet:
        self._only(table, _COURSE, "")
        return Sheet(
            self._line(table, "title", "", MOST_OF_TITLE),
            self._line(table, "about", "", MOST_OF_ABOUT),
            tuple(self._session(*one) for one in self._tables(table, "session", MOST_SESSIONS)),
            tuple(self._exercise(*one) for one in self._tables(table, "exercise", MOST_EXERCISES)),
        )

    def _session(self, where: str, table: Mapping[str, Any]) -> Session:
        self._only(table, _SESSION, where)
        topic = self._line(table, "topic", where, MOST_OF_TOPIC)
        return Session(topic, self._lines(table, "what_we_do", where))

    def _exercise(self, where: str, table: Mapping[str, Any]) -> Exercise:
        self._only(table, _EXERCISE, where)
        return Exercise(
            self._line(table, "title", where, MOST_OF_TITLE),
            self._minutes(table, where),
            self._lines(table, "text", where),
            self._line(table, "tip", where, MOST_OF_TIP),
        )

    def _wrong(self, where: str, name: str, sentence: str) -> None:
        self.problems.append(Problem(self.file, ", ".join(filter(None, (where, name))), sentence))

    def _only(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        for name in sorted(table.keys() - known):
            self._wrong(where, name, f"is no known entry; here stand {', '.join(sorted(known))}")

    def _tables(
        self, table: Mapping[str, Any], what: str, most: int
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        found = table.get(f"{what}s", [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            return self._wrong("", f"{what}s", f"each begins with a line [[{what}s]]")
        if not 1 <= len(found) <= most:
            self._wrong("", f"{what}s", f"there are {len(found)}; a course has 1 to {most}")
        for number, one in enumerate(found, 1):
            yield f"{what} {number}", one
        return None

    def _line(self, table: Mapping[str, Any], name: str, where: str, most: int) -> str:
        lines = self._some(table, name, where)
        if len(lines) > 1:
            self._wrong(where, name, f"has {len(lines)} lines; please make it one")
        self._short(lines, name, where, most)
        return " ".join(lines)

    def _lines(self, table: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
        lines = self._some(table, name, where)
        if len(lines) > LINES[-1]:
            self._wrong(
                where, name, f"has {len(lines)} lines; {LINES[-1]} short ones at most are read on a phone"
            )
        self._short(lines, name, where, MOST_OF_LINE)
        return tuple(lines)

    def _some(self, table: Mapping[str, Any], name: str, where: str) -> list[str]:
        written = table.get(name)
        if not isinstance(written, str):
            self._wrong(where, name, "is missing" if written is None else 'is a text between quotes "…"')
            return []
        lines = [line.strip() for line in clean(written).split("\n") if can_be_seen(line)]
        if not lines:
            self._wrong(where, name, "is empty")
        return lines

    def _short(self, lines: list[str], name: str, where: str, most: int) -> None:
        for line in lines:
            size = len(line.encode("utf-16-le")) // 2
            if size > most:
                start = f"{line[:30]}…"
                self._wrong(where, name, f"the line {start!r} has {size} signs; please say it in {most}")

    def _minutes(self, table: Mapping[str, Any], where: str) -> int:
        written = table.get("minutes")
        if type(written) is int and 1 <= written <= MOST_MINUTES:
            return written
        self._wrong(where, "minutes", f"is a number from 1 to {MOST_MINUTES}, without quotes")
        return 1
