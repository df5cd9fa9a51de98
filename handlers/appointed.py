"""What is done to everybody who sees an appointment: invited, shown what holds now, told that it is off."""

from datetime import datetime

from handlers import appointment_cards, attending, calling, desk, reminding, wish_cards, wishing
from handlers.appointment_rules import Standing, standing, standing_in_chats, to_follow
from handlers.screen import Screen
from handlers.series import with_days
from storage.appointments import Circle
from storage.records import Answer, Appointment, Card, Lane, MoveOutcome, Person
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


def invite(store: Store, circle: Circle, now: datetime, but: str | None = None) -> None:
    """Owes every asked parent a card to answer on, and whoever does not answer a nudge.

    `but` is the id of whoever looks at a card of it at this moment.
    """
    for parent in circle.parents:
        if parent.id != but:
            shown = seen(circle, parent, now)
            desk.post(store, parent, shown, now, Lane.NEWS, about(circle.appointment.id))
    calling.expect(store, circle, now)
    attending.expect(store, circle.appointment, now)


def in_charge(store: Store, circle: Circle, now: datetime) -> list[Person]:
    """The caseworker, and whoever stands in for them now."""
    standing_in = store.deputies.for_caseworker_now(circle.caseworker.id, now)
    return [circle.caseworker, *map(store.people.get, standing_in)]


def follow(store: Store, circle: Circle, by: Person, now: datetime, pressed: int | None) -> None:
    cards = store.cards.about(about(circle.appointment.id))
    for card in to_follow(cards, by.id, pressed, circle.caseworker.id):
        person = by if card.person_id == by.id else circle.caseworker
        desk.change(store, card, person, seen(circle, person, now), now, Lane.NEWS)


def seen(circle: Circle, person: Person, now: datetime) -> Screen:
    """The appointment as this person's card shows it."""
    if circle.parent(person.id) is None:
        return appointment_cards.sheet(circle, now)
    if person.id in circle.wishes and standing(circle.appointment, now) is Standing.PLANNED:
        return wish_cards.mine(circle, circle.wishes[person.id])
    said, late = circle.answers.get(person.id), circle.late.get(person.id)
    shown = appointment_cards.card(circle.appointment, said, now, late)
    return with_days(shown, circle.appointment, circle.following, now)


def moved(
    store: Store, circle: Circle, to: datetime, *, by: Person, now: datetime, agreed: str | None = None
) -> bool:
    """Another time for everybody: old reminders and buttons die here and now. False when somebody was first.

    `to` is aware UTC. What was said to the old time counts no more; `agreed` is the id of the parent who chose the
    new one, and so has said yes to it.
    """
    appointment = circle.appointment
    if not store.appointments.move(appointment.id, appointment.revision, to):
        return False
    if agreed is not None:
        store.appointments.answer(appointment.id, agreed, Answer.YES, now, first=True)
    _owes_nothing(store, appointment, MoveOutcome.MOVED, now)
    reminding.owe(store, appointment.id, to, now)
    store.journal.write(now, by.id, "appointment.moved", about(appointment.id), appointment.family_id)
    after = known(store, appointment.id)
    change_all(store, after, now)
    invite(store, after, now, but=by.id)
    return True


def cancelled(store: Store, circle: Circle, *, by: Person, now: datetime) -> bool:
    """Calls an appointment off, for everybody and for good, and tells them. False when somebody was first."""
    if not call_off(store, circle, by=by, now=now):
        return False
    tell_cancelled(store, circle.appointment.id, now)
    return True


def call_off(store: Store, circle: Circle, *, by: Person, now: datetime) -> bool:
    """As above, without a word to anybody: whoever calls several off tells of all of them at once."""
    appointment = circle.appointment
    if not store.appointments.cancel(appointment.id, appointment.revision):
        return False
    store.journal.write(now, by.id, "appointment.cancelled", about(appointment.id), appointment.family_id)
    return True


def tell_cancelled(store: Store, appointment_id: str, now: datetime) -> None:
    """What was called off owes nothing any more; every card says so, and each parent who knew hears it once."""
    circle, named = known(store, appointment_id), about(appointment_id)
    for parent in off(store, circle, now):
        desk.post(store, parent, appointment_cards.cancelled(circle.appointment), now, Lane.NEWS, named)


def off(store: Store, circle: Circle, now: datetime) -> list[Person]:
    """Ends all that is owed for a cancelled appointment and changes its cards; the parents who are to hear it.

    An edit alone rings no bell. Who had no card yet, or none that has left, has nothing to unlearn.
    """
    named = about(circle.appointment.id)
    had = {card.person_id for card in store.cards.about(named)}
    spared = _owes_nothing(store, circle.appointment, MoveOutcome.CANCELLED, now)
    change_all(store, circle, now)
    return [parent for parent in circle.parents if parent.id in had - spared]


def change_all(store: Store, circle: Circle, now: datetime, *, but: int | None = None) -> None:
    """Changes every card of everybody concerned to what holds now, however old it is.

    Cards of the same series name its days, and change too. `but` is Telegram's number of the message that
    whoever has just pressed looks at.
    """
    _change_cards(store, circle, now, but)
    appointment = circle.appointment
    series = store.appointments.of_series(appointment.series_id, now) if appointment.series_id else []
    for other in series:
        if other.id != appointment.id:
            _change_cards(store, known(store, other.id), now, but)


def _change_cards(store: Store, circle: Circle, now: datetime, but: int | None) -> None:
    concerned = {person.id: person for person in (*in_charge(store, circle, now), *circle.parents)}
    cards = store.cards.about(about(circle.appointment.id))
    for card in standing_in_chats(
        cards, concerned
    ):  # whoever worked with the family once learns nothing more
        person = concerned[card.person_id]
        if but is None or card.message_id != but:
            desk.change(store, card, person, seen(circle, person, now), now, Lane.NEWS)


def _owes_nothing(store: Store, appointment: Appointment, became: MoveOutcome, now: datetime) -> set[str]:
    """Reminders, wishes and calls about the old time are over, and so are messages that still wait to leave.

    Gives the ids of those for whom all there ever was still waited: they know of nothing.
    """
    cards = store.cards.about(about(appointment.id))
    waiting = {card.id for card in cards if _waits(store, card, now)}
    why = reminding.MOVED if became is MoveOutcome.MOVED else reminding.CANCELLED
    reminding.drop(store, appointment.id, now, why)
    wishing.settle_all(store, appointment.id, became, now)
    store.calls.settle(appointment.id, now)
    calling.drop(store, appointment)
    attending.drop(store, appointment.id)
    for id in waiting:
        store.deliveries.withdraw_card(id, now)
    know = {card.person_id for card in cards if card.id not in waiting}
    return {card.person_id for card in cards} - know


def _waits(store: Store, card: Card, now: datetime) -> bool:
    """Whether a message may not leave before a later moment: what is under way can't be taken back."""
    until = store.deliveries.held_until(card.id) if card.message_id is None else None
    return until is not None and until > now
