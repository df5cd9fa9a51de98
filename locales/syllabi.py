"""The courses that can be offered: ours, and the agency's own beside them or in their place."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locales.coursebook import Exercise, Session, Sheet
from locales.languages import SOURCE
from locales.workshop.courses import course, folders
from locales.workshop.problems import Problem

OURS = Path(__file__).parent / "courses"
_also: list[Path] = []

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Syllabus:
    """A course by its folder's name, with how many sessions and exercises it has."""

    id: str
    sessions: int
    exercises: int


def also_from(folder: Path | None) -> None:
    """Sets the agency's own folder of courses, once, before anybody is spoken to; None for none."""
    _also[:] = [folder] if folder else []
    _shelf.cache_clear()


def left_out(folder: Path) -> list[Problem]:
    """Why courses in this folder are not offered; a course with a fault is left out, the others are not."""
    return _read(folder)[1]


def syllabi() -> list[Syllabus]:
    """All courses, in the order of their names."""
    found = ((id, sheets[SOURCE]) for id, sheets in sorted(_shelf().items()))
    return [Syllabus(id, len(sheet.sessions), len(sheet.exercises)) for id, sheet in found]


def syllabus(id: str) -> Syllabus | None:
    """The course of this name; None when there is none, or none any more."""
    return next((one for one in syllabi() if one.id == id), None)


def spoken(id: str, language: str) -> str:
    """The language in which somebody reads this course: their own, or German as a whole."""
    return language if language in _shelf().get(id, {}) else SOURCE


def title(id: str, language: str) -> str:
    """The course's name; its id for a course that is there no more."""
    sheet = _sheet(id, language)
    return sheet.title if sheet else id


def about(id: str, language: str) -> str:
    """What the course is about, in a sentence or two; "" for one that is there no more."""
    sheet = _sheet(id, language)
    return sheet.about if sheet else ""


def session(id: str, n: int, language: str) -> Session | None:
    """The n-th session, counted from 1; None when the course has no such one."""
    sheet = _sheet(id, language)
    return sheet.sessions[n - 1] if sheet and 1 <= n <= len(sheet.sessions) else None


def topic(id: str, n: int, language: str) -> str:
    """The topic of the n-th session, counted from 1; "" when the course has no such one."""
    found = session(id, n, language)
    return found.topic if found else ""


def exercise(id: str, step: int, language: str) -> Exercise | None:
    """The exercise at a step, counted from 0; None when the course has no such one."""
    sheet = _sheet(id, language)
    return sheet.exercises[step] if sheet and 0 <= step < len(sheet.exercises) else None


def _sheet(id: str, language: str) -> Sheet | None:
    return _shelf().get(id, {}).get(spoken(id, language))


@cache
def _shelf() -> Mapping[str, Mapping[str, Sheet]]:
    found: dict[str, Mapping[str, Sheet]] = {}
    for folder in (OURS, *_also):
        sheets, wrong = _read(folder)
        found |= sheets
        for problem in wrong:
            _log.error("a course is left out: %s", problem)
    return found


def _read(folder: Path) -> tuple[dict[str, Mapping[str, Sheet]], list[Problem]]:
    try:
        if not folder.is_dir():
            return {}, [Problem(str(folder), "", "there is no such folder")]
        read = {one.name: _course(one) for one in folders(folder)}
    except (OSError, ValueError) as error:
        return {}, [Problem(str(folder), "", _closed(error))]
    wrong = [problem for _, problems in read.values() for problem in problems]
    return {id: sheets for id, (sheets, problems) in read.items() if not problems}, wrong


def _course(folder: Path) -> tuple[dict[str, Sheet], list[Problem]]:
    """A course, or why not: whatever lies in one folder, the others are offered and the bot starts."""
    try:
        return course(folder)
    except OSError as error:
        return {}, [Problem(folder.name, "", _closed(error))]
    except Exception:
        _log.exception("a course could not be read: %s", folder.name)
        return {}, [Problem(folder.name, "", "could not be read; the log says why")]


def _closed(error: Exception) -> str:
    return f"the folder can't be opened ({type(error).__name__}); may the bot read it?"
