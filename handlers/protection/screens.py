"""What is seen of a checklist. What to do in imminent danger stands first, on every screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.callback import press
from handlers.fitting import dotted, page, shortened, turning
from handlers.protection import rules
from handlers.protection.rules import (
    CHECK_IN_DAYS,
    LONGEST_NOTE,
    ON_A_SCREEN,
    POINTS,
    POLICE,
    Point,
    Standing,
)
from handlers.screen import Button, Document, Row, Screen, in_rows, screen
from locales.phrase import Items, Moment, Number, Phrase, S
from locales.zone import here
from storage.records import Concern, Family, Mark

ROOM = "protection"
NAME_IN_LIST = 16
MOST_IN_LIST = 12
SIGNS = {Standing.NOT_YET: "⬜", Standing.HALF: "🔸", Standing.DONE: "✅"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The youth office's, where the agency has entered it, and the medical hotline for professionals."""

    office: str | None
    hotline: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A checklist with its marks, the names of staff by id, and who reads it; `card` lets them go to the family's."""

    concern: Concern
    family: Family
    marks: Sequence[Mark]
    names: Mapping[str, str]
    numbers: Numbers
    reader: str
    card: bool


def danger(numbers: Numbers) -> Phrase:
    police = Number(POLICE)
    if numbers.office is None:
        return S("protection.danger", police=police)
    return S("protection.danger_office", police=police, office=Number(numbers.office))


def listed(concerns: Sequence[Concern], numbers: Numbers) -> Screen:
    """Open checklists, by number alone."""
    text = S("protection.list", n=len(concerns)) if concerns else S("protection.none")
    shown = [Button(_in_list(one), _press("open", one)) for one in reversed(concerns[-MOST_IN_LIST:])]
    return screen(danger(numbers), text, buttons=in_rows(shown, 2))


def _in_list(concern: Concern) -> str:
    return f"{rules.called(concern)} · {concern.opened_at.astimezone(here()):%d.%m.}"


def start(
    family: Family, closed: Sequence[Concern], numbers: Numbers, alarm_number: int, *, card: bool
) -> Screen:
    """None is open for this family: what a checklist is, and the button that begins one."""
    new = Button(S("protection.begin.button"), press(ROOM, "begin", family.id, alarm_number))
    old = [Button(_in_list(one), _press("open", one)) for one in closed[:MOST_IN_LIST]]
    rows = [(new,), *in_rows(old, 2), *_to_family(family, card=card)]
    return screen(danger(numbers), S("protection.start", family=family.label), buttons=rows)


def card(shown: Opened) -> Screen:
    """All points, with who marked each last."""
    concern = shown.concern
    lines = Items(*(_line(n, one, shown) for n, one in enumerate(POINTS, start=1)))
    text = [
        danger(shown.numbers),
        S("protection.card", number=rules.called(concern), family=shown.family.label),
        S("protection.points", lines=lines),
        S("protection.hotline", number=Number(shown.numbers.hotline)),
    ]
    if concern.closed_at is not None:
        text.append(S("protection.closed", at=Moment(concern.closed_at)))
    return screen(
        *text, buttons=[*_to_points(shown), *_ways(shown), *_to_family(shown.family, card=shown.card)]
    )


def _line(number: int, point: Point, shown: Opened) -> Phrase:
    standing, mine = rules.standing(point, shown.marks), rules.of_point(point, shown.marks)
    title = S(f"protection.point.{point.name}")
    if not mine:
        return S("protection.line_not_yet", sign=SIGNS[standing], n=number, point=title)
    last = mine[-1]
    name, at = shortened(_name(shown, last), NAME_IN_LIST), f"{last.at.astimezone(here()):%d.%m. %H:%M}"
    if standing is Standing.DONE:
        return S("protection.line_done", sign=SIGNS[standing], n=number, point=title, at=at, name=name)
    return S("protection.line_half", sign=SIGNS[standing], n=number, point=title, at=at, name=name)


def _name(shown: Opened, mark: Mark) -> str:
    return shown.names.get(mark.marked_by or "", "–")


def _to_points(shown: Opened) -> tuple[Row, ...]:
    buttons = [
        Button(f"{SIGNS[rules.standing(one, shown.marks)]} {n}", _press("point", shown.concern, one.name))
        for n, one in enumerate(POINTS, start=1)
    ]
    return in_rows(buttons, 4)


def _ways(shown: Opened) -> list[Row]:
    concern = shown.concern
    file = (Button(S("protection.file.button"), _press("file", concern)),)
    if concern.closed_at is not None:
        return [file]
    rows: list[Row] = [(Button(S("protection.ask.button"), _press("ask", concern)),), file]
    if rules.can_close(shown.marks):
        rows.append((Button(S("protection.close.button"), _press("close", concern)),))
    return rows


def _to_family(family: Family, *, card: bool) -> list[Row]:
    return [(Button(S("protection.to_family.button"), press("caseload", "open", family.id)),)] if card else []


