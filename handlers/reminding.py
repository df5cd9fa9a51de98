"""What time owes for an appointment: a reminder for each asked parent and kind, as a row with a timer."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import orjson

from handlers import evenings
from handlers.calendar import INVITE
from handlers.evenings import Custom
from storage.records import (
    Answer,
    Appointment,
    AppointmentKind,
    Lane,
    Person,
    Reminder,
    ReminderKind,
    ReminderState,
)
from storage.store import Store

DUE = "reminders.due"
AWAY = "reminders.away"
CUSTOM = "reminders.custom"  # what the agency sends, as a setting
LAST_BEAT = "beat.last"
LATE = timedelta(minutes=2)  # from so much on a reminder is called late
STAYS_AWAY = frozenset({Answer.NO, Answer.MOVE})

MOVED, CANCELLED = "moved", "cancelled"
DECLINED, MOVING, UNWANTED, QUIET = "declined", "moving", "unwanted", "quiet"
BLOCKED, PAUSED, NO_CONSENT, UNREACHABLE = "blocked", "paused", "no_consent", "unreachable"
# dropped for such a reason, it may be wanted after all
PASSING = frozenset({DECLINED, MOVING, QUIET, BLOCKED, PAUSED, NO_CONSENT, UNREACHABLE})


def owe(store: Store, appointment_id: str, starts_at: datetime, now: datetime) -> None:
    """Owes an appointment's reminders to each asked parent; those already owed for it follow the new time."""
    circle = store.appointments.circle(appointment_id)
    if circle is None:
        return
    rows = store.reminders.of(appointment_id)
    planned = replace(circle.appointment, starts_at=starts_at)
    for parent in circle.parents:
        _owe(store, planned, parent, [one for one in rows if one.person_id == parent.id], now)


def owe_person(store: Store, person: Person, now: datetime) -> None:
    """Owes somebody all that is ahead, as they want it: for who has just come, come back, or chosen anew."""
    family = store.families.of_person(person.id)
    for one in store.appointments.ahead(family.id, now, person.id) if family else ():
        rows = [row for row in store.reminders.of(one.id) if row.person_id == person.id]
        _owe(store, one, person, rows, now)


def drop(store: Store, appointment_id: str, now: datetime, reason: str = CANCELLED) -> None:
    """Owes nothing more for an appointment; what waits to leave does not leave any more."""
    store.timers.drop(INVITE, appointment_id)
    still = [one for one in store.reminders.of(appointment_id) if end(store, one, now, reason)]
    if any(one.state is ReminderState.POSTED for one in still):
        store.deliveries.withdraw_about(_about(appointment_id), Lane.REMINDER, now)


def answered(store: Store, appointment_id: str, person_id: str, said: Answer, now: datetime) -> None:
    """Whoever does not come is not reminded any more: what waits to leave stays here.

    Whoever comes after all is reminded after all.
    """
    rows = [one for one in store.reminders.of(appointment_id) if one.person_id == person_id]
    if said in STAYS_AWAY:
        for one in rows:
            if one.state is ReminderState.POSTED:
                take_back(store, one, now, MOVING if said is Answer.MOVE else DECLINED)
    elif any(one.reason in (DECLINED, MOVING) for one in rows):
        circle = store.appointments.circle(appointment_id)
        parent = circle.parent(person_id) if circle else None
        if circle is not None and parent is not None:
            _owe(store, circle.appointment, parent, rows, now)


def end(store: Store, reminder: Reminder, now: datetime, reason: str | None = None) -> bool:
    """It has ended, delivered or dropped for a reason. False when it had before."""
    store.timers.drop(DUE, reminder.id)
    return store.reminders.settle(reminder.id, now, reason)


def take_back(store: Store, reminder: Reminder, now: datetime, reason: str) -> None:
    """Ends one that may wait in the outbox."""
    if end(store, reminder, now, reason) and reminder.state is ReminderState.POSTED:
        about = _about(reminder.appointment_id)
        store.deliveries.withdraw_about(about, Lane.REMINDER, now, reminder.person_id)


def rank(starts_at: datetime) -> int:
    """The soonest appointment is served first, and all else before any reminder."""
    return int(starts_at.timestamp())


