"""What the cast does between the invitation and the first day, decided in one go."""

from datetime import datetime

from handlers import consenting
from handlers.intake import actions
from storage.records import Purpose, Role
from storage.store import Store


def lets_in(store: Store, telegram_id: int, language: str | None, now: datetime) -> None:
    """Whoever waits at the door speaks the language, says yes to everything and is confirmed by the caseworker.

    Raises LookupError when nobody with this account waits.
    """
    person = store.people.by_telegram(telegram_id)
    came = store.invitations.undecided_of(person.id) if person else None
    family = store.families.get(came.family_id or "") if came else None
    if person is None or came is None or family is None:
        raise LookupError("nobody with this account waits at the door")
    if language is not None:
        store.people.speaks(person.id, language)
        person = store.people.get(person.id)
    for purpose in Purpose:
        consenting.give(store, person, purpose, now)
    caseworker = store.people.get(family.caseworker_id)
    actions.confirm(store, came.id, by=caseworker, now=now)
    actions.show_answer(store, came, caseworker, now)


def counts_as_on_call(store: Store, telegram_id: int, now: datetime) -> None:
    """Whoever came for on-call duty has answered a test page; all others are left as they are."""
    person = store.people.by_telegram(telegram_id)
    if person is not None and Role.ON_CALL in person.roles:
        store.duties.tested(person.id, now)
