"""What is done with appointments in this room: answered, given a reason, explained, and who is told of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import appointed, appointment_cards, calling, desk, knowing, reminding, unheard, wishing
from handlers.appointed import about, follow, in_charge
from handlers.appointments import screens
from handlers.screen import Screen
from handlers.turn import Spoken
from storage.appointments import Circle
from storage.records import Answer, Appointment, Lane, Person, Reason
from storage.store import Store


def answer(
    store: Store, circle: Circle, said: Answer, *, by: Person, now: datetime, pressed: int | None
) -> Circle:
    """Stores what a parent says, tells the caseworker and lets the other cards follow the pressed message."""
    appointment = circle.appointment
    store.appointments.answer(appointment.id, by.id, said, now, first=by.id not in circle.answers)
    calling.answered(store, appointment, by.id, said, now)
    wishes = dict(circle.wishes)
    if said is not Answer.MOVE and wishing.withdraw(store, circle, by, now):
        wishes.pop(by.id, None)
    reminding.answered(store, appointment.id, by.id, said, now)
    named, family_id = about(appointment.id), appointment.family_id
    store.journal.write(now, by.id, f"appointment.answered.{said}", named, family_id)
    late = {id: minutes for id, minutes in circle.late.items() if id != by.id}
    after = replace(circle, answers={**circle.answers, by.id: said}, late=late, wishes=wishes)
    follow(store, after, by, now, pressed)
    tell(store, after, screens.told(after, by, said), now)
    return after


def tell(store: Store, circle: Circle, shown: Screen, now: datetime) -> None:
    """Whoever works with the family now learns at once what a parent has said."""
    for whom in in_charge(store, circle, now):
        desk.post(store, whom, shown, now, Lane.NEWS, f"answered:{circle.appointment.id}")


def decline(store: Store, circle: Circle, reason: Reason, *, by: Person, now: datetime) -> None:
    """Keeps why a parent does not come. Nobody is told; it stands on the sheet that the caseworker opens."""
    appointment = circle.appointment
    store.declines.add(appointment.id, by.id, appointment.family_id, reason, now)


def come_late(
    store: Store, circle: Circle, minutes: int, *, by: Person, now: datetime, pressed: int | None
) -> Circle:
    """Keeps by how much a parent is late, and tells whoever waits for them."""
    appointment = circle.appointment
    store.appointments.late(appointment.id, by.id, minutes)
    store.journal.write(now, by.id, "appointment.late", about(appointment.id), appointment.family_id)
    after = replace(circle, late={**circle.late, by.id: minutes})
    follow(store, after, by, now, pressed)
    tell(store, after, screens.told_late(after, by, minutes), now)
    return after


def explain(store: Store, circle: Circle, parent: Person, said: Spoken, *, by: Person, now: datetime) -> None:
    """Sends on what a caseworker said, and below it a card that asks anew and makes no second sound."""
    appointment = circle.appointment
    ends, about_voice = appointment.starts_at, appointed.spoken(appointment.id)
    desk.post(store, parent, screens.spoken(by, said), now, Lane.NEWS, about_voice, expires_at=ends)
    asks = {id: one for id, one in circle.answers.items() if one is not Answer.UNCLEAR}
    card = appointed.seen(replace(circle, answers=asks), parent, now)
    asked = replace(card, silent=True)
    desk.post(store, parent, asked, now, Lane.NEWS, about(appointment.id), expires_at=ends)
    calling.wait_for_clarity(store, appointment, parent.id, now)
    store.journal.write(now, by.id, "appointment.explained", about(appointment.id), appointment.family_id)


def interpret(
    store: Store, circle: Circle, language: str | None, *, by: Person, now: datetime, pressed: int | None
) -> Circle:
    """Somebody is to translate, or nobody any more: every card says so, and a yes rings for each parent."""
    appointment = circle.appointment
    store.appointments.interpreted(appointment.id, language)
    store.journal.write(now, by.id, "appointment.interpreted", about(appointment.id), appointment.family_id)
    after = appointed.known(store, appointment.id)
    appointed.change_all(store, after, now, but=pressed)
    named, ends = appointed.interpreter(appointment.id), appointment.starts_at
    store.deliveries.withdraw_about(named, Lane.NEWS, now)
    for parent in after.parents if language else ():
        shown = screens.interpreted(after.appointment)
        desk.post(store, parent, shown, now, Lane.NEWS, named, expires_at=ends)
    return after


def cancel_following(store: Store, circle: Circle, *, by: Person, now: datetime) -> int:
    """Cancels this appointment and all that follow it in its series; the family hears of all in one message."""
    first = circle.appointment
    ahead = store.appointments.of_series(first.series_id, first.starts_at) if first.series_id else [first]
    unaware = knowing.unaware(store, first, now)
    gone: list[Appointment] = []
    hear: dict[str, list[Appointment]] = {}
    for one in ahead:
        if one.family_id != first.family_id:
            continue
        each = appointed.known(store, one.id)
        if appointed.call_off(store, each, by=by, now=now):
            gone.append(one)
            for parent in appointed.off(store, appointed.known(store, one.id), now):
                if parent.id not in unaware:
                    hear.setdefault(parent.id, []).append(one)
    for id, theirs in hear.items():
        _hears(store, store.people.get(id), theirs, now)
    return len(gone)


def _hears(store: Store, parent: Person, gone: Sequence[Appointment], now: datetime) -> None:
    alone = len(gone) == 1
    shown = appointment_cards.cancelled(gone[0]) if alone else appointment_cards.cancelled_all(list(gone))
    desk.post(store, parent, shown, now, Lane.NEWS, about(gone[0].id))
    unheard.owe_call(store, gone[0].family_id, parent, now, gone[0].id)
