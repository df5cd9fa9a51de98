"""What is seen in a crisis: numbers first, then the truth about the alarm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product

from handlers.callback import press
from handlers.crisis.rules import DEFAULT_MINUTES, status_key
from handlers.screen import Button, Screen, screen
from locales.phrase import F, Hour, Number, Phrase, S, Slot
from storage.records import Alarm, AlarmState, CrisisNumber, Family, Page, Person

FAMILY_KEYS = (
    (F("crisis.alarm.button"),),
    (F("crisis.sos.button"), F("crisis.more.button")),
    (F("crisis.back.button"),),
)
STAFF_KEYS = (
    (S("crisis.alarm.button"),),
    (S("crisis.sos.button"), S("crisis.more.button")),
    (S("crisis.back.button"),),
)


def help_now(numbers: Sequence[CrisisNumber], *, staff: bool) -> Screen:
    """The first answer: whom to call, and the way to the team."""
    lines = tuple(call(number, staff=staff) for number in numbers)
    if staff:
        return Screen((S("crisis.help"), *lines, S("crisis.help.team")), keyboard=STAFF_KEYS)
    return Screen((F("crisis.help"), *lines, F("crisis.help.team")), keyboard=FAMILY_KEYS)


def more_numbers(numbers: Sequence[CrisisNumber], *, staff: bool) -> Screen:
    """Every number that answers now."""
    heading = S("crisis.more") if staff else F("crisis.more")
    lines = tuple(call(number, staff=staff) for number in numbers)
    return Screen((heading, *lines), keyboard=STAFF_KEYS if staff else FAMILY_KEYS)


def call(number: CrisisNumber, *, staff: bool) -> Phrase:
    """One line: the number, and who answers there."""
    shown = Number(number.number)
    return S(f"number.{number.key}", number=shown) if staff else F(f"number.{number.key}", number=shown)


def status(
    alarm: Alarm, taker: Person | None, paged: Sequence[Page], *, anybody: bool, staff: bool = False
) -> Screen:
    """What the person who raised the alarm sees; it changes with the truth."""
    key = status_key(alarm, paged, anybody=anybody)
    reached = sum(one.delivered for one in paged)
    text = _said(key, staff, n=reached, name=taker.name if taker else "", number=alarm.called)
    if alarm.state is AlarmState.ENDED:
        return screen(text)
    if alarm.withdrawn_at is not None:
        return screen(text, _said("withdrawn", staff))
    mistake = Button(_said("mistake.button", staff), press("crisis", "mistake", alarm.id))
    return screen(text, _said("line", staff), buttons=[(mistake,)])


def older(alarm: Alarm, *, mine: bool, staff: bool) -> Screen:
    """What becomes of a screen when a newer one of the same alarm stands below."""
    said = _said("older", staff, number=alarm.called) if mine else S("alarm.older", number=alarm.called)
    return Screen((said,), harmless=staff)


def _said(key: str, staff: bool, **slots: Slot) -> Phrase:
    return S(f"crisis.status.{key}", **slots) if staff else F(f"crisis.status.{key}", **slots)


def page(alarm: Alarm, taker: Person | None, viewer: Person) -> Screen:
    """What staff who are paged see: no names, no reasons, only that somebody is waiting."""
    text = [S("alarm.page", number=alarm.called, time=Hour(alarm.opened_at))]
    if alarm.withdrawn_at is not None:
        text.append(S("alarm.withdrawn"))
    if alarm.state is AlarmState.ENDED:
        return screen(*text, S("alarm.ended"))
    if alarm.state is AlarmState.OPEN:
        take = Button(S("alarm.take.button"), press("crisis", "take", alarm.id))
        # carries the step it was shown for: pressed twice, or late, it must not pass on once more
        on = Button(S("alarm.pass_on.button"), press("crisis", "pass", alarm.id, alarm.step, alarm.round))
        return screen(*text, S("alarm.step", step=alarm.step), buttons=[(take,), (on,)])
    text.append(S("alarm.taken", name=taker.name if taker else ""))
    if taker is not None and taker.id == viewer.id:
        return screen(*text, buttons=_of_taker(alarm))
    return screen(*text, buttons=[(Button(S("alarm.over.button"), press("crisis", "over", alarm.id)),)])


def _of_taker(alarm: Alarm) -> list[tuple[Button, ...]]:
    return [
        (Button(S("alarm.write.button"), press("crisis", "write", alarm.id)),),
        (Button(S("alarm.end.button"), press("crisis", "end", alarm.id)),),
    ]


def who(alarm: Alarm, person: Person, family: Family | None) -> Screen:
    """For the one who took it alone: whose alarm it is."""
    if family is None:
        return screen(S("alarm.who.unknown", number=alarm.called))
    return screen(S("alarm.who", number=alarm.called, name=person.name, family=family.label))


def who_after_code(alarm: Alarm) -> Screen:
    """For the one who took it and has shown no code today."""
    button = Button(S("alarm.who.button"), press("crisis", "who", alarm.id))
    return screen(S("alarm.who_after_code", number=alarm.called), buttons=[(button,)])


def lines_after_code(alarm: Alarm) -> Screen:
    """For those who hear what is written and have shown no code today."""
    button = Button(S("alarm.lines.button"), press("crisis", "lines", alarm.id))
    return screen(S("alarm.lines_after_code", number=alarm.called), buttons=[(button,)])


def before_code(alarm: Alarm, taker: Person | None, viewer: Person, alarms: Sequence[Alarm]) -> list[Screen]:
    """All that members of staff are shown of an alarm without a code."""
    return [
        page(alarm, taker, viewer),
        nobody_on_duty(alarm),
        older(alarm, mine=False, staff=True),
        who_after_code(alarm),
        lines_after_code(alarm),
        write_now(alarm),
        written(alarm),
        not_delivered(alarm),
        open_alarms(alarms),
    ]


def nobody_on_duty(alarm: Alarm) -> Screen:
    """For the leads: an alarm is open and no one can be paged."""
    take = Button(S("alarm.take.button"), press("crisis", "take", alarm.id))
    return screen(S("alarm.nobody_on_duty", number=alarm.called), buttons=[(take,)])


def write_now(alarm: Alarm) -> Screen:
    return screen(S("alarm.write.ask", number=alarm.called))


def written(alarm: Alarm) -> Screen:
    again = Button(S("alarm.write.button"), press("crisis", "write", alarm.id))
    return screen(S("alarm.written", number=alarm.called), buttons=[(again,)])


def not_delivered(alarm: Alarm) -> Screen:
    """For the one who took it: what they wrote did not arrive."""
    return screen(S("alarm.not_delivered", number=alarm.called))


def from_staff(name: str, text: str) -> Screen:
    """A line from the one who took the alarm, to whoever raised it."""
    return screen(F("crisis.from_staff", name=name, text=text))


def from_person(alarm: Alarm, text: str) -> Screen:
    """A line from whoever raised the alarm, to those who were paged."""
    return screen(S("alarm.line", number=alarm.called, text=text))


def line_kept(*, heard: bool, staff: bool) -> Screen:
    """For the person who wrote: somebody gets it now, or whoever takes the alarm will."""
    return screen(_said("line_passed_on" if heard else "line_kept", staff))


def open_alarms(alarms: Sequence[Alarm]) -> Screen:
    """The list for on-call staff."""
    if not alarms:
        return screen(S("alarm.none_open"))
    rows = [(Button(alarm.called, press("crisis", "open", alarm.id)),) for alarm in alarms[:20]]
    return screen(S("alarm.some_open", n=len(alarms)), buttons=rows)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room with the longest it may show."""
    numbers = [
        CrisisNumber("0800 111 0 550", key, "always", 1, first=True, staff_only=False, confirmed_on=None)
        for key in KEYS
    ]
    alarms = [_specimen(now, state, withdrawn) for state in AlarmState for withdrawn in (None, now)]
    shown = [*_of_person(alarms, now), *_of_staff(alarms)]
    for staff in (True, False):
        shown += [help_now(numbers[:5], staff=staff), more_numbers(numbers, staff=staff)]
        shown += [line_kept(heard=heard, staff=staff) for heard in (True, False)]
    return [*shown, from_staff(LONG_NAME, LONG_TEXT)]


