"""What whoever works with a family sees of its exercises: course, step, day of the last answer."""

from collections.abc import Sequence
from datetime import datetime

from handlers.callback import press
from handlers.fitting import shortened
from handlers.practice.at import At
from handlers.screen import Button, Row, Screen, screen
from locales import courses
from locales.languages import SOURCE
from locales.phrase import Day, Items, Phrase, S
from storage.records import Family, Person, Practice, PracticeState

Standing = Sequence[tuple[Person, Practice, datetime | None]]
MOST = 6


def asks(family: Family, practice: Practice, language: str) -> Screen:
    """For the caseworker, at once: who asks about which exercise."""
    return screen(
        S("practice.asks", family=family.label, exercise=_known(practice, language)),
        buttons=[(Button(S("practice.look.button"), press("practice", "family", family.id)),)],
    )


def family(of: Family, standing: Standing, unreachable: Sequence[Person] = ()) -> Screen:
    """Where a family's parents stand: course, exercise, day of the last answer; nothing of what they said."""
    lines = [_line(*one) for one in standing[:MOST]]
    text = [
        S("practice.family", family=of.label, places=Items(*lines))
        if lines
        else S("practice.nobody", family=of.label)
    ]
    if unreachable:
        names = Items(*(one.name or S("consent.somebody") for one in unreachable))
        text.append(S("consent.call_them", names=names, family=of.label))
    give = (Button(S("practice.give.button"), press("practice", "give", of.id)),)
    back = (Button(S("caseload.back.button"), press("caseload", "open", of.id)),)
    return screen(*text, buttons=[give, back])


def choose_course(of: Family, language: str) -> Screen:
    """Which exercises a caseworker can give."""
    found = courses.syllabi()[: 3 * MOST]
    rows: list[Row] = [
        (Button(shortened(courses.title(one.id, language)), press("practice", "give", of.id, one.id)),)
        for one in found
    ]
    back = (Button(S("caseload.back.button"), press("practice", "family", of.id)),)
    return screen(S("practice.choose_course", family=of.label), buttons=[*rows, back])


def _line(person: Person, practice: Practice, last: datetime | None) -> Phrase:
    here = At(practice, SOURCE, practice.at, practice.at, 0)
    n = min(practice.step + 1, here.all)
    state = S(f"practice.state.{PracticeState.RESTING if here.has_more else practice.state}")
    said = Day(last) if last else S("practice.no_answer")
    return S(
        "practice.line",
        name=shortened(person.name, 20),
        title=here.title,
        n=n,
        all=here.all,
        state=state,
        last=said,
    )


def _known(practice: Practice, language: str) -> str:
    found = courses.exercise(practice.syllabus, practice.step, language)
    return found.title if found else courses.title(practice.syllabus, language)
