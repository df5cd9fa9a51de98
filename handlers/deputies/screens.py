"""Who stands in for whom, from when until when, and whose a family is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers.callback import press
from handlers.deputies import rules
from handlers.fitting import shortened
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Day, F, Items, Phrase, S
from locales.translator import voice
from storage.records import Deputy, Family, Person, Role

ROOM = "deputies"
MOST = 12  # colleagues on one screen


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands in for a caseworker, each with when, and for whom they stand in at this moment."""

    of: Person
    deputies: Sequence[tuple[Deputy, Person]]
    held: Sequence[Person]
    mine: bool
    now: datetime


def listed(shown: Standing) -> Screen:
    text = [S("deputies.list", name=shown.of.name)]
    if shown.deputies:
        text.append(S("deputies.some", lines=Items(*(_line(*one) for one in shown.deputies[:MOST]))))
    else:
        text.append(S("deputies.none"))
    if shown.held:
        text.append(S("deputies.held", names=Items(*(one.name for one in shown.held[:MOST]))))
    rows: list[Row] = [
        (Button(S("deputies.end.button", name=shortened(who.name, 16)), press(ROOM, "end", one.id)),)
        for one, who in shown.deputies[:MOST]
    ]
    rows.append((Button(S("deputies.new.button"), press(ROOM, "new", shown.of.id)),))
    return screen(*text, buttons=rows if shown.mine else [*rows, _to_person(shown.of)])


def _line(deputy: Deputy, who: Person) -> Phrase:
    return S("deputies.line", name=who.name, first=Day(deputy.starts_at), last=rules.last_day(deputy))


def which_colleague(of: Person, colleagues: Sequence[Person]) -> Screen:
    rows = _colleagues(colleagues, lambda one: press(ROOM, "who", one.id))
    if not rows:
        return screen(S("deputies.nobody"), buttons=[_cancel(of)])
    return screen(S("deputies.which_colleague", name=of.name), buttons=[*rows, _cancel(of)])


def _colleagues(people: Sequence[Person], carries: Callable[[Person], str]) -> list[Row]:
    return [(Button(shortened(one.name), carries(one)),) for one in people[:MOST]]


def first_day(of: Person, deputy: Person, labels: dict[date, str]) -> Screen:
    return screen(S("deputies.first_day", name=deputy.name), buttons=[*_days("from", labels), _cancel(of)])


def last_day(of: Person, deputy: Person, first: date, labels: dict[date, str]) -> Screen:
    text = S("deputies.last_day", name=deputy.name, first=first)
    return screen(text, buttons=[*_days("until", labels), _cancel(of)])


def _days(verb: str, labels: dict[date, str]) -> tuple[Row, ...]:
    return in_rows([Button(label, press(ROOM, verb, day.isoformat())) for day, label in labels.items()], 3)


def named_for_you(deputy: Person, made: Deputy) -> Screen:
    """For a caseworker for whom a lead has named somebody."""
    return screen(S("deputies.named_for_you", lines=Items(_line(made, deputy))))


def begins(of: Person, deputy: Deputy) -> Screen:
    """For the deputy, on the first day."""
    return screen(S("deputies.begins", name=of.name, last=rules.last_day(deputy)))


def begins_for_you(deputy: Person, made: Deputy) -> Screen:
    return screen(S("deputies.begins_for_you", name=deputy.name, last=rules.last_day(made)))


def ended(of: Person) -> Screen:
    """For the deputy."""
    return screen(S("deputies.ended", name=of.name))


def ended_for_you(deputy: Person) -> Screen:
    return screen(S("deputies.ended_for_you", name=deputy.name))


def hand_to(family: Family, entrusted: int, colleagues: Sequence[Person]) -> Screen:
    """Who gets the family; notes entrusted to the one who hands over are not for the next one to read."""
    back = (Button(S("deputies.cancel.button"), press("caseload", "open", family.id)),)
    rows = _colleagues(colleagues, lambda one: press(ROOM, "sure", family.id, one.id))
    if not rows:
        return screen(S("deputies.nobody"), buttons=[back])
    text = [S("deputies.hand", family=family.label)]
    if entrusted:
        text.append(S("deputies.hand_entrusted", n=entrusted))
    return screen(*text, buttons=[*rows, back])