def point(shown: Opened, wanted: Point, number: int = 0) -> Screen:
    """What the point is about, and one mark at a time, the newest first."""
    mine = _in_pieces(rules.of_point(wanted, shown.marks))
    one = page(mine, number, 1)
    text = [
        danger(shown.numbers),
        S(
            "protection.about",
            n=POINTS.index(wanted) + 1,
            point=S(f"protection.point.{wanted.name}"),
            about=S(f"protection.about.{wanted.name}"),
        ),
        *(_marked(shown, wanted, mark, nth) for nth, mark in one.items),
    ]
    if not mine:
        text.append(S("protection.not_yet"))
    turn = turning(one, lambda to: _press("point", shown.concern, wanted.name, to))
    marking = _marking(shown, wanted) if shown.concern.closed_at is None else []
    back = (Button(S("protection.back.button"), _press("open", shown.concern)),)
    return screen(*text, buttons=[*turn, *marking, back])


def _in_pieces(marks: Sequence[Mark]) -> list[tuple[int, Mark]]:
    """What turning goes through: each mark with its number, the newest first, a long note in several parts."""
    numbered = reversed([*enumerate(marks, start=1)])
    return [
        (nth, replace(mark, note=part)) for nth, mark in numbered for part in dotted(mark.note, ON_A_SCREEN)
    ]


def _marked(shown: Opened, point: Point, mark: Mark, number: int) -> Phrase:
    way, name, at = S(f"protection.way.{mark.point}"), _name(shown, mark), Moment(mark.at)
    day = rules.day_in(mark.note) if point.name == rules.NEXT_CHECK else None
    if day is not None:
        return S("protection.marked_day", n=number, way=way, name=name, at=at, day=day)
    if mark.note:
        return S("protection.marked_note", n=number, way=way, name=name, at=at, note=mark.note)
    return S("protection.marked", n=number, way=way, name=name, at=at)


def _marking(shown: Opened, point: Point) -> list[Row]:
    if point.name == rules.NEXT_CHECK:
        days = [
            Button(S("protection.in_days.button", n=n), _press("check", shown.concern, n))
            for n in CHECK_IN_DAYS
        ]
        return list(in_rows(days, 2))
    rows: list[Row] = []
    for way in point.ways:
        if rules.may_mark(way, shown.marks, shown.reader, ""):
            rows.append((Button(S(f"protection.mark.{way}.button"), _press("mark", shown.concern, way)),))
        rows.append((Button(S(f"protection.note.{way}.button"), _press("note", shown.concern, way)),))
    return rows


def ask_note(concern: Concern, way: str, numbers: Numbers) -> Screen:
    text = S("protection.ask_note", way=S(f"protection.way.{way}"), most=LONGEST_NOTE)
    stop = Button(S("protection.cancel.button"), _press("point", concern, way))
    return screen(danger(numbers), text, buttons=[(stop,)])


def sure(shown: Opened) -> Screen:
    """Says what has not been gone through, without a word on what that means."""
    left = [S(f"protection.point.{one.name}") for one in rules.missing(shown.marks)]
    text = [danger(shown.numbers), S("protection.sure", number=rules.called(shown.concern))]
    if left:
        text.append(S("protection.missing", points=Items(*left)))
    yes = Button(S("protection.yes.button"), _press("closed", shown.concern))
    return screen(
        *text, buttons=[(yes,), (Button(S("protection.no.button"), _press("open", shown.concern)),)]
    )


def asked(concern: Concern, name: str) -> Screen:
    """For whoever else may mark it; nothing that tells which family."""
    text = S("protection.asked", number=rules.called(concern), name=name)
    return screen(text, buttons=[(_open(concern),)])


def reminder(concern: Concern) -> Screen:
    """As above."""
    return screen(S("protection.reminder", number=rules.called(concern)), buttons=[(_open(concern),)])


def _open(concern: Concern) -> Button:
    return Button(S("protection.look.button", number=rules.called(concern)), _press("open", concern))


def document(made: Document) -> Screen:
    """The file, with where it belongs."""
    return Screen((S("protection.filed"),), document=made, to_keep=True)


def _press(verb: str, concern: Concern, *parts: str | int) -> str:
    return press(ROOM, verb, concern.id, *parts)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    family = Family("f" * 16, "W" * 40, "c" * 16)
    names = {id * 16: id.upper() * 40 for id in "mk"}
    both = Numbers("0221 221 00000", rules.HOTLINE)
    begun = Concern("o" * 16, 9999, family.id, 99999, "m" * 16, now, None)
    over = Concern("o" * 16, 9999, family.id, None, "m" * 16, now, now)
    every = [
        Mark("n" * 16, begun.id, family.id, way, id * 16, now, "W" * LONGEST_NOTE)
        for way in rules.WAYS
        for id in "mk"
    ]
    dated = [Mark("n" * 16, begun.id, family.id, rules.NEXT_CHECK, "m" * 16, now, "2026-12-24")]
    full = Opened(begun, family, every, names, both, "m" * 16, card=True)
    empty = Opened(begun, family, [], {}, Numbers(None, rules.HOTLINE), "m" * 16, card=False)
    half = Opened(begun, family, [*every[::2], *dated], names, both, "k" * 16, card=True)
    closed = Opened(over, family, every, names, both, "m" * 16, card=True)
    return [
        listed([], both),
        listed([begun] * 30, both),
        *(start(family, old, both, 99999, card=True) for old in ([], [over] * 30)),
        *(card(one) for one in (full, empty, half, closed)),
        *(point(one, wanted, 1) for one in (full, empty, half, closed) for wanted in POINTS),
        *(ask_note(begun, way, both) for way in rules.WAYS),
        *(sure(one) for one in (full, empty)),
        asked(begun, "M" * 40),
        reminder(begun),
        document(Document("2026-11-24.html", "<!doctype html>")),
    ]
