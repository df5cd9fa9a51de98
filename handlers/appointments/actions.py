"""What is done with appointments: send, invite, answer, cancel, and who is told of it."""

from dataclasses import replace
from datetime import datetime

from handlers import desk
from handlers.appointments import rules, screens
from handlers.calendar import AT_HOME, Draft, drop_timers, set_reminders
from handlers.screen import Screen
from storage.appointments import Circle
from storage.records import Answer, AppointmentKind, Family, Lane, Person
from storage.store import Store


def about(appointment_id: str) -> str:
    """The name under which an appointment's cards are found."""
    return f"appointment:{appointment_id}"


def known(store: Store, appointment_id: str) -> Circle:
    """An appointment that is certain to exist. Raises LookupError for any other."""
    circle = store.appointments.circle(appointment_id)
    if circle is None:
        raise LookupError(f"no appointment {appointment_id}")
    return circle


def send(store: Store, draft: Draft, family: Family, *, by: Person, now: datetime) -> Circle:
    """Makes the appointment, owes its reminders and invites every parent. Raises Refusal for a time gone by."""
    starts_at = draft.starts_at(now)
    kind, place = AppointmentKind(draft.kind), draft.place or AT_HOME
    made = store.appointments.add(family.id, family.caseworker_id, kind, starts_at, place)
    set_reminders(store, made.id, starts_at, now)
    store.journal.write(now, by.id, "appointment.made", about(made.id), family.id)
    circle = known(store, made.id)
    invite(store, circle, now)
    for parent in circle.parents:
        if parent.paused:
            desk.post(store, by, screens.pauses(parent), now, Lane.NEWS)
    return circle


def invite(store: Store, circle: Circle, now: datetime) -> None:
    """Owes every parent of the family a card to answer on."""
    for parent in circle.parents:
        said = circle.answers.get(parent.id)
        shown = screens.card(circle.appointment, said, now)
        desk.post(store, parent, shown, now, Lane.NEWS, about(circle.appointment.id))


def keep_as_card(store: Store, circle: Circle, by: Person, message_id: int | None, now: datetime) -> None:
    """The message of whoever made it becomes their card of the appointment, which shows every answer."""
    shown, named = screens.sheet(circle, now), about(circle.appointment.id)
    if message_id is None:
        desk.post(store, by, shown, now, Lane.ANSWER, named)
        return
    card = replace(store.cards.add(by.id, named, now), message_id=message_id)
    store.cards.sent(card.id, message_id)
    desk.change(store, card, by, shown, now, Lane.ANSWER)


def answer(
    store: Store, circle: Circle, said: Answer, *, by: Person, now: datetime, pressed: int | None
) -> Circle:
    """Stores what a parent says, tells the caseworker and lets the other cards follow the pressed message."""
    appointment = circle.appointment
    store.appointments.answer(appointment.id, by.id, said, now, first=by.id not in circle.answers)
    named, family_id = about(appointment.id), appointment.family_id
    store.journal.write(now, by.id, f"appointment.answered.{said}", named, family_id)
    after = replace(circle, answers={**circle.answers, by.id: said})
    _follow(store, after, by, now, pressed)
    for whom in _in_charge(store, circle, now):
        desk.post(store, whom, screens.told(after, by, said), now, Lane.NEWS, f"answered:{appointment.id}")
    return after


def _in_charge(store: Store, circle: Circle, now: datetime) -> list[Person]:
    """The caseworker, and whoever stands in for them now."""
    standing_in = store.deputies.for_caseworker_now(circle.caseworker.id, now)
    return [circle.caseworker, *map(store.people.get, standing_in)]


def _follow(store: Store, circle: Circle, by: Person, now: datetime, pressed: int | None) -> None:
    cards = store.cards.about(about(circle.appointment.id))
    for card in rules.to_follow(cards, by.id, pressed, circle.caseworker.id):
        person = by if card.person_id == by.id else circle.caseworker
        desk.change(store, card, person, seen(circle, person, now), now, Lane.NEWS)


def seen(circle: Circle, person: Person, now: datetime) -> Screen:
    """The appointment as this person's card shows it."""
    if circle.parent(person.id) is None:
        return screens.sheet(circle, now)
    return screens.card(circle.appointment, circle.answers.get(person.id), now)


def cancel(store: Store, circle: Circle, *, by: Person, now: datetime) -> bool:
    """Cancels and tells everybody who was invited. False when somebody else was first."""
    appointment = circle.appointment
    if not store.appointments.cancel(appointment.id, appointment.revision):
        return False
    drop_timers(store, appointment.id)
    store.journal.write(now, by.id, "appointment.cancelled", about(appointment.id), appointment.family_id)
    tell_cancelled(store, appointment.id, now)
    return True


def tell_cancelled(store: Store, appointment_id: str, now: datetime) -> None:
    """Changes every card in place and owes a message to each parent who had one: an edit alone rings no bell."""
    circle, named = known(store, appointment_id), about(appointment_id)
    invited = {card.person_id for card in store.cards.about(named)}
    concerned = {person.id: person for person in (*_in_charge(store, circle, now), *circle.parents)}
    for card in store.cards.about(named):
        if card.person_id in concerned:  # whoever worked with the family once learns nothing more
            person = concerned[card.person_id]
            desk.change(store, card, person, seen(circle, person, now), now, Lane.NEWS)
    for parent in circle.parents:
        if parent.id in invited:
            desk.post(store, parent, screens.cancelled(circle.appointment), now, Lane.NEWS, named)
