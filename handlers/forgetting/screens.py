"""What is seen of a wish to be forgotten: by who has it, by the two who decide, and at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.callback import press
from handlers.fitting import shortened
from handlers.forgetting.rules import Block, Reason, answer_until, is_open
from handlers.home import GUEST
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import Day, F, Items, Phrase, S
from storage.disclosure import PARTS
from storage.erasure import Erased
from storage.records import Family, Person, Request, RequestState

ROOM = "forgetting"
MOST = 20
# what hangs on a course or an appointment is counted with the rest, so that the list stays short
HANGING = frozenset({"declines", "moves", "attendances", "practised", "calls", "seats"})
NAMED = frozenset(part.table for part in PARTS if not part.counted) - HANGING
BLOCKED: dict[Block, Phrase] = {
    Block.HELD: S("forgetting.blocked.held"),
    Block.CRYING: S("forgetting.blocked.crying"),
    Block.NOT_FILED: S("forgetting.blocked.not_filed"),
    Block.ALONE: S("forgetting.blocked.alone"),
    Block.CLOSED: S("forgetting.blocked.closed"),
}
REFUSED: dict[Reason, Phrase] = {
    Reason.KEEP: F("forgetting.refused.keep"),
    Reason.COURT: F("forgetting.refused.court"),
    Reason.UNSURE: F("forgetting.refused.unsure"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A wish with all that decides about it. `asker` is None when staff began it, `people` how many would go."""

    wish: Request
    family: Family
    asker: Person | None
    people: int
    held: bool
    crying: bool
    works_with_it: bool
    leads: bool
    viewer: str


@dataclass(frozen=True, slots=True)
class Held:
    """A legal hold as it is shown."""

    family: Family
    ground: str
    since: datetime
    by: str
    leads: bool


def sure() -> Screen:
    """What it means, before a parent says it."""
    yes = Button(F("forgetting.yes.button"), press(ROOM, "yes"))
    return screen(F("forgetting.sure"), buttons=[(yes,), _back()])


def sure_guest() -> Screen:
    yes = Button(F("forgetting.yes.button"), press(ROOM, "yes"))
    return screen(F("forgetting.sure_guest"), buttons=[(yes,), _back()])


def asked(wish: Request, *, held: bool) -> Screen:
    """Where a parent's wish stands."""
    until = Day(answer_until(wish))
    text = F("forgetting.asked_held", until=until) if held else F("forgetting.asked", until=until)
    no = Button(F("forgetting.withdraw.button"), press(ROOM, "withdraw"))
    return screen(text, buttons=[(no,), _back()])


def withdrawn() -> Screen:
    return screen(F("forgetting.withdrawn"), buttons=[_back()])


def refused(reason: Reason) -> Screen:
    return screen(REFUSED[reason], F("forgetting.refused"))


def farewell(*, discreet: bool) -> Screen:
    """The very last message; it names nobody and goes to a chat, not to a person we know."""
    said = screen(F("forgetting.farewell"), keyboard=GUEST)
    return replace(said, harmless=True) if discreet else said


def emptied() -> Screen:
    return screen(S("forgetting.emptied"))


def _back() -> Row:
    return (Button(F("consent.back.button"), press("rights", "menu")),)


def listed(found: Sequence[tuple[Request, Family]], held: Sequence[Family]) -> Screen:
    """The lead's list: wishes nobody has answered, the longest waiting first, and families under a hold."""
    rows = [
        (Button(f"🗑 {shortened(family.label, 20)}", press(ROOM, "open", wish.id)),)
        for wish, family in found[:MOST]
    ]
    rows += [
        (Button(f"⚖️ {shortened(family.label, 20)}", press(ROOM, "held", family.id)),)
        for family in held[:MOST]
    ]
    text = S("forgetting.list", n=len(found), held=len(held))
    return screen(text, buttons=[*rows, (Button(S("rights.back.button"), press("rights", "menu")),)])


def wish(seen: Opened) -> Screen:
    """One wish for whoever decides: whom it takes along, what was done and what is next."""
    wish, day = seen.wish, Day(seen.wish.asked_at)
    who = seen.asker.name if seen.asker else ""
    head = (
        S("forgetting.wish", name=who, family=seen.family.label, day=day)
        if seen.asker
        else S("forgetting.begun", family=seen.family.label, day=day)
    )
    text = [head, S("forgetting.takes", n=seen.people), S("forgetting.steps", steps=Items(*_steps(seen)))]
    if seen.held:
        text.append(BLOCKED[Block.HELD])
    if seen.crying and is_open(wish):
        text.append(BLOCKED[Block.CRYING])
    return screen(*text, buttons=_ways(seen))


def _steps(seen: Opened) -> list[Phrase]:
    wish = seen.wish
    filed = S("forgetting.step.filed") if wish.exported_at else S("forgetting.step.file")
    match wish.state:
        case RequestState.ASKED:
            return [
                filed,
                S("forgetting.step.propose"),
                S("forgetting.step.until", day=Day(answer_until(wish))),
            ]
        case RequestState.PROPOSED:
            return [filed, S("forgetting.step.proposed"), S("forgetting.step.lead")]
        case RequestState.REFUSED:
            return [filed, S("forgetting.step.refused")]
        case RequestState.WITHDRAWN:
            return [S("forgetting.step.withdrawn")]


