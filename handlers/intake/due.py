"""What time does with people who wait at the door."""

from datetime import datetime

from handlers import desk
from handlers.intake import actions, screens
from storage.records import Lane, Role
from storage.store import Store


def remind(store: Store, invitation_id: str, now: datetime) -> None:
    """A day without an answer: whoever has to give it is asked once more."""
    used = store.invitations.get(invitation_id)
    if used is not None and used.decided_at is None:
        actions.ask_again(store, used, now)


def overdue(store: Store, invitation_id: str, now: datetime) -> None:
    """Three days without an answer: asked once more, and the lead learns with whom it lies."""
    used = store.invitations.get(invitation_id)
    family = store.families.get(used.family_id) if used and used.family_id else None
    if used is None or family is None or used.decided_at is not None:
        return
    actions.ask_again(store, used, now)
    caseworker = store.people.get(family.caseworker_id)
    for lead in store.people.with_role(Role.LEAD):
        desk.post(store, lead, screens.overdue(caseworker), now, Lane.NEWS, f"person:{caseworker.id}")
