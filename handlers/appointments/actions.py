"""What is done with appointments in this room: answer, cancel, and who is told of it."""

from dataclasses import replace
from datetime import datetime

from handlers import calling, desk
from handlers.appointed import about, follow, in_charge
from handlers.appointments import screens
from storage.appointments import Circle
from storage.records import Answer, Lane, Person
from storage.store import Store


def answer(
    store: Store, circle: Circle, said: Answer, *, by: Person, now: datetime, pressed: int | None
) -> Circle:
    """Stores what a parent says, tells the caseworker and lets the other cards follow the pressed message."""
    appointment = circle.appointment
    store.appointments.answer(appointment.id, by.id, said, now, first=by.id not in circle.answers)
    calling.answered(store, appointment.id, by.id, now)
    named, family_id = about(appointment.id), appointment.family_id
    store.journal.write(now, by.id, f"appointment.answered.{said}", named, family_id)
    after = replace(circle, answers={**circle.answers, by.id: said})
    follow(store, after, by, now, pressed)
    for whom in in_charge(store, circle, now):
        desk.post(store, whom, screens.told(after, by, said), now, Lane.NEWS, f"answered:{appointment.id}")
    return after
