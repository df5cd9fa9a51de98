"""What leads see, and what is said when somebody can't be reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from typing import Any

from handlers.callback import press
from handlers.fitting import page, shortened, turning
from handlers.home import keyboard
from handlers.oversight.rules import LONGEST_NAME, ORDER, held
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import F, Items, Moment, Phrase, S, Slot
from storage.records import Appointment, AppointmentKind, AppointmentState, Family, Person, Role

ON_A_PAGE = 8
LINES = 8
FEW = 3
NAME_ON_BUTTON = 20
INVITES: dict[Role, Phrase] = {
    Role.CASEWORKER: S("team.invite_caseworker.button"),
    Role.ON_CALL: S("team.invite_on_call.button"),
    Role.LEAD: S("team.invite_lead.button"),
}


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation; its link is shown once and kept nowhere."""

    name: str
    role: Role
    step: int | None
    link: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Stuck:
    """What does not move by itself. `unmanned` are those on-call `steps` on which nobody is on duty.

    `one_way` are those on duty who can't be rung beside Telegram, `policy` is how an alarm climbs where a
    site has no rule of its own.
    """

    parked: int
    undeliverable: int
    alone: Sequence[Family]
    steps: Sequence[int]
    unmanned: Sequence[int]
    one_way: Sequence[Person] = ()
    policy: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody whom Telegram reaches no more, or again; `opens` lets the reader open the family."""

    person: Person
    family: Family | None
    opens: bool = False


def team(people: Sequence[Person], number: int = 0) -> Screen:
    """The staff with their roles, a page of them, and whom one may invite."""
    shown = page(people, number, ON_A_PAGE)
    invites = [Button(label, press("oversight", "invite", role)) for role, label in INVITES.items()]
    turn = turning(shown, lambda to: press("oversight", "team", to))
    opens = [
        Button(shortened(person.name, NAME_ON_BUTTON) or "…", press("team", "person", person.id))
        for person in shown.items
    ]
    waiting = Button(S("team.open_invitations.button"), press("intake", "team", 0))
    members = Items(*(_member(person) for person in shown.items))
    return screen(
        S("team.list", n=len(people), members=members),
        buttons=[*in_rows(opens, 2), *turn, *in_rows(invites, 2), (waiting,)],
    )


def choose_step(steps: Sequence[int]) -> Screen:
    buttons = [
        Button(S("team.step.button", n=step), press("oversight", "invite", Role.ON_CALL, step))
        for step in steps
    ]
    return screen(S("team.choose_step"), buttons=[*in_rows(buttons, 2), _cancel()])


def ask_name(role: Role, step: int | None) -> Screen:
    return screen(S("team.ask_name", role=_role(role, step), most=LONGEST_NAME), buttons=[_cancel()])


def invited(made: Invited) -> Screen:
    """The link as words and as a picture that another phone can read."""
    role = _role(made.role, made.step)
    return Screen(
        (S("team.invited", name=made.name, role=role, until=made.until, link=made.link),),
        qr=made.link,
        to_keep=True,
    )


def oversight(stuck: Stuck) -> Screen:
    """What got stuck, each with its number or its names."""
    return screen(
        S("team.oversight", parked=stuck.parked, undeliverable=stuck.undeliverable),
        _alone(stuck.alone),
        _unmanned(stuck),
        *_one_way(stuck.one_way),
        *_policy(stuck.policy),
        buttons=[
            (
                Button(S("team.refresh.button"), press("oversight", "look")),
                Button(S("diary.offers.button"), press("diary", "offers", "now")),
            ),
            (
                Button(S("places.menu.button"), press("places", "board")),
                Button(S("drills.menu.button"), press("drills", "list")),
            ),
            (
                Button(S("journal.menu.button"), press("journal", "menu")),
                Button(S("incidents.menu.button"), press("incidents", "list", 0)),
            ),
            (
                Button(S("team.rules.button"), press("team", "rules", 0)),
                Button(S("team.codes.button"), press("team", "codes")),
            ),
            (
                Button(S("keeping.periods.button"), press("keeping", "show", 0)),
                Button(S("second.menu.button"), press("second", "menu")),
            ),
        ],
    )


def unreachable(whose: Whose, ahead: Appointment | None) -> Screen:
    """For the caseworker, or for a lead when it is about staff. `ahead` is what comes next for the family."""
    name = _name(whose.person)
    if whose.family is None:
        return screen(S("team.staff_unreachable", name=name, roles=_roles(whose.person)))
    text = [S("team.parent_unreachable", name=name, family=whose.family.label)]
    if ahead is not None:
        text.append(S("team.next_appointment", at=Moment(ahead.starts_at)))
    return screen(*text, buttons=_open(whose))


def reachable_again(whose: Whose, waiting: int) -> Screen:
    """As above; `waiting` is how many appointments without an answer are sent once more."""
    name = _name(whose.person)
    if whose.family is None:
        return screen(S("team.staff_back", name=name, roles=_roles(whose.person)))
    text = [S("team.parent_back", name=name, family=whose.family.label)]
    if waiting:
        text.append(S("team.sent_again", n=waiting))
    return screen(*text, buttons=_open(whose))


def parked(update_id: int) -> Screen:
    return screen(S("team.parked", number=update_id))


def failed(person: Person) -> Screen:
    """For whoever sent what could not be read."""
    return screen(S("door.failed") if person.is_staff else F("door.failed"), keyboard=keyboard(person))


def _policy(policy: Mapping[str, Any]) -> tuple[Phrase, ...]:
    """How an alarm climbs; nothing for a rule from before it had so many parts."""
    if "join_minutes" not in policy:
        return ()
    minutes = " · ".join(str(number) for number in policy["minutes"])
    slots = {name: int(policy[f"{name}_minutes"]) for name in ("remind", "forgotten", "join")}
    return (S("team.policy", minutes=minutes, **slots),)


def _alone(families: Sequence[Family]) -> Phrase:
    if not families:
        return S("team.families_fine")
    names: list[Slot] = [family.label for family in families[:LINES]]
    if len(families) > LINES:
        names.append(S("team.more", n=len(families) - LINES))
    return S("team.families_alone", families=Items(*names))


def _unmanned(stuck: Stuck) -> Phrase:
    if not stuck.steps:
        return S("team.steps_none")
    if not stuck.unmanned:
        return S("team.steps_fine")
    return S("team.steps_empty", steps=Items(*(S("team.step", n=step) for step in stuck.unmanned)))


def _one_way(people: Sequence[Person]) -> list[Phrase]:
    names: list[Slot] = [shortened(person.name, NAME_ON_BUTTON) or "…" for person in people[:FEW]]
    if len(people) > FEW:
        names.append(S("team.more", n=len(people) - FEW))
    return [S("team.second_missing", names=Items(*names))] if names else []


def _member(person: Person) -> Phrase:
    if person.blocked:
        return S("team.member_blocked", name=_name(person), roles=_roles(person))
    return S("team.member", name=_name(person), roles=_roles(person))


def _name(person: Person) -> str | Phrase:
    return person.name or S("team.unnamed")


def _role(role: Role, step: int | None) -> Phrase:
    name = S(f"team.role.{role}")
    return S("team.and", one=name, other=S("team.step", n=step)) if step is not None else name


def _roles(person: Person) -> Phrase:
    names = [S(f"team.role.{role}") for role in held(person)]
    return (
        reduce(lambda one, other: S("team.and", one=one, other=other), names) if names else S("team.unnamed")
    )


def _open(whose: Whose) -> list[Row]:
    if whose.family is None or not whose.opens:
        return []
    return [(Button(S("caseload.open.button"), press("caseload", "open", whose.family.id)),)]


def _cancel() -> Row:
    return (Button(S("team.cancel.button"), press("oversight", "team", 0)),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    busy = Person("p" * 16, 1, "M" * LONGEST_NAME, "de", "de", blocked=True, roles=frozenset(ORDER))
    free = Person("p" * 16, 1, "", None, "de", blocked=False, roles=frozenset({Role.LEAD}))
    family = Family("f" * 16, "W" * 40, busy.id)
    whose = (Whose(busy, family, opens=True), Whose(busy, None))
    spans = dict.fromkeys(("remind_minutes", "forgotten_minutes", "join_minutes"), 120)
    rule = {"minutes": [120] * 9, **spans}
    kind, planned = AppointmentKind.OTHER, AppointmentState.PLANNED
    ahead = Appointment("i" * 16, family.id, busy.id, kind, now, "", planned, 1, None)
    link = "https://t.me/" + "B" * 32 + "?start=" + "c" * 23
    return [
        team([busy] * 20, 1),
        team([free]),
        choose_step([1, 2, 3, 4, 5]),
        *(ask_name(role, 12 if role is Role.ON_CALL else None) for role in ORDER),
        *(invited(Invited("M" * LONGEST_NAME, role, 12, link, now)) for role in ORDER),
        oversight(Stuck(999, 9999, [family] * 30, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [busy] * 30, rule)),
        oversight(Stuck(0, 0, [], [1], [])),
        oversight(Stuck(0, 0, [], [], [])),
        *(unreachable(one, ahead) for one in whose),
        *(reachable_again(one, 99) for one in whose),
        parked(2**31 - 1),
        *(failed(person) for person in (busy, Person("p" * 16, 1, "", "ar", "ar", blocked=False))),
    ]
