"""What leads and on-call staff see of the rota itself: day by day, one shift, and the weekly patterns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from handlers.callback import press
from handlers.fitting import page, shortened, turning
from handlers.rota import said, samples
from handlers.rota.rows import ROOM, of_people, to_list, to_mine
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales import dates
from locales.phrase import Day, Items, Phrase, S
from locales.translator import Voice, voice
from locales.zone import here
from storage.records import Pattern, Person, Shift

ON_A_PAGE = 7
PATTERNS_ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A shift with the names of its person and site."""

    shift: Shift
    name: str
    site: str | None


def days(lines: Sequence[Line], number: int, said_in: Voice, *, leads: bool) -> Screen:
    """The next 14 days, a page of them. Leads can open each shift."""
    back = (Button(S("rota.back.button"), press(ROOM, "plan" if leads else "show")),)
    if not lines:
        return screen(S("rota.list_empty"), buttons=[back])
    shown = page(lines, number, ON_A_PAGE)
    head = S("rota.list", page=shown.number + 1, pages=shown.last + 1)
    text = [_day(list(same)) for _, same in groupby(shown.items, key=_day_of)]
    opens = [Button(_label(one, said_in), press(ROOM, "shift", one.shift.id)) for one in shown.items]
    turn = turning(shown, lambda to: press(ROOM, "list", to))
    return screen(head, *text, buttons=[*(in_rows(opens, 2) if leads else ()), *turn, back])


def _day_of(line: Line) -> int:
    return line.shift.starts_at.astimezone(here()).toordinal()


def _day(lines: Sequence[Line]) -> Phrase:
    said_lines = Items(*(said.line(one.shift, one.name, one.site) for one in lines))
    return S("rota.day", day=Day(lines[0].shift.starts_at), lines=said_lines)


def _label(line: Line, said_in: Voice) -> str:
    starts_at = line.shift.starts_at
    return f"{said_in.day_short(starts_at)} {said_in.time(starts_at)} {shortened(line.name, 9)}"


def plan() -> Screen:
    """What a lead can do about the rota."""
    choice = (
        (S("rota.list.button"), ("list", "0")),
        (S("rota.new_weekly.button"), ("new", "weekly")),
        (S("rota.new_once.button"), ("new", "once")),
        (S("rota.patterns.button"), ("weekly", "0")),
        (S("rota.file.button"), ("file",)),
        (S("rota.back.button"), ("show",)),
    )
    return screen(S("rota.plan"), buttons=[(Button(label, press(ROOM, *verb)),) for label, verb in choice])


def shift(line: Line) -> Screen:
    """One shift, for a lead."""
    id = line.shift.id
    rows: list[Row] = [
        (Button(S("rota.give.button"), press(ROOM, "give", id)),),
        (Button(S("rota.cancel.button"), press(ROOM, "cancel", id)),),
        to_list(),
    ]
    return screen(_whose(line), buttons=rows)


def sure_to_cancel(line: Line) -> Screen:
    yes = (Button(S("rota.cancel_yes.button"), press(ROOM, "cancelled", line.shift.id)),)
    return screen(S("rota.sure_to_cancel", shift=_whose(line)), buttons=[yes, _to_shift(line.shift)])


def give_to(line: Line, colleagues: Sequence[Person]) -> Screen:
    if not colleagues:
        return screen(S("rota.nobody_else"), buttons=[_to_shift(line.shift)])
    names = of_people(colleagues, lambda whom: press(ROOM, "given", line.shift.id, whom))
    return screen(S("rota.give_to", shift=_whose(line)), buttons=[*names, _to_shift(line.shift)])


def cancelled_for_you(one: Shift, site: str | None) -> Screen:
    """For whoever held a shift that a lead has cancelled or given to somebody else."""
    return screen(S("rota.cancelled_for_you", shift=said.own_line(one, site)))


