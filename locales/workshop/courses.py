"""Is a course fit to be read: every word, every language, on a phone?"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from locales.coursebook import Sheet, files, read
from locales.languages import LANGUAGES, SOURCE, shipped
from locales.workshop.faithful import unfaithful
from locales.workshop.problems import Line, Problem
from locales.workshop.wording import misworded, rules

_OPENING = "«“\"'(["


def folders(root: Path) -> list[Path]:
    """The courses' folders in a folder of courses."""
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def course(folder: Path, *, complete: bool = False) -> tuple[dict[str, Sheet], list[Problem]]:
    """A course by language, and every fault in it; `complete` asks for every language families can read."""
    paths, wrong = files(folder)
    sheets: dict[str, Sheet] = {}
    for code, path in paths.items():
        sheet, problems = read(path)
        wrong += problems
        if sheet is not None:
            sheets[code] = sheet
    german = sheets.get(SOURCE)
    for code, sheet in sheets.items() if german else ():
        assert german is not None  # noqa: S101 - as the line above says
        wrong += _beside(f"{folder.name}/{code}.toml", code, sheet, german)
    for code in shipped("families") if complete else ():
        if code not in paths and code != SOURCE:
            wrong.append(
                Problem(folder.name, "", f"{code}.toml is missing; ours are there in every language")
            )
    return sheets, sorted(set(wrong))


def check_courses(root: Path) -> list[Problem]:
    """Every fault in a folder of courses that are to be there in every language; none where there is no folder."""
    if not root.is_dir():
        return []
    return [problem for folder in folders(root) for problem in course(folder, complete=True)[1]]


def _beside(file: str, code: str, sheet: Sheet, german: Sheet) -> Iterator[Problem]:
    own, theirs = (
        {"sessions": len(one.sessions), "exercises": len(one.exercises)} for one in (sheet, german)
    )
    for what in own:
        if own[what] != theirs[what]:
            yield Problem(
                file, what, f"there are {own[what]}, in German {theirs[what]}; please make them equal"
            )
    if own != theirs:
        return
    for number, (one, other) in enumerate(zip(sheet.exercises, german.exercises, strict=True), 1):
        if one.minutes != other.minutes:
            yield Problem(file, f"exercise {number}, minutes", f"is {one.minutes}, in German {other.minutes}")
    for (entry, text), (_, source) in zip(sheet.texts(), german.texts(), strict=True):
        for sentence in _text(Line("families", code, "", source, text)):
            yield Problem(file, entry, sentence)


def _text(line: Line) -> Iterator[str]:
    yield from unfaithful(line, rules().listed("same"))
    yield from misworded(line)
    if LANGUAGES[line.language].rtl:
        yield from (_from_the_left(one) for one in line.text.split("\n") if not _begins_right(one))


def _begins_right(line: str) -> bool:
    first = line.lstrip(_OPENING)[:1]
    return unicodedata.bidirectional(first) in ("R", "AL") if first else False


def _from_the_left(line: str) -> str:
    return f"the line {line!r} begins with no letter of the language; please turn the words around"
