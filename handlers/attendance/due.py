"""What time brings: the question who came, the kind word to who did not, and a call where nothing is heard."""

from datetime import datetime

from handlers import access, appointed, attending, calling, desk, knowing, quiet
from handlers.attendance import actions, rules, screens
from storage.appointments import Circle
from storage.records import AppointmentState, Card, Lane, Person, Role, Why
from storage.store import Store

TIME = "time"  # who acts in the journal when nobody does


def ask(store: Store, appointment_id: str, now: datetime) -> None:
    """It is over, and who came is to be noted: whoever works with the family is asked with all the others."""
    circle = store.appointments.circle(appointment_id)
    if circle is None or circle.appointment.state is not AppointmentState.PLANNED:
        return
    if not actions.is_open(actions.sheet_of(store, circle)):
        return
    family = store.families.get(circle.appointment.family_id)
    for person in access.in_charge(store, family, now) if family else ():
        store.timers.set(attending.TELL, person.id, quiet.ends_at(person, now) or now)


def tell(store: Store, person_id: str, now: datetime) -> None:
    """One message for all that is to be noted."""
    person = store.people.known(person_id)
    if person is None or Role.CASEWORKER not in person.roles:
        return
    found = [one for one in actions.to_note(store, person, now) if actions.is_open(one)]
    if found:
        desk.post(store, person, screens.asked(len(found)), now, Lane.NEWS)


def follow(store: Store, scope: str, now: datetime) -> None:
    """What was noted has stood for a few minutes: whoever did not come is asked how they are, and no one else."""
    found = _noted(store, scope)
    if found is None:
        return
    circle, parent, came = found
    card = store.cards.newest(actions.about(circle.appointment.id), parent.id)
    if came:
        _mend(store, circle, parent, card, now)
    elif not rules.called_off(circle, parent.id):
        _ask_how(store, circle, parent, card, now)


def silence(store: Store, scope: str, now: datetime) -> None:
    """A day has passed and nothing was heard."""
    found = _noted(store, scope)
    if found is not None and not found[2]:
        _owe_call(store, found[0], found[1], now)


def opens(store: Store, now: datetime) -> None:
    """Whatever is still to come is asked about."""
    for id in store.attendances.unasked(now, attending.ASK):
        appointment = store.appointments.get(id)
        if appointment is not None:
            attending.expect(store, appointment, now)


def _noted(store: Store, scope: str) -> tuple[Circle, Person, bool] | None:
    """The appointment, the parent, and whether they came; None when that is not noted (any more)."""
    appointment_id, _, person_id = scope.partition(":")
    circle = store.appointments.circle(appointment_id)
    parent = circle.parent(person_id) if circle else None
    if circle is None or parent is None:
        return None
    came = store.attendances.of(appointment_id).get(person_id)
    return None if came is None else (circle, parent, came)


def _ask_how(store: Store, circle: Circle, parent: Person, card: Card | None, now: datetime) -> None:
    """A kind word, once and by day; where it would not help or not arrive, a call instead.

    So is whoever never heard of this time: nobody is to read that we waited before they were asked.
    """
    appointment, scope = circle.appointment, calling.scope_of(circle.appointment.id, parent.id)
    knew = parent.id in circle.answers or knowing.is_told(store, appointment, parent.id, now)
    unwanted = card is not None or parent.id in circle.late or not rules.is_lately(appointment, now)
    unwanted = unwanted or not knew
    if unwanted or parent.blocked or not desk.passes(store, parent, Lane.NEWS):
        return _owe_call(store, circle, parent, now)
    at = calling.within(quiet.ends_at(parent, now) or now, attending.BY_DAY)
    if at > now:
        return store.timers.set(attending.FOLLOW, scope, at)
    named = actions.about(appointment.id)
    desk.post(store, parent, screens.missed(appointment, now), now, Lane.NEWS, named)
    store.timers.set(attending.SILENCE, scope, now + attending.SILENT_FOR)
    return store.journal.write(
        now, TIME, "attendance.asked", appointed.about(appointment.id), appointment.family_id
    )


def _mend(store: Store, circle: Circle, parent: Person, card: Card | None, now: datetime) -> None:
    """They had come: nothing is owed, and where we asked in error we say so."""
    appointment = circle.appointment
    store.timers.drop(attending.SILENCE, calling.scope_of(appointment.id, parent.id))
    store.calls.settle(appointment.id, now, Why.NO_SHOW, parent.id)
    if card is None:
        return
    if card.message_id is None and store.deliveries.is_owed(card.id):
        store.deliveries.withdraw_card(card.id, now)
        store.cards.retire(card.id)
    else:
        desk.change(store, card, parent, screens.mended(), now, Lane.NEWS)


def _owe_call(store: Store, circle: Circle, parent: Person, now: datetime) -> None:
    appointment = circle.appointment
    if calling.owe(store, appointment, parent.id, Why.NO_SHOW, now) is not None:
        named = appointed.about(appointment.id)
        store.journal.write(now, TIME, "call.owed", named, appointment.family_id)
