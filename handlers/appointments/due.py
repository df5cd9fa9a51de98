"""What time and the post bring about: invitations, and word of what did not arrive."""

from collections.abc import Collection
from datetime import datetime

from handlers import appointed, appointment_cards, appointment_rules, calling, desk, knowing, reminding
from handlers.calendar import courses_too, left_at, unanswered
from storage.appointments import Circle
from storage.records import Appointment, AppointmentState, Delivery, DeliveryState, Family, Lane, Person
from storage.store import Store


def invite(store: Store, scope: str, now: datetime) -> None:
    """Posts the invitations of an appointment that was made elsewhere."""
    circle = store.appointments.circle(scope)
    if (
        circle is None
        or appointment_rules.standing(circle.appointment, now) is not appointment_rules.Standing.PLANNED
    ):
        named = appointed.about(scope)
        store.journal.write(now, appointed.TIME, "appointment.invitation.dropped", named, _family_id(circle))
        return
    appointed.invite(store, circle, now)
    store.journal.write(
        now, appointed.TIME, "appointment.invited", appointed.about(scope), _family_id(circle)
    )


def _family_id(circle: Circle | None) -> str | None:
    return circle.appointment.family_id if circle else None


def cancelled(store: Store, scope: str, now: datetime) -> None:
    """Tells of an appointment that was cancelled elsewhere."""
    found = store.appointments.get(scope)
    if found is not None and found.state is AppointmentState.CANCELLED:
        appointed.tell_cancelled(store, scope, now)


def not_arrived(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """Tells the caseworker, once for each appointment and parent, that a message found no way, or not in time."""
    if owed.edits or owed.person_id is None or state is DeliveryState.DELIVERED:
        return
    circle = store.appointments.circle(owed.about.partition(":")[2])
    parent = circle.parent(owed.person_id) if circle else None
    if circle is None or parent is None:
        return
    planned = circle.appointment.state is AppointmentState.PLANNED
    too_late = owed.lane < Lane.REMINDER and planned  # reminders and nudges see to themselves
    if state is DeliveryState.UNDELIVERABLE or too_late:
        appointed.undelivered(store, circle, parent, now)


def reach_changed(store: Store, scope: str, now: datetime) -> None:
    """A parent blocked the bot or is back: the caseworkers' cards say so, and she gets what waits for her.

    The days of a course stand on the card of the course, and are not asked one by one.
    """
    parent = store.people.get(scope)
    family = store.families.of_person(scope)
    still = [one for one in unanswered(store, parent, now) if _has_own_card(store, one)]
    for appointment in still:
        _mark(store, appointed.known(store, appointment.id), now)
    if family is not None and desk.passes(store, parent, Lane.NEWS) and not parent.blocked:
        _hears_what_is_off(store, family, parent, now)
        _sees_what_holds(store, family, parent, {one.id for one in still}, now)
        _is_waited_for(store, parent, now)
        courses_too(store, family.id, now)
        reminding.owe_person(store, parent, now)


def _hears_what_is_off(store: Store, family: Family, parent: Person, now: datetime) -> None:
    """Word of what was cancelled out of reach, once for each series; her cards of it say so too."""
    gone = store.appointments.cancelled_ahead(family.id, now, parent.id)
    heard_of = set[str]()
    for one in gone:
        _her_cards_follow(store, one, parent, now)
        if one.series_id in heard_of or not knowing.has_missed(store, one, parent.id, now):
            continue
        also = [other for other in gone if other.series_id is not None and other.series_id == one.series_id]
        heard_of |= {one.series_id} if one.series_id is not None else set()
        shown = appointment_cards.cancelled_all(also) if len(also) > 1 else appointment_cards.cancelled(one)
        desk.post(store, parent, shown, now, Lane.ANSWER, appointed.about(one.id))


def _sees_what_holds(
    store: Store, family: Family, parent: Person, still: Collection[str], now: datetime
) -> None:
    """A card of whatever she is still asked, and of what was moved out of reach; the older ones change."""
    for one in store.appointments.ahead(family.id, now, parent.id):
        _her_cards_follow(store, one, parent, now)
        named = appointed.about(one.id)
        if one.id in still or knowing.has_missed(store, one, parent.id, now):
            appointed.hand_card(store, appointed.known(store, one.id), parent, now, Lane.ANSWER)
        elif one.series_id is not None and store.cards.newest(named, parent.id) is None:
            store.cards.add(
                parent.id, named, now
            )  # told by the list of days, as whoever was there from the first


def _her_cards_follow(store: Store, appointment: Appointment, parent: Person, now: datetime) -> None:
    circle = appointed.known(store, appointment.id)
    cards = store.cards.about(appointed.about(appointment.id))
    for card in appointment_rules.standing_in_chats(cards, {parent.id}):
        if card.message_id is not None:
            desk.change(store, card, parent, appointed.seen(circle, parent, now), now, Lane.NEWS)


def _is_waited_for(store: Store, parent: Person, now: datetime) -> None:
    """Whoever comes later than the invitation is waited for as everybody else is."""
    for appointment_id, person_id in store.calls.lost(now, calling.NUDGE, calling.OWED):
        if person_id == parent.id:
            calling.wait_for(store, appointed.known(store, appointment_id).appointment, person_id, now)


def back(store: Store, scope: str, now: datetime) -> None:
    """A parent who paused gets a card of all that is ahead, and word of what was cancelled meanwhile."""
    id, since = left_at(scope)
    parent = store.people.get(id)
    family = store.families.of_person(id)
    for appointment in store.appointments.ahead(family.id, now, id) if family else ():
        if _has_own_card(store, appointment):
            appointed.hand_card(store, appointed.known(store, appointment.id), parent, now)
    reminding.owe_person(store, parent, now)
    if family is not None:
        courses_too(store, family.id, now)
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


def _has_own_card(store: Store, appointment: Appointment) -> bool:
    """Whether a parent answers it by itself, and not with a seat in a course."""
    session = store.training.get(appointment.session_id) if appointment.session_id else None
    return session is None or session.course_id is None


def _mark(store: Store, circle: Circle, now: datetime) -> None:
    whom, cards = circle.caseworker, store.cards.about(appointed.about(circle.appointment.id))
    for card in appointment_rules.to_follow(cards, whom.id, None, whom.id):
        desk.change(store, card, whom, appointment_cards.sheet(circle, now), now, Lane.NEWS)