def sure(family: Family, to: Person) -> Screen:
    yes = Button(S("deputies.sure.button"), press(ROOM, "handed", family.id, to.id))
    back = (Button(S("deputies.cancel.button"), press(ROOM, "hand", family.id)),)
    return screen(S("deputies.sure", family=family.label, name=to.name), buttons=[(yes,), back])


def handed(to: Person) -> Screen:
    back = (Button(S("deputies.families.button"), press("caseload", "list", 0)),)
    return screen(S("deputies.handed", name=to.name), buttons=[back])


def all_to(of: Person, families: int, led: int, colleagues: Sequence[Person]) -> Screen:
    """`led` counts the courses and sessions ahead, which go with the families, or alone where there are none."""
    rows = _colleagues(colleagues, lambda one: press(ROOM, "allto", of.id, one.id))
    if not rows:
        return screen(S("deputies.nobody"), buttons=[_to_person(of)])
    if not families and led:
        return screen(S("deputies.all_courses", name=of.name, n=led), buttons=[*rows, _to_person(of)])
    text = [S("deputies.all", name=of.name, n=families)]
    if led:
        text.append(S("deputies.with_courses", n=led))
    return screen(*text, buttons=[*rows, _to_person(of)])


def all_handed(of: Person, to: Person, families: int, led: int) -> Screen:
    text = [S("deputies.courses_handed", n=led, name=to.name)] if led else []
    if families or not led:
        text.insert(0, S("deputies.all_handed", n=families, name=to.name))
    return screen(*text, buttons=[_to_person(of)])


def new_family(family: Family) -> Screen:
    """For whoever it was handed to."""
    opens = Button(S("caseload.open.button"), press("caseload", "open", family.id))
    return screen(S("deputies.new_family", family=family.label), buttons=[(opens,)])


def new_families(families: int) -> Screen:
    return screen(S("deputies.new_families", n=families))


def new_courses(led: int) -> Screen:
    opens = Button(S("training.list.button"), press("training", "list"))
    return screen(S("deputies.new_courses", n=led), buttons=[(opens,)])


def your_caseworker(to: Person) -> Screen:
    """For the parents: the name, and nothing about why."""
    return screen(F("deputies.your_caseworker", name=to.name))


def _cancel(of: Person) -> Row:
    return (Button(S("deputies.cancel.button"), press(ROOM, "of", of.id)),)


def _to_person(of: Person) -> Row:
    return (Button(S("team.back.button"), press("team", "person", of.id)),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    one = Person("p" * 16, 1, "M" * 40, "de", "de", blocked=False, roles=frozenset({Role.CASEWORKER}))
    family, many = Family("f" * 16, "W" * 40, one.id), [replace(one, name="M" * 40)] * 20
    made = Deputy("d" * 16, one.id, one.id, now, now + timedelta(days=20), one.id)
    days = {day: voice("de").day_short(day) for day in rules.last_days(now.date())}
    full = Standing(one, [(made, one)] * 3, [one] * 3, mine=False, now=now)
    return [
        listed(full),
        listed(replace(full, deputies=[], held=[], mine=True)),
        which_colleague(one, many),
        which_colleague(one, []),
        first_day(one, one, days),
        last_day(one, one, now.date(), days),
        named_for_you(one, made),
        begins(one, made),
        begins_for_you(one, made),
        ended(one),
        ended_for_you(one),
        hand_to(family, 9, many),
        hand_to(family, 0, []),
        sure(family, one),
        handed(one),
        all_to(one, 99, 99, many),
        all_to(one, 0, 99, many),
        all_to(one, 0, 0, []),
        all_handed(one, one, 99, 99),
        all_handed(one, one, 0, 99),
        new_courses(99),
        new_family(family),
        new_families(99),
        your_caseworker(one),
    ]
