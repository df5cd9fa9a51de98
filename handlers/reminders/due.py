"""What time and the post do with reminders: send, put off, drop, and tell what a time away has cost."""

from datetime import UTC, datetime, timedelta

from handlers import consenting, desk, reminding, topics
from handlers.appointed import about
from handlers.reminders import rules, screens
from handlers.reminding import AWAY, DUE, LATE
from storage.appointments import Circle
from storage.records import (
    Delivery,
    DeliveryState,
    Lane,
    Purpose,
    Reminder,
    ReminderKind,
    ReminderState,
)
from storage.store import Store

TIME = "time"  # who acts in the journal when nobody does
LOOKS_AGAIN = timedelta(minutes=1)
AT_LAST = timedelta(minutes=30)  # so long what came of a time away may take until it is told


def due(store: Store, scope: str, now: datetime) -> None:
    """A reminder's time has come, or its words have lost their truth while it waited in the outbox."""
    reminder = store.reminders.get(scope)
    if reminder is None:
        return
    if reminder.state is ReminderState.POSTED and store.reminders.is_under_way(scope):
        store.timers.set(DUE, scope, now + LOOKS_AGAIN)  # the outbox ends it, and says how
    elif reminder.state in {ReminderState.OWED, ReminderState.POSTED}:
        decide(store, reminder, now)


def decide(store: Store, reminder: Reminder, now: datetime) -> None:
    """Does with an open reminder that is not in the outbox what is right at this moment."""
    circle = store.appointments.circle(reminder.appointment_id)
    person = circle.parent(reminder.person_id) if circle else None
    if circle is None or person is None:
        return _drop(store, reminder, circle, now, rules.LEFT)
    rows = [one for one in store.reminders.of(reminder.appointment_id) if one.person_id == person.id]
    reader = rules.Reader(
        person,
        circle.answers.get(person.id),
        consenting.has(store, person, Purpose.CONTACT),
        next((one for one in reversed(rows) if one.kind is ReminderKind.TWO_HOURS), None),
    )
    match rules.fate(reminder.kind, circle.appointment, reader, now):
        case rules.Drop(reason):
            _drop(store, reminder, circle, now, reason)
        case rules.Wait(until):
            reminding.wait(store, reminder, until, circle.appointment.starts_at, now)
        case rules.Send() as chosen:
            _send(store, circle, reader, reminder, rows, chosen, now)
    return None


def _send(
    store: Store,
    circle: Circle,
    reader: rules.Reader,
    reminder: Reminder,
    rows: list[Reminder],
    chosen: rules.Send,
    now: datetime,
) -> None:
    appointment, person = circle.appointment, reader.person
    if reminder.kind is ReminderKind.TWO_HOURS:
        for one in rows:
            if one.kind is ReminderKind.DAY_BEFORE:
                reminding.take_back(store, one, now, rules.OVERTAKEN)
    order = reminding.rank(appointment.starts_at)
    topic = topics.of(store, appointment, person)
    shown = screens.reminder(appointment, reader.answer, chosen.when, topic)
    named, ends = about(appointment.id), chosen.expires_at
    desk.post(store, person, shown, now, Lane.REMINDER, named, expires_at=ends, rank=order)
    if reminder.state is ReminderState.OWED:
        store.reminders.post(reminder.id)
    # what takes it out of the outbox tells nobody: it is looked at once more
    store.timers.set(DUE, reminder.id, chosen.expires_at, order)
    store.journal.write(now, TIME, "appointment.reminder.sent", named, appointment.family_id)


def _drop(store: Store, reminder: Reminder, circle: Circle | None, now: datetime, reason: str) -> None:
    if reminding.end(store, reminder, now, reason):
        named = about(reminder.appointment_id)
        family_id = circle.appointment.family_id if circle else None
        store.journal.write(now, TIME, f"appointment.reminder.{reason}", named, family_id)


def settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A reminder has left the outbox: it arrived, found no way, or has waited longer than its words hold."""
    if owed.lane is not Lane.REMINDER or owed.edits or owed.person_id is None:
        return
    rows = store.reminders.of(owed.about.partition(":")[2])
    posted = (one for one in rows if one.person_id == owed.person_id and one.state is ReminderState.POSTED)
    reminder = next(posted, None)
    if reminder is None:
        return
    if state is DeliveryState.DELIVERED:
        reminding.end(store, reminder, now)
    elif state is DeliveryState.UNDELIVERABLE:
        blocked = store.people.get(owed.person_id).blocked
        reminding.end(store, reminder, now, reminding.BLOCKED if blocked else reminding.UNREACHABLE)
    else:
        decide(store, reminder, now)


def away(store: Store, scope: str, now: datetime) -> None:
    """Tells each caseworker concerned, once all that came of a time away has come of it."""
    since, until = (datetime.fromtimestamp(int(part), UTC) for part in scope.split(":"))
    began = since - rules.REACHES_BACK
    last = store.reminders.pending(began, until - LATE)
    if last is not None and now < max(last, until) + AT_LAST:  # some may have been put off until the morning
        return store.timers.set(AWAY, scope, max(last, now) + LOOKS_AGAIN)
    for caseworker_id, counts in rules.became(store.reminders.tally(began, until), until).items():
        caseworker = store.people.known(caseworker_id)
        if caseworker is not None:
            desk.post(store, caseworker, screens.away(since, until, *counts), now, Lane.NEWS)
    return None


def opens(store: Store, now: datetime) -> None:
    """For every start: what was planned before there were rows, or came out of a copy, is owed like all else."""
    for id in dict.fromkeys(id for id, _ in store.reminders.without(now)):
        appointment = store.appointments.get(id)
        if appointment is not None:
            reminding.owe(store, id, appointment.starts_at, now)
    for reminder in store.reminders.stranded(DUE):
        appointment = store.appointments.get(reminder.appointment_id)
        if appointment is not None:
            again = max(reminder.due_at, now) if reminder.state is ReminderState.OWED else now
            store.timers.set(DUE, reminder.id, again, reminding.rank(appointment.starts_at))
