"""What time and the post bring about: invitations, and word of what did not arrive."""

from datetime import datetime

from handlers import appointed, appointment_cards, appointment_rules, desk
from handlers.calendar import COURSE, left_at, unanswered
from storage.appointments import Circle
from storage.records import AppointmentState, Delivery, DeliveryState, Lane, Person
from storage.store import Store

TIME = "time"  # who acts in the journal when nobody does


def invite(store: Store, scope: str, now: datetime) -> None:
    """Posts the invitations of an appointment that was made elsewhere."""
    circle = store.appointments.circle(scope)
    if (
        circle is None
        or appointment_rules.standing(circle.appointment, now) is not appointment_rules.Standing.PLANNED
    ):
        named = appointed.about(scope)
        store.journal.write(now, TIME, "appointment.invitation.dropped", named, _family_id(circle))
        return
    appointed.invite(store, circle, now)
    store.journal.write(now, TIME, "appointment.invited", appointed.about(scope), _family_id(circle))


def _family_id(circle: Circle | None) -> str | None:
    return circle.appointment.family_id if circle else None


def cancelled(store: Store, scope: str, now: datetime) -> None:
    """Tells of an appointment that was cancelled elsewhere."""
    found = store.appointments.get(scope)
    if found is not None and found.state is AppointmentState.CANCELLED:
        appointed.tell_cancelled(store, scope, now)


def not_arrived(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """Tells the caseworker, once for each appointment and parent, that a message found no way."""
    if state is not DeliveryState.UNDELIVERABLE or owed.edits or owed.person_id is None:
        return
    scope = owed.about.partition(":")[2]
    circle = store.appointments.circle(scope)
    parent = circle.parent(owed.person_id) if circle else None
    if circle is None or parent is None:
        return
    # The card that tells of it is also the memory that it was told.
    named = f"undelivered:{scope}:{parent.id}"
    if store.cards.newest(named, circle.caseworker.id) is not None:
        return
    if _hears_of_it(store, circle.caseworker, parent):
        store.cards.add(circle.caseworker.id, named, now)
    else:
        desk.post(
            store, circle.caseworker, appointment_cards.undelivered(circle, parent), now, Lane.NEWS, named
        )
    store.journal.write(now, TIME, "appointment.undelivered", appointed.about(scope), _family_id(circle))


def _hears_of_it(store: Store, caseworker: Person, parent: Person) -> bool:
    """Whether word that the parent can't be reached at all is just on its way to the caseworker."""
    card = store.cards.newest(f"person:{parent.id}", caseworker.id)
    return parent.blocked and card is not None and store.deliveries.is_owed(card.id)


def reach_changed(store: Store, scope: str, now: datetime) -> None:
    """A parent blocked the bot or is back: the caseworkers' cards say so, and she gets what waits for her."""
    parent = store.people.get(scope)
    for appointment in unanswered(store, parent, now):
        circle = appointed.known(store, appointment.id)
        _mark(store, circle, now)
        if desk.passes(store, parent, Lane.NEWS) and not parent.blocked:
            shown = appointed.seen(circle, parent, now)
            desk.post(store, parent, shown, now, Lane.ANSWER, appointed.about(appointment.id))


def back(store: Store, scope: str, now: datetime) -> None:
    """A parent who paused gets a card of all that is ahead, and word of what was cancelled meanwhile."""
    id, since = left_at(scope)
    parent = store.people.get(id)
    family = store.families.of_person(id)
    for appointment in store.appointments.ahead(family.id, now, id) if family else ():
        shown = appointed.seen(appointed.known(store, appointment.id), parent, now)
        desk.post(store, parent, shown, now, Lane.NEWS, appointed.about(appointment.id))
    for seat in store.courses.of_family(family.id) if family else ():
        store.timers.set(COURSE, f"{seat.course_id}:{seat.family_id}", now)
    for named in store.cards.missed(id, since):
        found = store.appointments.get(named.partition(":")[2]) if named.startswith("appointment:") else None
        if (
            found is not None
            and found.only_for in (None, id)
            and _was_told(store, id, named, since)
            and appointment_rules.cancelled_ahead(found, now)
        ):
            desk.post(store, parent, appointment_cards.cancelled(found), now, Lane.NEWS, named)


def _was_told(store: Store, person_id: str, named: str, since: datetime) -> bool:
    first = store.cards.first_at(person_id, named)
    return first is not None and first < since


def _mark(store: Store, circle: Circle, now: datetime) -> None:
    whom, cards = circle.caseworker, store.cards.about(appointed.about(circle.appointment.id))
    for card in appointment_rules.to_follow(cards, whom.id, None, whom.id):
        desk.change(store, card, whom, appointment_cards.sheet(circle, now), now, Lane.NEWS)
