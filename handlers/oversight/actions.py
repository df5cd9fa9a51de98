"""Inviting staff, looking for what got stuck, and what the machine room reports."""

from collections.abc import Callable
from datetime import datetime

from handlers import desk, oncall
from handlers.access import Act, Asks, authorise
from handlers.calendar import REACH, unanswered
from handlers.links import invitation_link
from handlers.oversight import rules, screens
from handlers.oversight.screens import Invited, Stuck, Whose
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.watch import look_at_alarms, tell_again
from locales.phrase import S
from storage.records import Lane, Person, Role
from storage.store import Store

HOUSE = "house"


def team(asks: Asks) -> list[Person]:
    """Everybody on staff. Raises Refusal for whoever is no lead."""
    authorise(asks, Act.SEE_TEAM)
    return rules.team(person for role in rules.ORDER for person in asks.store.people.with_role(role))


def steps(asks: Asks) -> list[int]:
    """The steps one may be invited to; there is always a first one. Raises Refusal and NeedsCode."""
    authorise(asks, Act.INVITE_STAFF)
    return [step for step, _ in asks.store.agency.steps()] or [1]


def invite(asks: Asks, role: Role, step: int | None, name: str) -> Invited:
    """An invitation for one colleague; `step` for on-call duty only. Raises Refusal and NeedsCode."""
    authorise(asks, Act.INVITE_STAFF)
    if role is Role.ON_CALL and step not in steps(asks):
        raise Refusal(S("team.no_step"))
    store, by, now = asks.store, asks.person, asks.now
    code, until = store.invitations.add(role, name, now, step=step, invited_by=by.id)
    store.journal.write(now, by.id, f"invitation.made.{role}", f"role:{role}")
    return Invited(name, role, step, invitation_link(code), until)


def stuck(asks: Asks) -> Stuck:
    """What a lead should look after. Raises Refusal for whoever is none."""
    authorise(asks, Act.OVERSEE)
    store = asks.store
    known = [step for step, _ in store.agency.steps()]
    return Stuck(
        parked=store.updates.count_parked(),
        undeliverable=store.deliveries.count_undeliverable(),
        alone=store.families.without_parent(),
        steps=known,
        unmanned=rules.unmanned(known, store.duties.on_now(asks.now)),
        one_way=_with_one_way(store, asks.now),
        policy=store.agency.policy(),
    )


def _with_one_way(store: Store, now: datetime) -> list[Person]:
    """Who is on call and can't be rung beside Telegram."""
    on_call = dict.fromkeys(duty.person_id for duty in store.duties.on_now(now))
    alone = (store.people.known(id) for id in on_call if not store.second_ways.confirmed_of(id))
    return [person for person in alone if person is not None]


def unreachable(store: Store, person: Person, now: datetime) -> None:
    """Telegram says that this person blocked the bot: whoever works with them learns of it, once."""
    if store.people.get(person.id).blocked:
        return
    _set_reach(store, person, now, blocked=True)
    oncall.unheard(store, person.id, now)
    look_at_alarms(store, now)
    family = store.families.of_person(person.id)
    family_id = family.id if family else None
    store.journal.write(now, HOUSE, "person.unreachable", f"person:{person.id}", family_id)
    ahead = store.appointments.ahead(family.id, now, person.id) if family else []
    _tell(store, person, now, lambda whose: screens.unreachable(whose, ahead[0] if ahead else None))


def reachable_again(store: Store, person: Person, now: datetime) -> None:
    """They unblocked the bot; whoever was told before learns that too."""
    if not store.people.get(person.id).blocked:
        return
    _set_reach(store, person, now, blocked=False)
    tell_again(store, person.id, now)
    if Role.ON_CALL in person.roles:
        oncall.ask_whether_heard(store, person.id, now)
    family = store.families.of_person(person.id)
    family_id = family.id if family else None
    store.journal.write(now, HOUSE, "person.reachable", f"person:{person.id}", family_id)
    waiting = len(unanswered(store, person, now))
    _tell(store, person, now, lambda whose: screens.reachable_again(whose, waiting))


def parked(store: Store, update_id: int, now: datetime, sender: int | None = None) -> None:
    """An update could not be read and was put aside: every lead learns its number, nothing else.

    Whoever sent it, by their Telegram id, is not left without an answer either.
    """
    store.journal.write(now, HOUSE, "update.parked", f"update:{update_id}")
    if sender is not None:
        person = store.people.met(sender, "", now)
        desk.post(store, person, screens.failed(person), now, Lane.ANSWER)
    for lead in store.people.with_role(Role.LEAD):
        desk.post(store, lead, screens.parked(update_id), now, Lane.NEWS, f"update:{update_id}")


def _set_reach(store: Store, person: Person, now: datetime, *, blocked: bool) -> None:
    store.people.set_blocked(person.id, blocked)
    # the room of appointments follows, as soon as its timers are looked at
    store.timers.set(REACH, person.id, now)


def _tell(store: Store, person: Person, now: datetime, shown: Callable[[Whose], Screen]) -> None:
    person = store.people.get(person.id)
    family = store.families.of_person(person.id)
    caseworker = store.people.get(family.caseworker_id) if family else None
    for whom in rules.told(person, caseworker, store.people.with_role(Role.LEAD)):
        opens = family is not None and whom.id == family.caseworker_id
        desk.post(store, whom, shown(Whose(person, family, opens)), now, Lane.NEWS, f"person:{person.id}")
