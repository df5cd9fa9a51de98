"""Which papers there are, and what each is filled with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.papers import breaches, risks
from bot.papers.controls import by_file
from bot.papers.numbers import Printed, callable_by
from bot.papers.operator import Operator
from bot.papers.press import printed, staff_says
from handlers.incidents import rules
from locales.languages import endonym, shipped
from locales.translator import voice
from storage import register
from storage.records import CrisisNumber


@dataclass(frozen=True, slots=True)
class Made:
    """What all papers of one day have in common. `language` is a staff language; `now` is aware.

    `periods` are the days after which a table's rows go by themselves.
    """

    version: str
    now: datetime
    language: str = "de"
    operator: Operator = field(default_factory=Operator)
    log: breaches.Log = field(default_factory=breaches.Log)
    numbers: Sequence[CrisisNumber] = ()
    periods: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """One finished page, and its name as a file."""

    file: str
    html: str


def papers(made: Made) -> Iterator[Paper]:
    """Every paper there is, the index first."""
    yield Paper("index.html", _for_staff("index.html", made, papers=_index()))
    yield Paper(
        "records.html",
        _for_staff("records.html", made, register=register, kept=partial(_kept, made)),
    )
    yield Paper("dpia.html", _for_staff("dpia.html", made, risks=risks, by_file=by_file))
    yield Paper("processors.html", _for_staff("processors.html", made))
    yield Paper(
        "incidents.html",
        _for_staff("incidents.html", made, late=breaches.is_late, rules=rules, letters=_languages()),
    )
    for code in shipped("families"):
        yield Paper(f"letter-{code}.html", _for_families("letter.html", made, code))
        numbers = callable_by(made.numbers, code)
        yield Paper(f"info-{code}.html", _for_families("info.html", made, code, numbers=numbers))


def _for_staff(template: str, made: Made, **given: Any) -> str:
    return printed(template, made.language, "staff", made=made, **given)


def _for_families(template: str, made: Made, code: str, numbers: Sequence[Printed] = ()) -> str:
    return printed(template, code, "families", made=made, numbers=numbers)


def _kept(made: Made, table: str) -> str:
    """How long a table's rows are kept, as far as the code says so."""
    if table in made.periods:
        return _said(made, "days", days=made.periods[table])
    if register.REGISTER[table].kind is register.Kind.AGENCY:
        return _said(made, "agency")
    return _said(made, "erased" if register.ends_with_somebody(table) else "undecided")


def _said(made: Made, end: str, **slots: int) -> str:
    return voice(made.language).say(staff_says(f"kept.{end}", **slots))


def _languages() -> list[tuple[str, str]]:
    return [(code, endonym(code)) for code in shipped("families")]


def _index() -> list[tuple[str, str, str, str]]:
    """For each paper: its file, the end of the key of its title, for whom it is, in which language if any."""
    fixed = [(f"{name}.html", f"{name}.title", f"index.{name}", "") for name in FOR_STAFF]
    families = [
        (f"{name}-{code}.html", f"index.{name}_title", f"index.{name}", language)
        for name in FOR_FAMILIES
        for code, language in _languages()
    ]
    return fixed + families


FOR_STAFF = ("records", "dpia", "processors", "incidents")
FOR_FAMILIES = ("info", "letter")
