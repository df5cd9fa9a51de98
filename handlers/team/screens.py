"""What a lead sees of a colleague, before and after taking a role away, and the table of rights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.acts import Proof, Relation
from handlers.callback import press
from handlers.fitting import page, turning
from handlers.home import home
from handlers.screen import Button, Row, Screen, screen
from handlers.team.rules import FIRST_HAND_OVER, ON_A_PAGE, Hindrance, Line, lines
from locales.phrase import Items, Phrase, S
from storage.records import STAFF, Person, Role

ROOM = "team"
ORDER = (Role.LEAD, Role.CASEWORKER, Role.ON_CALL)
HINDERED: dict[Hindrance, Phrase] = {
    Hindrance.NOT_HELD: S("team.hindered.not_held"),
    Hindrance.LAST_LEAD: S("team.hindered.last_lead"),
    Hindrance.HAS_FAMILIES: S("team.hindered.has_families"),
    Hindrance.LEADS_COURSES: S("team.hindered.leads_courses"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague: how many families are theirs, how many courses and sessions they have ahead, and whether a code
    app is connected (where `codes` are asked for).
    """

    person: Person
    families: int
    courses: int
    on_duty: bool
    connected: bool
    codes: bool


def member(of: Member) -> Screen:
    """One colleague, and what a lead can do about them."""
    held = [role for role in ORDER if role in of.person.roles]
    text = [S("team.person", name=of.person.name, roles=Items(*(S(f"team.role.{role}") for role in held)))]
    if of.families:
        text.append(S("team.person_families", n=of.families))
    if of.courses:
        text.append(S("team.person_courses", n=of.courses))
    if of.on_duty:
        text.append(S("team.person_on_duty"))
    rows: list[Row] = [_take(of.person, role) for role in held]
    if Role.CASEWORKER in held:
        rows.append((Button(S("team.deputies.button"), press("deputies", "of", of.person.id)),))
    if of.families or of.courses:
        rows.append((_hand_over(of),))
    if of.codes:
        text.append(S("team.person_connected") if of.connected else S("team.person_not_connected"))
        rows.append((Button(S("team.lost.button"), press(ROOM, "lost", of.person.id)),))
    return screen(*text, buttons=[*rows, _to_team()])


def _take(person: Person, role: Role) -> Row:
    return (Button(S(f"team.take_{role}.button"), press(ROOM, "take", person.id, role)),)


def _hand_over(of: Member) -> Button:
    label = S("team.hand_over.button") if of.families else S("team.hand_over_courses.button")
    return Button(label, press("deputies", "all", of.person.id))


def _to_team() -> Row:
    return (Button(S("team.back.button"), press("oversight", "team", 0)),)


def _to_person(person: Person) -> Row:
    return (Button(S("team.back.button"), press(ROOM, "person", person.id)),)


def sure(of: Member, role: Role) -> Screen:
    """What will happen, before it does."""
    happens = [S("team.sure.rights"), S("team.sure.messages"), S("team.sure.invitations")]
    if role is Role.ON_CALL:
        happens.append(S("team.sure.duty"))
    if role is Role.CASEWORKER:
        happens.append(S("team.sure.deputies"))
    yes = Button(S("team.sure.button"), press(ROOM, "taken", of.person.id, role))
    text = S("team.sure", name=of.person.name, role=S(f"team.role.{role}"), happens=Items(*happens))
    return screen(text, buttons=[(yes,), _to_person(of.person)])


def hindered(of: Member, why: Hindrance) -> Screen:
    """It can't be taken away yet, and what to do first."""
    rows = [(_hand_over(of),)] if why in FIRST_HAND_OVER else []
    return screen(HINDERED[why], buttons=[*rows, _to_person(of.person)])


def gone(person: Person) -> Screen:
    return screen(S("team.person_gone", name=person.name), buttons=[_to_team()])


def revoked(person: Person, role: Role) -> Screen:
    """For the one who lost the role, with the keyboard that is left."""
    return replace(home(person), text=(S("team.revoked", role=S(f"team.role.{role}")),))


def sure_to_reset(of: Member) -> Screen:
    yes = Button(S("team.reset.button"), press(ROOM, "reset", of.person.id))
    return screen(S("team.sure_to_reset", name=of.person.name), buttons=[(yes,), _to_person(of.person)])


def codes(*, on: bool) -> Screen:
    """Whether members of staff show codes, and the switch."""
    switch = (
        Button(S("team.codes_off.button"), press(ROOM, "off"))
        if on
        else Button(S("team.codes_on.button"), press(ROOM, "on"))
    )
    return screen(S("team.codes_on") if on else S("team.codes_off"), buttons=[(switch,), _to_oversight()])


def table(rows: Sequence[Line], number: int) -> Screen:
    """Who may do what: a page of the very table that the code asks."""
    shown = page(rows, number, ON_A_PAGE)
    turn = turning(shown, lambda to: press(ROOM, "rules", to))
    text = S("team.rules", page=shown.number + 1, pages=shown.last + 1, acts=Items(*map(_line, shown.items)))
    return screen(text, S("team.rules_proof"), buttons=[*turn, _to_oversight()])


def _line(line: Line) -> Phrase:
    who = _joined([_grant(role, relations) for role, relations in line.grants])
    act = S(f"access.act.{line.act}")
    match line.proof:
        case Proof.NONE:
            return S("access.line", act=act, who=who)
        case Proof.OPEN:
            return S("access.line_open", act=act, who=who)
        case Proof.FRESH:
            return S("access.line_fresh", act=act, who=who)


def _grant(role: Role | None, relations: Sequence[Relation]) -> Phrase:
    name = S("access.everybody") if role is None else S(f"access.role.{role}")
    if Relation.ANY in relations or (role is not Role.CASEWORKER and Relation.SELF in relations):
        return name
    return S("access.as", role=name, how=_joined([S(f"access.relation.{one}") for one in relations]))


def _joined(phrases: Sequence[Phrase]) -> Phrase:
    first, *rest = phrases
    for one in rest:
        first = S("access.and", one=first, other=one)
    return first


def _to_oversight() -> Row:
    return (Button(S("team.back.button"), press("oversight", "look")),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    busy = Person("p" * 16, 1, "M" * 40, "de", "de", blocked=False, roles=STAFF)
    bare = replace(busy, roles=frozenset())
    full, free = Member(busy, 99, 99, True, True, True), Member(busy, 0, 0, False, False, False)
    every = list(lines())
    return [
        member(full),
        member(replace(full, connected=False)),
        member(free),
        member(replace(free, courses=99)),
        *(sure(full, role) for role in ORDER),
        *(hindered(one, why) for one in (full, replace(free, courses=9)) for why in Hindrance),
        gone(busy),
        *(revoked(person, role) for person in (busy, bare) for role in ORDER),
        sure_to_reset(full),
        codes(on=True),
        codes(on=False),
        *(table(every, number) for number in range(-(-len(every) // ON_A_PAGE))),
    ]