def given_to_you(one: Shift, site: str | None) -> Screen:
    """For whoever holds it from now on."""
    return screen(S("rota.given_to_you", shift=said.own_line(one, site)), buttons=[to_mine()])


def fill(one: Line, colleagues: Sequence[Person], key: Sequence[str | int]) -> Screen:
    """Who fills this gap? `key` is the gap as the button carried it."""
    if not colleagues:
        return screen(S("rota.nobody_else"), buttons=[to_list()])
    names = of_people(colleagues, lambda whom: press(ROOM, "filled", *key, whom))
    text = S("rota.fill", shift=said.own_line(one.shift, one.site))
    return screen(text, buttons=[*names, to_list()])


def patterns(rows: Sequence[tuple[Pattern, str, str | None]], number: int, said_in: Voice) -> Screen:
    """The weekly shifts, each with a button that ends it."""
    back = (Button(S("rota.back.button"), press(ROOM, "plan")),)
    if not rows:
        return screen(S("rota.patterns_none"), buttons=[back])
    shown = page(rows, number, PATTERNS_ON_A_PAGE)
    week = dates.weekdays(said_in.language, short=True)
    lines = Items(*(_pattern(one, name, site, week) for one, name, site in shown.items))
    ends = [
        Button(f"🗑 {week[one.weekday]} {one.begins} {shortened(name, 12)}", press(ROOM, "endweekly", one.id))
        for one, name, _ in shown.items
    ]
    turn = turning(shown, lambda to: press(ROOM, "weekly", to))
    return screen(S("rota.patterns", lines=lines), buttons=[*in_rows(ends, 2), *turn, back])


def _pattern(one: Pattern, name: str, site: str | None, week: Sequence[str]) -> Phrase:
    place, day = said.place(one.step, site), week[one.weekday]
    return S(
        "rota.pattern_line",
        day=day,
        begins=one.begins,
        ends=one.ends,
        place=place,
        name=shortened(name, 20),
    )


def sure_to_end(one: Pattern, name: str, site: str | None, said_in: Voice) -> Screen:
    yes = (Button(S("rota.end_pattern.button"), press(ROOM, "endedweekly", one.id)),)
    back = (Button(S("rota.back.button"), press(ROOM, "weekly", 0)),)
    week = dates.weekdays(said_in.language, short=True)
    return screen(S("rota.sure_to_end", pattern=_pattern(one, name, site, week)), buttons=[yes, back])


def _whose(line: Line) -> Phrase:
    own = said.own_line(line.shift, line.site)
    return S("rota.whose", shift=own, name=shortened(line.name, 40))


def _to_shift(one: Shift) -> Row:
    return (Button(S("rota.back.button"), press(ROOM, "shift", one.id)),)


def file(*, everybody: bool) -> Phrase:
    """What stands beside the calendar file."""
    return S("rota.file_all") if everybody else S("rota.file_own")


def specimens(now: datetime) -> list[Screen]:
    """All of them at their fullest."""
    german, one = voice("de"), samples.shift(now)
    line = Line(one, samples.LONG_NAME, samples.SITE)
    later = [Line(samples.shift(now + timedelta(days=n)), line.name, line.site) for n in range(20)]
    people = [samples.SOMEBODY] * 50
    pattern = samples.pattern()
    key = ("1b3f4a5", "1b3f4a5", 9, "twelve_signs")
    return [
        days(later, 1, german, leads=True),
        days([line] * 20, 1, german, leads=False),
        days([], 0, german, leads=True),
        plan(),
        shift(line),
        sure_to_cancel(line),
        give_to(line, people),
        give_to(line, []),
        cancelled_for_you(one, line.site),
        given_to_you(one, line.site),
        fill(line, people, key),
        fill(line, [], key),
        patterns([(pattern, line.name, line.site)] * 20, 1, german),
        patterns([], 0, german),
        sure_to_end(pattern, line.name, line.site, german),
    ]