def _of_person(alarms: Sequence[Alarm], now: datetime) -> list[Screen]:
    one = Page(SOMEBODY.id, 2, now, delivered=True)
    some: tuple[list[Page], ...] = (
        [],
        [replace(one, delivered=False)],
        [one] * 20,
        [replace(one, step=1)] * 20,
    )
    shown = [older(alarms[0], mine=True, staff=staff) for staff in (True, False)]
    for alarm, paged, staff, anybody in product(alarms, some, (True, False), (True, False)):
        shown.append(status(alarm, SOMEBODY, paged, anybody=anybody, staff=staff))
    return shown


def _of_staff(alarms: Sequence[Alarm]) -> list[Screen]:
    first = alarms[0]
    family = Family("f" * 16, "F" * 40, "c" * 16)
    pages = [page(alarm, SOMEBODY, viewer) for alarm in alarms for viewer in (SOMEBODY, SOMEBODY_ELSE)]
    told = [who(first, SOMEBODY, family), who(first, SOMEBODY, None), from_person(first, LONG_TEXT)]
    return [*pages, *told, open_alarms([]), *before_code(first, SOMEBODY, SOMEBODY_ELSE, alarms)]


LONG_NAME, LONG_TEXT = "Frau Großmann-Öztürk (Rufbereitschaft)"[:40], "ü" * 500
SOMEBODY = Person("p" * 16, 2**50, LONG_NAME, "de", "", blocked=False)
SOMEBODY_ELSE = replace(SOMEBODY, id="q" * 16)


def _specimen(now: datetime, state: AlarmState, withdrawn: datetime | None) -> Alarm:
    return Alarm(
        id="a" * 16,
        number=99999,
        person_id="p" * 16,
        family_id=None,
        state=state,
        opened_at=now,
        policy={"minutes": list(DEFAULT_MINUTES)},
        step=2,
        round=1,
        taken_by="p" * 16 if state is AlarmState.TAKEN else None,
        withdrawn_at=withdrawn,
        revision=1,
    )


KEYS = (
    "ambulance_fire",
    "police",
    "violence_women",
    "medical",
    "poison",
    "parents",
    "young",
    "pastoral",
    "pregnant",
    "abuse",
    "agency",
    "child_protection_staff",
)
