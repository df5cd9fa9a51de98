"""What somebody has shown besides their Telegram account, at this moment."""

from datetime import datetime

from handlers.acts import Proof
from storage.records import Person
from storage.store import Store


def shown(store: Store, person: Person, now: datetime) -> Proof:
    """How much they have shown; enough for everything while codes are not asked for, and from parents."""
    if not person.is_staff or not store.settings.asks_for_codes:
        return Proof.FRESH
    login = store.logins.of(person.id)
    if login is None or not login.confirmed or is_over(login.open_until, now):
        return Proof.NONE
    return Proof.OPEN if is_over(login.fresh_until, now) else Proof.FRESH


def is_open(store: Store, person: Person, now: datetime) -> bool:
    """Whether what families say may be shown to this person unasked."""
    return shown(store, person, now) >= Proof.OPEN


def is_over(until: datetime | None, now: datetime) -> bool:
    return until is None or until <= now
