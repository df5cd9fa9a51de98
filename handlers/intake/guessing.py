"""Wrong codes are counted, by account and altogether; the lead hears when somebody seems to be trying them out."""

from datetime import datetime

from handlers import desk
from handlers.intake import rules, screens
from storage.records import Lane, Person, Role
from storage.store import Store

FORGET, STORM = "intake.guesses", "intake.storm"
HOUSE = "house"


def is_limited(store: Store, by: Person, now: datetime) -> bool:
    """Whether this person's code is not even looked at, right or wrong."""
    return rules.is_limited(*store.invitations.wrong_guesses(by.telegram_id, now - rules.HOUR))


def count(store: Store, by: Person, now: datetime) -> None:
    """Notes that a code opened nothing. Tries that were not looked at are not counted: the limit ends by itself."""
    store.invitations.guessed(by.telegram_id, now)
    if store.timers.due_at(FORGET, "") is None:
        store.timers.set(FORGET, "", now + rules.HOUR)
    if _is_stormy(store, now) and store.timers.due_at(STORM, "") is None:
        store.timers.set(STORM, "", now + rules.HOUR)
        store.journal.write(now, HOUSE, "invitation.limited", "invitations")
        for lead in store.people.with_role(Role.LEAD):
            desk.post(store, lead, screens.storm(), now, Lane.NEWS)


def forget(store: Store, scope: str, now: datetime) -> None:
    """An hour later nobody's guesses count any more, so none are kept."""
    store.invitations.forget_guesses(now - rules.HOUR)
    if store.invitations.wrong_guesses(0, now - rules.HOUR)[1]:
        store.timers.set(FORGET, scope, now + rules.HOUR)


def calm(store: Store, scope: str, now: datetime) -> None:
    """As long as it goes on, the lead is not told again."""
    if _is_stormy(store, now):
        store.timers.set(STORM, scope, now + rules.HOUR)


def _is_stormy(store: Store, now: datetime) -> bool:
    return store.invitations.wrong_guesses(0, now - rules.HOUR)[1] >= rules.ALL_GUESSES