def wait(store: Store, reminder: Reminder, until: datetime, starts_at: datetime, now: datetime) -> None:
    """Owed for that moment, from now on. What should have come before now is still known to have been due then."""
    first = reminder.first_due_at
    if store.reminders.put_off(reminder.id, until, until if first is None or first > now else first):
        store.timers.set(DUE, reminder.id, until, rank(starts_at))


def custom(store: Store) -> Custom:
    """What the agency sends; both kinds and five o'clock unless its file says otherwise."""
    said = store.settings.get(CUSTOM)
    if not said:
        return Custom()
    found = orjson.loads(said)
    kinds = {
        AppointmentKind(kind): frozenset(map(ReminderKind, words)) for kind, words in found["kinds"].items()
    }
    return Custom(found["hour"], kinds)


def put_custom(store: Store, hour: int, kinds: dict[str, list[str]]) -> None:
    store.settings.put(CUSTOM, orjson.dumps({"hour": hour, "kinds": kinds}).decode())


def last_beat(store: Store) -> datetime | None:
    """When the bot was last known to be at work."""
    said = store.settings.get(LAST_BEAT)
    return datetime.fromisoformat(said) if said else None


def beats(store: Store, now: datetime) -> None:
    store.settings.put(LAST_BEAT, now.astimezone(UTC).isoformat())


def was_away(store: Store, since: datetime, until: datetime) -> None:
    """Nothing was done between these moments: whoever works with families hears what that meant for them."""
    if store.reminders.pending(since - LATE, until - LATE) is not None:
        store.timers.set(AWAY, f"{int(since.timestamp())}:{int(until.timestamp())}", until)


def _owe(store: Store, one: Appointment, person: Person, rows: Collection[Reminder], now: datetime) -> None:
    ours = custom(store)
    kinds = evenings.wanted(person, ours.of(one.kind))
    told = {row.kind for row in rows if _has_come(row, one)}
    when = evenings.moments(
        person, one.starts_at, kinds, ours.hour, now, told=ReminderKind.DAY_BEFORE in told
    )
    owed = {row.kind: row for row in rows if row.state is ReminderState.OWED}
    for kind, row in owed.items():
        if kind not in kinds:
            end(store, row, now, UNWANTED)
        else:
            when.setdefault(kind, now)  # its new moment has gone by: it is looked at with the next beat
    ahead = {kind: when[kind] for kind in ReminderKind if kind in when and kind not in told}
    for kind, at in ahead.items():
        _set(store, one, person, kind, at, owed.get(kind), rows, now)
    if not told and not any(ahead.values()):
        _owe_again(store, one, person, kinds, rows, now)


def _owe_again(
    store: Store,
    one: Appointment,
    person: Person,
    kinds: Collection[ReminderKind],
    rows: Collection[Reminder],
    now: datetime,
) -> None:
    """None has come and none is ahead: what was dropped for a reason that has passed comes while it still helps."""
    at = evenings.at_last(person, one.starts_at, now)
    if at is None or not any(row.kind in kinds and row.reason in PASSING for row in rows):
        return
    soon = evenings.covers(ReminderKind.TWO_HOURS, at, one.starts_at)
    kind = ReminderKind.TWO_HOURS if soon and ReminderKind.TWO_HOURS in kinds else ReminderKind.DAY_BEFORE
    if kind in kinds:
        _set(store, one, person, kind, at, None, rows, now)


def _set(
    store: Store,
    one: Appointment,
    person: Person,
    kind: ReminderKind,
    at: datetime | None,
    owed: Reminder | None,
    rows: Collection[Reminder],
    now: datetime,
) -> None:
    if at is not None:
        reminder = owed or store.reminders.owe(one.id, person.id, kind, at)
        wait(store, reminder, at, one.starts_at, now)
    elif owed is not None:
        end(store, owed, now, QUIET)
    elif not any(row.kind is kind and row.reason == QUIET for row in rows):
        reminder = store.reminders.owe(one.id, person.id, kind, one.starts_at - evenings.AHEAD)
        end(store, reminder, now, QUIET)


def _has_come(row: Reminder, one: Appointment) -> bool:
    if row.state is ReminderState.DELIVERED:
        return evenings.covers(row.kind, row.due_at, one.starts_at)
    return row.state is ReminderState.POSTED  # what waited to leave for an older time was taken back


def _about(appointment_id: str) -> str:
    return f"appointment:{appointment_id}"  # as handlers/appointed.py names it, which stands on this
