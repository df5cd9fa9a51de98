"""What is done to everybody who sees an appointment: invited, shown what holds now, told that it is off."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from handlers import (
    appointment_cards,
    attending,
    calling,
    desk,
    knowing,
    reminding,
    unheard,
    wish_cards,
    wishing,
)
from handlers.appointment_rules import Standing, standing, standing_in_chats, to_follow
from handlers.screen import Screen
from handlers.series import with_days
from storage.appointments import Circle
from storage.records import Answer, Appointment, Lane, MoveOutcome, Person
from storage.store import Store

TIME = "time"  # who acts in the journal when nobody does


def about(appointment_id: str) -> str:
    """The name under which an appointment's cards are found."""
    return f"appointment:{appointment_id}"


def spoken(appointment_id: str) -> str:
    """The name under which what was explained by voice is found."""
    return f"spoken:{appointment_id}"


def interpreter(appointment_id: str) -> str:
    """The name under which word of who translates is found."""
    return f"interpreter:{appointment_id}"


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
            hand_card(store, circle, parent, now)
    calling.expect(store, circle, now)
    attending.expect(store, circle.appointment, now)


def hand_card(
    store: Store,
    circle: Circle,
    parent: Person,
    now: datetime,
    lane: Lane = Lane.NEWS,
    *,
    silent: bool = False,
) -> None:
    """A new card for a parent. From the start on it does not leave any more: nobody is asked to what is over."""
    appointment = circle.appointment
    shown = replace(seen(circle, parent, now), silent=silent)
    desk.post(store, parent, shown, now, lane, about(appointment.id), expires_at=appointment.starts_at)
    wakes_at = desk.waits_until(store, parent, now, lane)
    if wakes_at is not None and wakes_at >= appointment.starts_at:
        undelivered(store, circle, parent, now)


def undelivered(store: Store, circle: Circle, parent: Person, now: datetime) -> None:
    """Tells the caseworker, once for each appointment and parent, that a message finds no way."""
    appointment, to = circle.appointment, circle.caseworker
    # The card that tells of it is also the memory that it was told.
    named = f"undelivered:{appointment.id}:{parent.id}"
    if store.cards.newest(named, to.id) is not None:
        return
    if _hears_of_it(store, to, parent):
        store.cards.add(to.id, named, now)
    else:
        desk.post(store, to, appointment_cards.undelivered(circle, parent), now, Lane.NEWS, named)
    store.journal.write(now, TIME, "appointment.undelivered", about(appointment.id), appointment.family_id)


def _hears_of_it(store: Store, caseworker: Person, parent: Person) -> bool:
    """Whether word that the parent can't be reached at all is just on its way to the caseworker."""
    card = store.cards.newest(f"person:{parent.id}", caseworker.id)
    return parent.blocked and card is not None and store.deliveries.is_owed(card.id)


def in_charge(store: Store, circle: Circle, now: datetime) -> list[Person]:
    """The caseworker, and whoever stands in for them now."""
    standing_in = store.deputies.for_caseworker_now(circle.caseworker.id, now)
    return [circle.caseworker, *map(store.people.get, standing_in)]


