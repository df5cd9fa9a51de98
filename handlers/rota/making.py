"""Shifts come and go: made by patterns or by hand, given to somebody else, cancelled, cut short."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from handlers import oncall
from handlers.rota import rules
from handlers.watch import look_at_alarms
from locales.zone import here
from storage.records import Pattern, Role, Shift, ShiftState, Swap, SwapState
from storage.store import Store

BEGINS, ENDS = "crisis.shift_begins", "crisis.shift_ends"
MAKE = "rota.make"
MOMENT = timedelta(milliseconds=1)


def opens(store: Store, now: datetime) -> None:
    """For every start: patterns are gone through at night, gaps are looked for, and nobody stays untested unasked."""
    if store.rota.is_used():
        _keep_on(store, now)
    for person in store.people.with_role(Role.ON_CALL):
        if store.duties.tested_at(person.id) is None and not _is_asked(store, person.id):
            oncall.ask_whether_heard(store, person.id, now)


def _is_asked(store: Store, person_id: str) -> bool:
    return store.timers.due_at(oncall.PROBE, person_id) is not None


def _keep_on(store: Store, now: datetime) -> None:
    if store.timers.due_at(MAKE, "") is None:
        store.timers.set(MAKE, "", rules.next_making(now))
    if store.timers.due_at(oncall.GAPS, "") is None:
        store.timers.set(oncall.GAPS, "", now)


def nightly(store: Store, scope: str, now: datetime) -> None:
    """The patterns make what has come within eight weeks."""
    store.timers.set(MAKE, scope, rules.next_making(now))
    make(store, store.rota.patterns(), now)


def make(store: Store, patterns: Iterable[Pattern], now: datetime) -> list[Shift]:
    """The shifts that are missing for the next eight weeks; those already begun are left out."""
    today = now.astimezone(here()).date()
    return [made for pattern in patterns for made in _made_by(store, pattern, today, now)]


def _made_by(store: Store, pattern: Pattern, today: date, now: datetime) -> list[Shift]:
    known = {one.day for one in store.rota.of_pattern(pattern.id)}
    wanted = rules.spans(pattern, today, today + timedelta(weeks=rules.WEEKS_AHEAD))
    return [
        add(store, _shift(pattern, span), now)
        for span in wanted
        if span.starts_at > now and span.day.isoformat() not in known
    ]


def _shift(pattern: Pattern, span: rules.Span) -> Shift:
    return Shift(
        "",
        pattern.person_id,
        pattern.site_id,
        pattern.step,
        span.starts_at,
        span.ends_at,
        ShiftState.PLANNED,
        pattern.id,
        span.day.isoformat(),
    )


def add(store: Store, shift: Shift, now: datetime) -> Shift:
    """Writes a shift down and owes all that belongs to it."""
    made = store.rota.add(shift)
    owe(store, made, now)
    _keep_on(store, now)
    return made


def owe(store: Store, shift: Shift, now: datetime) -> None:
    """Its beginning and its end, and a test page for whoever has answered none."""
    if shift.starts_at > now or store.timers.due_at(ENDS, shift.id) is None:
        store.timers.set(BEGINS, shift.id, shift.starts_at)
    store.timers.set(ENDS, shift.id, shift.ends_at)
    if store.duties.tested_at(shift.person_id) is None:
        _ask_in_time(store, shift, now)


def _ask_in_time(store: Store, shift: Shift, now: datetime) -> None:
    """The test page comes a day and an hour before the shift, if it has not come by then."""
    due_at = store.timers.due_at(oncall.PROBE, shift.person_id)
    wanted = rules.next_probe(now, holds_now=False, ahead=[shift])
    if due_at is None:
        oncall.ask_whether_heard(store, shift.person_id, now)
    elif wanted < due_at:
        store.timers.set(oncall.PROBE, shift.person_id, wanted)


def cancel(store: Store, shift: Shift, now: datetime) -> bool:
    """Nobody holds it any more. False when it was cancelled already."""
    if not store.rota.cancel(shift.id):
        return False
    forget(store, shift, now)
    return True


def give(store: Store, shift: Shift, to: str, now: datetime) -> bool:
    """Somebody else holds it. False when it has changed hands or was cancelled in the meantime."""
    if to == shift.person_id or not store.rota.give(shift.id, shift.person_id, to):
        return False
    owe(store, shift_now(store, shift), now)
    if is_running(shift, now):
        store.timers.set(BEGINS, shift.id, now)
    return True


def cut_short(store: Store, shift: Shift, now: datetime) -> None:
    """It ends at this moment for whoever holds it."""
    store.rota.trim(shift.id, now)
    forget(store, shift, now)


def forget(store: Store, shift: Shift, now: datetime) -> None:
    """Nothing more is owed for it, and if it was running, alarms are looked at."""
    for kind in (BEGINS, ENDS):
        store.timers.drop(kind, shift.id)
    if is_running(shift, now):
        look_at_alarms(store, now)


def shift_now(store: Store, shift: Shift) -> Shift:
    """The shift as it stands. Raises LookupError for one that is gone."""
    found = store.rota.get(shift.id)
    if found is None:
        raise LookupError(f"no shift {shift.id}")
    return found


def end_pattern(store: Store, pattern: Pattern, now: datetime) -> list[Shift]:
    """It makes nothing more; its shifts that have not begun are cancelled, but for those another took."""
    store.rota.end_pattern(pattern.id, now.astimezone(here()).date().isoformat())
    ahead = [one for one in store.rota.of_pattern(pattern.id) if one.starts_at > now]
    return [one for one in ahead if one.person_id == pattern.person_id and cancel(store, one, now)]


def is_running(shift: Shift, now: datetime) -> bool:
    return shift.starts_at <= now < shift.ends_at


def running(store: Store, now: datetime, person_id: str) -> list[Shift]:
    """The shifts in which somebody holds the phone at this moment."""
    return [one for one in store.rota.between(now, now + MOMENT) if one.person_id == person_id]


def open_swaps(store: Store, shift: Shift) -> list[Swap]:
    return [one for one in store.rota.swaps_of(shift.id) if one.state is SwapState.ASKED]
