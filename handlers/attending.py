"""Who came: when it is asked, whether it may still be noted, and what a note brings about."""

from datetime import date, datetime, time, timedelta

from handlers.calendar import moment
from handlers.calling import scope_of
from handlers.slots import working_days
from locales.zone import here, on
from storage.appointments import Circle
from storage.records import Answer, Appointment, AppointmentState, Person
from storage.store import Store

ASK, TELL, LATER = "attendance.ask", "attendance.tell", "attendance.later"
FOLLOW, SILENCE = "attendance.follow", "attendance.silence"
EVENING, MORNING = time(17, 30), time(9)
CORRECTED = timedelta(days=14)  # so long after the end it may be noted, or noted anew
GRACE = timedelta(minutes=5)  # a slip of the thumb must not reach a family
LATELY = timedelta(days=3)  # later nobody is told that we waited
BY_DAY = (8, 20)  # when somebody is asked how they are
SILENT_FOR = timedelta(hours=24)
CALLED_OFF = (Answer.NO, Answer.MOVE)  # who said so was not waited for


def asked_at(ended_at: datetime) -> datetime:
    """When whoever works with the family is asked who came, aware UTC: all of a day in one go.

    At 17:30 of a working day in Köln; about what ended later, at 9:00 of the next one.
    """
    wall = ended_at.astimezone(here())
    today = working_days(wall.date(), 1)[0] == wall.date()
    if today and wall.time() <= EVENING:
        return _on(wall.date(), EVENING)
    return _on(working_days(wall.date() + timedelta(days=1), 1)[0], MORNING)


def next_evening(now: datetime) -> datetime:
    """17:30 of the next working day in Köln after today, aware UTC."""
    return _on(working_days(now.astimezone(here()).date() + timedelta(days=1), 1)[0], EVENING)


def _on(day: date, at: time) -> datetime:
    return moment(day, at.hour, at.minute) or on(day, at)


def expect(store: Store, appointment: Appointment, now: datetime) -> None:
    """Owes the question who came; sessions of courses are asked about in the course."""
    if appointment.session_id is None and appointment.state is AppointmentState.PLANNED:
        store.timers.set(ASK, appointment.id, max(now, asked_at(appointment.ends_at)))


def drop(store: Store, appointment_id: str) -> None:
    """It will not take place then: nobody is asked."""
    store.timers.drop(ASK, appointment_id)


def may_note(appointment: Appointment, now: datetime) -> bool:
    """Whether it can be noted who came: from the beginning until 14 days after the end."""
    planned = appointment.state is AppointmentState.PLANNED
    return planned and appointment.starts_at <= now <= appointment.ends_at + CORRECTED


def awaited(circle: Circle) -> list[Person]:
    """The parents who were waited for: whoever said that they can't come is not asked about."""
    return [one for one in circle.parents if circle.answers.get(one.id) not in CALLED_OFF]


def note(store: Store, circle: Circle, parent: Person, *, came: bool, by: Person, now: datetime) -> bool:
    """Notes whether a parent came; a kind word to who did not follows. False when just that was noted before."""
    appointment = circle.appointment
    if store.attendances.of(appointment.id).get(parent.id) is came:
        return False
    store.attendances.mark(appointment.id, parent.id, came, now, by.id)
    act = "attendance.noted.came" if came else "attendance.noted.missed"
    store.journal.write(now, by.id, act, f"appointment:{appointment.id}", appointment.family_id)
    store.timers.set(FOLLOW, scope_of(appointment.id, parent.id), now if came else now + GRACE)
    return True
