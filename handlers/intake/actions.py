"""Opening the door with an invitation."""

from datetime import datetime

from handlers import desk
from handlers.intake import rules, screens
from handlers.refusal import Refusal
from storage.records import Invitation, Lane, Person, Role
from storage.store import Store


def enter(store: Store, code: str, *, by: Person, now: datetime) -> Invitation | None:
    """Uses up the invitation and gives what it promises; None when it opens nothing.

    Raises Refusal, and leaves the invitation unused, when it is meant for somebody else.
    """
    offered = store.invitations.find(code, now)
    if offered is None:
        return None
    family = store.families.of_person(by.id)
    fits = rules.fit(by.roles, family.id if family else None, offered)
    if fits is not rules.Fit.FITS:
        raise Refusal(screens.REFUSED[fits])
    used = store.invitations.redeem(code, by.id, now)
    if used is not None:
        _give(store, used, by, now)
        _announce(store, used, by, now)
    return used


def _give(store: Store, used: Invitation, to: Person, now: datetime) -> None:
    store.people.rename(to.id, used.name)
    store.people.grant(to.id, used.role, now)
    if used.family_id is not None:
        store.families.join(used.family_id, to.id)
    if used.role is Role.ON_CALL:
        store.duties.assign(to.id, used.step or 1, now)
    store.journal.write(now, to.id, f"invitation.used.{used.role}", f"invitation:{used.id}")


def _announce(store: Store, used: Invitation, joined: Person, now: datetime) -> None:
    family = store.families.get(used.family_id) if used.family_id else None
    whom = family.caseworker_id if family else used.invited_by
    if whom is None or whom == joined.id:
        return
    shown = screens.parent_joined(used, family) if family else screens.staff_joined(used)
    desk.post(store, store.people.get(whom), shown, now, Lane.NEWS, f"person:{joined.id}")
