"""What is done with a plan: the appointment is made, everybody is invited, whoever made it keeps a card."""

from dataclasses import replace
from datetime import datetime

from handlers import appointment_cards, desk
from handlers.appointed import about, invite, known
from handlers.calendar import AT_HOME, Draft
from handlers.planning import screens
from handlers.reminding import owe
from storage.appointments import Circle
from storage.records import AppointmentKind, Family, Lane, Person
from storage.store import Store


def send(store: Store, draft: Draft, family: Family, *, by: Person, now: datetime) -> Circle:
    """Makes the appointment, owes its reminders and invites every parent. Raises Refusal for a time gone by."""
    starts_at = draft.starts_at(now)
    kind, place = AppointmentKind(draft.kind), draft.place or AT_HOME
    made = store.appointments.add(family.id, family.caseworker_id, kind, starts_at, place)
    owe(store, made.id, starts_at, now)
    store.journal.write(now, by.id, "appointment.made", about(made.id), family.id)
    circle = known(store, made.id)
    invite(store, circle, now)
    for parent in circle.parents:
        if parent.paused:
            desk.post(store, by, screens.pauses(parent), now, Lane.NEWS)
    return circle


def keep_as_card(store: Store, circle: Circle, by: Person, message_id: int | None, now: datetime) -> None:
    """The message of whoever made it becomes their card of the appointment, which shows every answer."""
    shown, named = appointment_cards.sheet(circle, now), about(circle.appointment.id)
    if message_id is None:
        desk.post(store, by, shown, now, Lane.ANSWER, named)
        return
    card = replace(store.cards.add(by.id, named, now), message_id=message_id)
    store.cards.sent(card.id, message_id)
    desk.change(store, card, by, shown, now, Lane.ANSWER)
