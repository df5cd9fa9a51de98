"""The journal on a small screen: newest first, in plain words, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.callback import press
from handlers.fitting import page, shortened, turning
from handlers.journal.rules import known_act
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Day, Hour, Items, Phrase, S
from locales.translator import keys
from storage.records import Family, Person, Role

ON_A_PAGE = 6
CHOICES = 8
LONGEST_NAME = 20
GROUP = "journal.act."


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: who did what, perhaps to whom, perhaps for which family."""

    at: datetime
    who: Phrase | str
    act: str
    whom: Phrase | str | None
    family: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One page. `days` are its lines by day; `by`, `key`, `page` and `until` find it again."""

    about: Phrase
    days: Sequence[tuple[datetime, Sequence[Entry]]]
    by: str
    key: str
    page: int
    until: int
    more: bool


def menu(today: date) -> Screen:
    """The three ways in."""
    return screen(
        S("journal.menu"),
        buttons=[
            (Button(S("journal.by_family.button"), press("journal", "families")),),
            (Button(S("journal.by_person.button"), press("journal", "people")),),
            (Button(S("journal.by_day.button"), press("journal", "read", "day", today.isoformat())),),
        ],
    )


def choose_family(families: Sequence[Family], number: int = 0) -> Screen:
    shown = page(families, number, CHOICES)
    chosen = [
        Button(shortened(family.label, LONGEST_NAME), press("journal", "read", "family", family.id))
        for family in shown.items
    ]
    turn = turning(shown, lambda to: press("journal", "families", to))
    said = S("journal.which_family") if families else S("journal.no_family")
    return screen(said, buttons=[*in_rows(chosen, 2), *turn, (_back(),)])


def choose_person(people: Sequence[Person], number: int = 0) -> Screen:
    shown = page(people, number, CHOICES)
    chosen = [
        Button(shortened(person.name, LONGEST_NAME), press("journal", "read", "person", person.id))
        for person in shown.items
    ]
    turn = turning(shown, lambda to: press("journal", "people", to))
    return screen(S("journal.which_person"), buttons=[*in_rows(chosen, 2), *turn, (_back(),)])


def lines(reading: Reading) -> Screen:
    """A page of lines, with the way to older and to newer ones."""
    days = [S("journal.day", day=Day(at), lines=Items(*map(_line, of_day))) for at, of_day in reading.days]
    said = days or [S("journal.nothing")]
    return screen(reading.about, *said, buttons=[*_pages(reading), *_days(reading), (_back(),)])


def broken() -> Screen:
    """For every lead, at once."""
    return screen(S("journal.broken"))


def act_in_words(act: str) -> Phrase:
    """What was done, as a half sentence; an act nobody knows any more as it was written."""
    known = known_act(act, {key.removeprefix(GROUP) for key in keys("staff") if key.startswith(GROUP)})
    return S("journal.act_unknown", act=shortened(act)) if known is None else S(f"journal.act.{known}")


def _line(entry: Entry) -> Phrase:
    act = act_in_words(entry.act)
    if entry.whom is not None:
        act = S("journal.to_whom", act=act, whom=_short(entry.whom))
    if entry.family:
        act = S("journal.for_family", act=act, family=shortened(entry.family, LONGEST_NAME))
    return S("journal.line", at=Hour(entry.at), who=_short(entry.who), act=act)


def _short(name: Phrase | str) -> Phrase | str:
    return shortened(name, LONGEST_NAME) if isinstance(name, str) else name


def _pages(reading: Reading) -> tuple[Row, ...]:
    newer = (_page(reading, reading.page - 1, "◀️"),) if reading.page > 0 else ()
    older = (_page(reading, reading.page + 1, "▶️"),) if reading.more else ()
    return (newer + older,) if newer + older else ()


def _page(reading: Reading, number: int, label: str) -> Button:
    return Button(label, press("journal", "read", reading.by, reading.key, number, reading.until))


def _days(reading: Reading) -> tuple[Row, ...]:
    if reading.by != "day":
        return ()
    day, one = date.fromisoformat(reading.key), timedelta(days=1)
    before = press("journal", "read", "day", (day - one).isoformat())
    after = press("journal", "read", "day", (day + one).isoformat())
    return ((Button(S("journal.day_before.button"), before), Button(S("journal.day_after.button"), after)),)


def _back() -> Button:
    return Button(S("journal.back.button"), press("journal", "menu"))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    lead = Person("l" * 16, 1, "M" * 40, "de", "de", blocked=False, roles=frozenset({Role.LEAD}))
    family = Family("f" * 16, "W" * 40, lead.id)
    acts = sorted(key.removeprefix(GROUP) for key in keys("staff") if key.startswith(GROUP))
    fullest = [
        [
            (
                now - timedelta(days=n),
                [Entry(now, "M" * 40, act, S("journal.who.parent", end="wxyz"), "W" * 40)],
            )
            for n, act in enumerate(acts[at : at + ON_A_PAGE])
        ]
        for at in range(0, len(acts), ON_A_PAGE)
    ]
    unknown = [(now, [Entry(now, S("journal.who.guest", end="wxyz"), "x" * 60, None, "")])]
    about = (
        S("journal.of_family", family="W" * 40),
        S("journal.of_person", name="M" * 40),
        S("journal.of_day"),
    )
    key = {"family": "f" * 16, "person": "p" * 16, "day": "2026-11-24"}
    return [
        menu(now.date()),
        choose_family([]),
        choose_family([family] * 30, 1),
        choose_person([lead] * 30, 1),
        *(
            lines(Reading(said, days, by, key[by], 999, 10**9, more=True))
            for said, by in zip(about, key, strict=True)
            for days in (*fullest, unknown, [])
        ),
        broken(),
    ]
