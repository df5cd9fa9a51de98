"""When somebody has not answered: one nudge, then whoever works with the family is to call."""

from datetime import UTC, datetime, time, timedelta

from handlers import access, quiet
from handlers.calendar import moment
from locales.zone import here
from storage.appointments import Circle
from storage.records import Answer, Appointment, Call, Lane, Person, Why
from storage.store import Store

NUDGE, OWED, UNCLEAR = "calls.nudge", "calls.owed", "calls.unclear"
TELL, REST, AGAIN = "calls.tell", "calls.rest", "calls.again"
NUDGES = Lane.BROADCAST  # nothing else about an appointment leaves there, so that nudges can be taken back
PATIENCE = timedelta(hours=24)
AT_LEAST = timedelta(hours=3)  # so long before the start a nudge or a call still helps
SOON = timedelta(minutes=30)  # nobody is given less than this to answer a nudge
AHEAD = timedelta(days=6)  # of a series or a course nobody is asked about all of it at once
GATHERED = timedelta(minutes=5)  # what comes up meanwhile is told in the same message
REST_FOR = timedelta(hours=1)  # nobody is told of their list more often
DAY = (9, 19)  # when families are nudged
WORK = (7, 20)  # when staff are told of their list
UNTIL_ANSWERED = (Why.UNANSWERED, Why.UNREACHABLE)


def nudged_at(starts_at: datetime, now: datetime) -> datetime | None:
    """When to nudge whoever was invited now and does not answer, aware UTC.

    After a day, or halfway to the start when that is sooner; at least 3 hours before it and between 9 and 19 in
    Köln. None when there is no such moment left.
    """
    latest = starts_at - AT_LEAST
    wanted = min(now + PATIENCE, now + (starts_at - now) / 2, latest)
    later, earlier = within(wanted, DAY), _before(wanted, DAY)
    return next((at for at in (later, earlier) if now < at <= latest), None)


def called_at(starts_at: datetime, since: datetime) -> datetime:
    """When whoever was nudged then, could not be, or has not understood goes on the call list, aware UTC."""
    latest = max(starts_at - AT_LEAST, since + min(SOON, (starts_at - since) / 2))
    return min(since + PATIENCE, latest)


def within(at: datetime, hours: tuple[int, int]) -> datetime:
    """The moment itself, or the next when these hours of the day begin in Köln; aware UTC."""
    wall = at.astimezone(here())
    if wall.hour >= hours[0] and wall.time() <= time(hours[1]):
        return at
    day = wall.date() if wall.hour < hours[0] else wall.date() + timedelta(days=1)
    return moment(day, hours[0], 0) or at


def _before(at: datetime, hours: tuple[int, int]) -> datetime:
    """The moment itself, or the last one at which these hours of the day ended in Köln."""
    wall = at.astimezone(here())
    if wall.hour >= hours[0] and wall.time() <= time(hours[1]):
        return at
    day = wall.date() if wall.hour >= hours[0] else wall.date() - timedelta(days=1)
    return moment(day, hours[1], 0) or at


def scope_of(appointment_id: str, person_id: str) -> str:
    """What timers about one parent and one appointment are kept under."""
    return f"{appointment_id}:{person_id}"


def expect(store: Store, circle: Circle, now: datetime) -> None:
    """Owes a nudge to each asked parent who will not have answered, and after it a place on the call list.

    They have just been told of this time: whatever they were nudged about before is over.
    """
    for card in store.cards.about(nudged(circle.appointment.id)):
        store.cards.retire(card.id)
    for parent in circle.parents:
        if parent.id not in circle.answers:
            wait_for(store, circle.appointment, parent.id, now)


def wait_for(store: Store, appointment: Appointment, person_id: str, now: datetime) -> None:
    """Sets the one timer that is next for a parent who has not answered."""
    starts_at, since, scope = appointment.starts_at, now, scope_of(appointment.id, person_id)
    if appointment.series_id is not None or appointment.session_id is not None:
        since = max(now, starts_at - AHEAD)
    drop_for(store, appointment.id, person_id, now)
    at = nudged_at(starts_at, since)
    if at is not None:
        store.timers.set(NUDGE, scope, at)
    elif starts_at > now:
        store.timers.set(OWED, scope, called_at(starts_at, since))


def nudged(appointment_id: str) -> str:
    """The name under which it is remembered who has been nudged about an appointment."""
    return f"nudged:{appointment_id}"


def answered(store: Store, appointment: Appointment, person_id: str, said: Answer, now: datetime) -> None:
    """This parent has answered: no nudge leaves any more, and no call is owed for want of an answer."""
    drop_for(store, appointment.id, person_id, now)
    store.calls.answered(appointment.id, person_id, now, clear=said is not Answer.UNCLEAR)
    if said is Answer.UNCLEAR:
        wait_for_clarity(store, appointment, person_id, now)


def wait_for_clarity(store: Store, appointment: Appointment, person_id: str, now: datetime) -> None:
    """Whoever has not understood, or was just told once more, goes on the call list if nothing comes of it."""
    if appointment.starts_at > now:
        at = called_at(appointment.starts_at, now)
        store.timers.set(UNCLEAR, scope_of(appointment.id, person_id), at)


def drop(store: Store, appointment: Appointment, now: datetime) -> None:
    """Nobody is waited for any more: it was moved or cancelled."""
    for parent in store.people.of_family(appointment.family_id):
        drop_for(store, appointment.id, parent.id, now)


def drop_for(store: Store, appointment_id: str, person_id: str, now: datetime) -> None:
    """This parent is not waited for, and a nudge that has not left stays here."""
    for kind in (NUDGE, OWED, UNCLEAR):
        store.timers.drop(kind, scope_of(appointment_id, person_id))
    about = f"appointment:{appointment_id}"  # as handlers/appointed.py names it, which stands on this
    store.deliveries.withdraw_about(about, NUDGES, now, person_id)


def owe(
    store: Store, appointment: Appointment, person_id: str, why: Why, now: datetime, *, told: bool = False
) -> Call | None:
    """Puts somebody on the call list and tells whoever works with the family, bundled with what else comes up.

    None when they stood there for the same reason before. `told` says that it has been told already.
    """
    if why is Why.UNCLEAR:
        store.timers.drop(UNCLEAR, scope_of(appointment.id, person_id))
    if any(call.why is why for call in store.calls.open_about(appointment.id, person_id)):
        return None
    call = store.calls.add(appointment.family_id, person_id, why, now, appointment.id)
    if not told:
        tell_soon(store, appointment.family_id, now)
    return call


def tell_soon(store: Store, family_id: str, now: datetime) -> None:
    """Whoever works with the family now is told of their list: once for all of it, at most once an hour."""
    family = store.families.get(family_id)
    for person in access.in_charge(store, family, now) if family else ():
        if store.timers.due_at(TELL, person.id) is None:
            rested = store.timers.due_at(REST, person.id) or now
            store.timers.set(TELL, person.id, _at_work(person, max(now + GATHERED, rested)))


def _at_work(person: Person, at: datetime) -> datetime:
    return within(quiet.ends_at(person, at) or at, WORK)


def next_morning(now: datetime) -> datetime:
    """Nine o'clock tomorrow in Köln, aware UTC."""
    tomorrow = now.astimezone(here()).date() + timedelta(days=1)
    return moment(tomorrow, DAY[0], 0) or (now + PATIENCE).astimezone(UTC)