def _ways(seen: Opened) -> list[Row]:
    wish, rows = seen.wish, list[Row]()
    if not is_open(wish):
        return rows
    if seen.works_with_it and wish.state is RequestState.ASKED:
        rows.append((Button(S("rights.file.button"), press("rights", "file", wish.family_id or "")),))
        rows.append((Button(S("forgetting.propose.button"), press(ROOM, "propose", wish.id)),))
    if seen.leads and wish.state is RequestState.PROPOSED and wish.proposed_by != seen.viewer:
        rows.append((Button(S("forgetting.grant.button"), press(ROOM, "grant", wish.id)),))
    if seen.leads:
        rows.append((Button(S("forgetting.refuse.button"), press(ROOM, "refuse", wish.id)),))
    hold = "held" if seen.held else "hold"
    label = S("rights.see_hold.button") if seen.held else S("rights.hold.button")
    return [*rows, (Button(label, press(ROOM, hold, seen.family.id)),)]


def sure_grant(seen: Opened) -> Screen:
    """Asked once more: there is no way back."""
    yes = Button(S("forgetting.erase.button"), press(ROOM, "erase", seen.wish.id))
    no = Button(S("rights.back.button"), press(ROOM, "open", seen.wish.id))
    text = S("forgetting.sure_grant", family=seen.family.label, n=seen.people)
    return screen(text, buttons=[(yes,), (no,)])


def reasons(wish: Request) -> Screen:
    """The fixed reasons; whoever asked will read the one that is pressed."""
    rows = [
        (Button(S(f"forgetting.reason.{reason}.button"), press(ROOM, "no", wish.id, reason)),)
        for reason in Reason
    ]
    back = (Button(S("rights.back.button"), press(ROOM, "open", wish.id)),)
    return screen(S("forgetting.reasons"), buttons=[*rows, back])


def done(erased: Erased) -> Screen:
    """What went, without a name: there is none any more."""
    known = [S("forgetting.done_row", what=S(f"rights.table.{name}"), n=n) for name, n in _by_name(erased)]
    rest = sum(n for name, n in erased.rows.items() if name not in NAMED)
    rows = Items(*known, S("forgetting.done_rest", n=rest))
    return screen(S("forgetting.done", rows=rows, keys=len(erased.holders)))


def _by_name(erased: Erased) -> list[tuple[str, int]]:
    return [(name, n) for name, n in sorted(erased.rows.items()) if name in NAMED]


def waiting(wish: Request, *, late: bool) -> Screen:
    """A reminder: of a wish that waits for an answer, or waits too long."""
    day, until = Day(wish.asked_at), Day(answer_until(wish))
    text = (
        S("forgetting.late", day=day, until=until) if late else S("forgetting.waiting", day=day, until=until)
    )
    return screen(text, buttons=[(Button(S("rights.open_wish.button"), press(ROOM, "open", wish.id)),)])


def ask_ground(family: Family, most: int) -> Screen:
    no = Button(S("rights.back.button"), press("rights", "family", family.id))
    return screen(S("forgetting.ask_ground", family=family.label, most=most), buttons=[(no,)])


def held(found: Held) -> Screen:
    """Why nothing is erased. Only a lead can lift it."""
    text = S(
        "forgetting.held", family=found.family.label, ground=found.ground, day=Day(found.since), name=found.by
    )
    lift = (Button(S("forgetting.lift.button"), press(ROOM, "lift", found.family.id)),)
    return screen(text, buttons=[lift] if found.leads else [])


def lifted(family: Family) -> Screen:
    return screen(S("forgetting.lifted", family=family.label))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    family = Family("f" * 16, "W" * 40, "c" * 16)
    asker = Person("p" * 16, 1, "M" * 40, "ar", "ar", blocked=False)
    base = Request("r" * 16, asker.id, family.id, RequestState.ASKED, now, now, None, None, None, None)
    states = [replace(base, state=state) for state in RequestState]
    late = replace(base, asked_at=now - timedelta(days=40), exported_at=None)
    seen = [
        Opened(one, family, who, 2, held, True, True, True, "v" * 16)
        for one in [*states, late]
        for who in (asker, None)
        for held in (True, False)
    ]
    return [
        sure(),
        sure_guest(),
        *(asked(base, held=held) for held in (True, False)),
        withdrawn(),
        *(refused(reason) for reason in Reason),
        farewell(discreet=False),
        emptied(),
        listed([], []),
        listed([(base, family)] * MOST, [family] * MOST),
        *(wish(one) for one in seen),
        sure_grant(seen[0]),
        reasons(base),
        done(Erased(rows={**dict.fromkeys(sorted(NAMED), 999), "members": 2}, holders=["x"] * 3)),
        *(waiting(late, late=is_late) for is_late in (True, False)),
        ask_ground(family, 120),
        *(held(Held(family, "G" * 120, now, "M" * 40, leads)) for leads in (True, False)),
        lifted(family),
        *(screen(phrase) for phrase in BLOCKED.values()),
    ]
