"""What is done with a plan: the appointment is made, everybody is invited, whoever made it keeps a card."""

from dataclasses import replace
from datetime import datetime

from handlers import appointment_cards, attending, calling, desk
from handlers.appointed import about, invite, known
from handlers.calendar import Draft
from handlers.planning import rules, screens
from handlers.reminding import owe
from storage.appointments import Circle
from storage.records import Appointment, Family, Lane, Person, new_id
from storage.store import Store


def send(store: Store, draft: Draft, family: Family, *, by: Person, now: datetime) -> Circle:
    """Makes the appointment, or all of its series, owes the reminders and invites whom it is for.

    A series rings once, for its first. Raises Refusal for a time gone by.
    """
    moments = rules.moments_of(draft, now)
    series_id = new_id() if len(moments) > 1 else None
    made = [_make(store, draft, family, at, series_id, by=by, now=now) for at in moments]
    circle = known(store, made[0].id)
    invite(store, circle, now)
    for follows in made[1:]:
        _told_with_the_first(store, follows, now)
    for parent in circle.parents:
        if parent.paused:
            desk.post(store, by, screens.pauses(parent), now, Lane.NEWS)
    return circle


def _make(
    store: Store,
    draft: Draft,
    family: Family,
    starts_at: datetime,
    series_id: str | None,
    *,
    by: Person,
    now: datetime,
) -> Appointment:
    wanted = rules.unsaved(draft, starts_at)
    made = store.appointments.add(
        family.id,
        family.caseworker_id,
        wanted.kind,
        starts_at,
        wanted.place,
        minutes=wanted.minutes,
        only_for=wanted.only_for,
        meeting_place_id=wanted.meeting_place_id,
        interpreter=wanted.interpreter,
        bring=wanted.bring,
        series_id=series_id,
        made_at=now,
    )
    owe(store, made.id, starts_at, now)
    store.journal.write(now, by.id, "appointment.made", about(made.id), family.id)
    return made


def _told_with_the_first(store: Store, follows: Appointment, now: datetime) -> None:
    """Each parent knows of it by the list of days: a card that is never sent, so that a change is told."""
    circle = known(store, follows.id)
    for parent in circle.parents:
        store.cards.add(parent.id, about(follows.id), now)
    calling.expect(store, circle, now)
    attending.expect(store, follows, now)


def keep_as_card(store: Store, circle: Circle, by: Person, message_id: int | None, now: datetime) -> None:
    """The message of whoever made it becomes their card of the appointment, which shows every answer."""
    shown, named = appointment_cards.sheet(circle, now), about(circle.appointment.id)
    if message_id is None:
        desk.post(store, by, shown, now, Lane.ANSWER, named)
        return
    card = replace(store.cards.add(by.id, named, now), message_id=message_id)
    store.cards.sent(card.id, message_id)
    desk.change(store, card, by, shown, now, Lane.ANSWER)
