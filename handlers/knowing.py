"""Who knows of an appointment, and of which time: what waits for the morning has told nobody anything yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.records import Appointment, Card
from storage.store import Store

REMEMBERED = timedelta(days=14)  # so long it is kept whether a message arrived


def waits(store: Store, card: Card, now: datetime) -> bool:
    """Whether a message may not leave before a later moment: what is under way can't be taken back."""
    until = store.deliveries.held_until(card.id) if card.message_id is None else None
    return until is not None and until > now


def unaware(store: Store, appointment: Appointment, now: datetime) -> set[str]:
    """Those for whom all there ever was about it, or about its series, still waits, by id."""
    cards = _of_all(store, appointment)
    waiting = {card.person_id for card in cards if waits(store, card, now)}
    return waiting - {card.person_id for card in cards if _heard(store, card, now)}


def is_told(store: Store, appointment: Appointment, person_id: str, now: datetime) -> bool:
    """Whether this person was told of the time that holds, by its own card or by the list of days of its series."""
    mine = _theirs(_of_one(store, appointment), person_id)
    if not mine or _heard(store, mine[-1], now):
        return bool(mine)
    others = _theirs(_of_all(store, appointment), person_id)
    return (
        len(mine) == 1 and not waits(store, mine[-1], now) and any(_heard(store, one, now) for one in others)
    )


def has_missed(store: Store, appointment: Appointment, person_id: str, now: datetime) -> bool:
    """Whether the newest word of it never left for this person, who knew of it before."""
    mine = _theirs(_of_one(store, appointment), person_id)
    if len(mine) < 2 or store.cards.left(mine[-1].id) or store.deliveries.is_owed(mine[-1].id):
        return False
    return any(_heard(store, card, now) for card in _theirs(_of_all(store, appointment), person_id))


def stands(store: Store, appointments: Sequence[Appointment], person_id: str) -> bool:
    """Whether a card of one of these stands in this person's chat, or is to come there."""
    cards = [card for one in appointments for card in _theirs(_of_one(store, one), person_id)]
    return any(card.message_id is not None or store.deliveries.is_owed(card.id) for card in cards)


def _heard(store: Store, card: Card, now: datetime) -> bool:
    """Whether its message is, or was, in the chat, or is under way there."""
    until = store.deliveries.held_until(card.id)
    return store.cards.left(card.id, now - REMEMBERED) or (until is not None and until <= now)


def _of_one(store: Store, appointment: Appointment) -> list[Card]:
    return store.cards.about(f"appointment:{appointment.id}")


def _of_all(store: Store, appointment: Appointment) -> list[Card]:
    """The cards of it and of all others of its series."""
    series = appointment.series_id
    ids = store.appointments.ids_of_series(series) if series is not None else [appointment.id]
    return [card for id in ids for card in store.cards.about(f"appointment:{id}")]


def _theirs(cards: Sequence[Card], person_id: str) -> list[Card]:
    return [card for card in cards if card.person_id == person_id]
