"""Opening the door with an invitation; a family's caseworker says whether the right person came."""

from datetime import datetime

from handlers import access, consenting, cover, desk, oncall, reminding
from handlers.access import Act, Asking
from handlers.calendar import courses_too
from handlers.intake import guessing, rules, screens
from handlers.intake.screens import Arrival
from handlers.refusal import Refusal
from handlers.screen import Screen
from locales.phrase import F, S
from storage.records import STAFF, Family, Invitation, Lane, Person, Purpose, Role
from storage.store import Store

REMIND, OVERDUE = "intake.remind", "intake.overdue"


def enter(store: Store, code: str, *, by: Person, now: datetime) -> Invitation | None:
    """Uses up the invitation: staff are in, a parent waits for their caseworker. None when it opens nothing.

    Raises Refusal, and leaves the invitation unused, when it is meant for somebody else.
    """
    if guessing.is_limited(store, by, now):
        return None
    offered = store.invitations.find(code, now)
    if offered is None:
        guessing.count(store, by, now)
        return None
    family = store.families.of_person(by.id)
    fits = rules.fit(by.roles, family.id if family else None, offered)
    if fits is not rules.Fit.FITS:
        raise Refusal(screens.REFUSED[fits])
    used = store.invitations.redeem(code, by.id, now)
    if used is not None:
        _journal(store, used, "used", by, now)
        (_joins if used.role in STAFF else _waits)(store, used, by, now)
    return used


def arrival(store: Store, invitation_id: str, *, by: Person, now: datetime) -> Arrival:
    """Who came by an invitation of a family. Raises Refusal unless it is for this person to say who they are."""
    used = store.invitations.get(invitation_id)
    family = store.families.get(used.family_id) if used and used.family_id else None
    if used is None or family is None or used.used_by is None:
        raise Refusal(S("intake.gone.toast") if by.is_staff else F("refusal.role"))
    access.authorise(Asking(store, by, now), Act.CONFIRM_PARENT, used)
    return _arrival(store, used, family)


def confirm(store: Store, invitation_id: str, *, by: Person, now: datetime) -> bool:
    """This is who was invited: they are a parent of the family now. False when it was decided before."""
    came = arrival(store, invitation_id, by=by, now=now)
    if not _decided(store, came, by, now, confirmed=True):
        return False
    store.people.rename(came.person.id, came.used.name)
    store.people.grant(came.person.id, Role.PARENT, now)
    store.families.join(came.family.id, came.person.id)
    _journal(store, came.used, "confirmed", by, now)
    show_answer(store, came.used, by, now, but=by)  # whose press shows it to them
    person = store.people.get(came.person.id)
    desk.post(store, person, screens.welcome(person), now, Lane.ANSWER)
    reminding.owe_person(store, person, now)
    courses_too(store, came.family.id, now)
    if not all(consenting.has(store, person, purpose) for purpose in Purpose):
        consenting.ask(store, person, now)
    return True


def decline(store: Store, invitation_id: str, *, by: Person, now: datetime) -> bool:
    """This is somebody else: they get nothing, and the invitation stays used up. False as above."""
    came = arrival(store, invitation_id, by=by, now=now)
    if not _decided(store, came, by, now, confirmed=False):
        return False
    # a guest of whom nobody knows anything has nothing to be discreet about
    if came.person.discreet:
        cover.turn_off(store, came.person, now)
    _journal(store, came.used, "declined", by, now)
    show_answer(store, came.used, by, now, but=by)  # whose press shows it to them
    person = store.people.get(came.person.id)
    desk.post(store, person, screens.closed(person), now, Lane.ANSWER)
    return True


def ask_again(store: Store, used: Invitation, now: datetime) -> None:
    """Nobody has answered yet: the card comes once more, to whoever has to answer by now."""
    family = store.families.get(used.family_id or "")
    if family is not None and used.used_by is not None:
        _ask(store, family, screens.still_waiting(_arrival(store, used, family)), used, now)


def team_invitations(store: Store, *, by: Person, now: datetime) -> list[Invitation]:
    """The team's that still open. Raises Refusal for whoever is no lead."""
    access.authorise(Asking(store, by, now), Act.SEE_TEAM)
    return store.invitations.unused_of_staff(now)


def withdraw(store: Store, invitation_id: str, *, by: Person, now: datetime) -> bool:
    """Ends an invitation to the team. False when it was used or over. Raises Refusal for whoever is no lead."""
    access.authorise(Asking(store, by, now), Act.INVITE_STAFF)
    known = {one.id: one for one in team_invitations(store, by=by, now=now)}
    if invitation_id not in known or not store.invitations.withdraw(invitation_id, now):
        return False
    _journal(store, known[invitation_id], "withdrawn", by, now)
    return True


def _joins(store: Store, used: Invitation, by: Person, now: datetime) -> None:
    store.people.rename(by.id, used.name)
    store.people.grant(by.id, used.role, now)
    if used.role is Role.ON_CALL:
        store.duties.assign(by.id, used.step or 1, now)
        oncall.ask_whether_heard(store, by.id, now)
    if used.invited_by is not None and used.invited_by != by.id:
        inviter = store.people.get(used.invited_by)
        desk.post(store, inviter, screens.staff_joined(used), now, Lane.NEWS, f"person:{by.id}")


def _waits(store: Store, used: Invitation, by: Person, now: datetime) -> None:
    if used.discreet:
        cover.turn_on(store, by, now)
    family = store.families.get(used.family_id or "")
    if family is None:
        raise LookupError("an invitation for a parent without a family")
    _ask(store, family, screens.arrived(_arrival(store, used, family)), used, now)
    store.timers.set(REMIND, used.id, now + rules.REMIND_AFTER)
    store.timers.set(OVERDUE, used.id, now + rules.OVERDUE_AFTER)


def _arrival(store: Store, used: Invitation, family: Family) -> Arrival:
    decider = store.people.get(used.decided_by) if used.decided_by else None
    return Arrival(used, family, store.people.get(used.used_by or ""), decider)


def _ask(store: Store, family: Family, shown: Screen, used: Invitation, now: datetime) -> None:
    for whom in access.in_charge(store, family, now):
        desk.post(store, whom, shown, now, Lane.NEWS, _about(used))


def _decided(store: Store, came: Arrival, by: Person, now: datetime, *, confirmed: bool) -> bool:
    if not store.invitations.decide(came.used.id, now, by=by.id, confirmed=confirmed):
        return False
    store.timers.drop(REMIND, came.used.id)
    store.timers.drop(OVERDUE, came.used.id)
    return True


def show_answer(store: Store, used: Invitation, by: Person, now: datetime, but: Person | None = None) -> None:
    """Everybody who was asked sees the answer."""
    came = arrival(store, used.id, by=by, now=now)
    desk.change_all(store, _about(used), lambda _: screens.decided(came), now, but=but)


def _about(used: Invitation) -> str:
    return f"arrival:{used.id}"


def _journal(store: Store, one: Invitation, act: str, by: Person, now: datetime) -> None:
    store.journal.write(now, by.id, f"invitation.{act}.{one.role}", f"invitation:{one.id}", one.family_id)