def follow(store: Store, circle: Circle, by: Person, now: datetime, pressed: int | None) -> None:
    """The other cards of who has pressed follow, and those of whoever works with the family at this moment."""
    cards = store.cards.about(about(circle.appointment.id))
    known_ones = {circle.caseworker.id, by.id, *(parent.id for parent in circle.parents)}
    # hardly ever somebody who stands in has a card of it
    has_deputy = any(card.person_id not in known_ones for card in cards)
    staff = in_charge(store, circle, now) if has_deputy else [circle.caseworker]
    concerned = {person.id: person for person in (*staff, by)}
    for card in to_follow(cards, by.id, pressed, *concerned):
        person = concerned[card.person_id]
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
    """Another time for everybody: old reminders and buttons die here and now. False when it is over or somebody
    was first.

    `to` is aware UTC. What was said to the old time counts no more; `agreed` is the id of the parent who chose the
    new one, and so has said yes to it.
    """
    appointment = circle.appointment
    heard = not circle.parents or any(
        knowing.is_told(store, appointment, parent.id, now) for parent in circle.parents
    )
    still = standing(appointment, now) is Standing.PLANNED
    if not still or not store.appointments.move(appointment.id, appointment.revision, to, heard=heard):
        return False
    if agreed is not None:
        store.appointments.answer(appointment.id, agreed, Answer.YES, now, first=True)
    _owes_nothing(store, appointment, MoveOutcome.MOVED, now)
    reminding.owe(store, appointment.id, to, now)
    store.journal.write(now, by.id, "appointment.moved", about(appointment.id), appointment.family_id)
    after = known(store, appointment.id)
    change_all(store, after, now)
    invite(store, after, now, but=by.id)
    _hand_overtaken(store, circle, now)
    for parent in after.parents:
        if parent.id != by.id:  # who wished for it may be out of reach by now, too
            unheard.owe_call(store, appointment.family_id, parent, now, appointment.id)
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
    hear = off(store, circle, now)
    for parent in hear:
        desk.post(store, parent, appointment_cards.cancelled(circle.appointment), now, Lane.NEWS, named)
        unheard.owe_call(store, circle.appointment.family_id, parent, now, appointment_id)
    _hand_next(store, circle, {parent.id for parent in hear}, now)


def off(store: Store, circle: Circle, now: datetime) -> list[Person]:
    """Ends all that is owed for a cancelled appointment and changes its cards; the parents who are to hear it.

    An edit alone rings no bell. Who had no card yet, or none that has left, has nothing to unlearn.
    """
    named = about(circle.appointment.id)
    had = {card.person_id for card in store.cards.about(named)}
    spared = knowing.unaware(store, circle.appointment, now)
    _owes_nothing(store, circle.appointment, MoveOutcome.CANCELLED, now)
    change_all(store, circle, now)
    return [parent for parent in circle.parents if parent.id in had - spared]


def _hand_next(store: Store, circle: Circle, rung: Collection[str], now: datetime) -> None:
    """A series is known by the card of its first: when that one is off the next gets a card of its own."""
    theirs = _ahead(store, circle.appointment, now)
    if not theirs:
        return
    following = known(store, theirs[0].id)
    for parent in following.parents:
        if not knowing.stands(store, theirs, parent.id):
            hand_card(store, following, parent, now, silent=parent.id in rung)


def _hand_overtaken(store: Store, before: Circle, now: datetime) -> None:
    """The first of a series, as it was before, went past others: no card names the one that is first now.

    It gets a card of its own, without a sound: the new time has rung already.
    """
    was, first = before.appointment, _ahead(store, before.appointment, now)[:1]
    if not first or first[0].id == was.id or first[0].starts_at <= was.starts_at:
        return
    following = known(store, first[0].id)
    for parent in following.parents:
        if not knowing.stands(store, first, parent.id):
            hand_card(store, following, parent, now, silent=True)


def _ahead(store: Store, one: Appointment, now: datetime) -> list[Appointment]:
    """What is planned for the same family in the same series, the first first."""
    ahead = store.appointments.of_series(one.series_id, now) if one.series_id else []
    return [other for other in ahead if other.family_id == one.family_id]


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


def _owes_nothing(store: Store, appointment: Appointment, became: MoveOutcome, now: datetime) -> None:
    """Reminders, wishes and calls about the old time are over, and so are messages that still wait to leave."""
    cards = store.cards.about(about(appointment.id))
    waiting = [card for card in cards if knowing.waits(store, card, now)]
    why = reminding.MOVED if became is MoveOutcome.MOVED else reminding.CANCELLED
    reminding.drop(store, appointment.id, now, why)
    wishing.settle_all(store, appointment.id, became, now)
    store.calls.settle(appointment.id, now)
    calling.drop(store, appointment, now)
    attending.drop(store, appointment.id)
    for card in waiting:
        store.deliveries.withdraw_card(card.id, now)
        store.cards.retire(card.id)
    for beside in (spoken, interpreter):
        store.deliveries.withdraw_about(beside(appointment.id), Lane.NEWS, now)
