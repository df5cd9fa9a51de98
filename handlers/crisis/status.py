"""What whoever cried for help sees of their alarm: one message that changes with the truth, and what they may say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product

from handlers.callback import press
from handlers.crisis import samples
from handlers.crisis.calling import line
from handlers.crisis.truth import CALL_ELSEWHERE, WARNING, Truth, truth
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import F, Hour, Phrase, S, Slot
from storage.records import (
    Alarm,
    AlarmState,
    CrisisNumber,
    Page,
    Person,
    Promise,
    Role,
    ShownAs,
    Wish,
)

NO_WISH = "none"


def status(
    alarm: Alarm,
    taker: Person | None,
    paged: Sequence[Page],
    numbers: Sequence[CrisisNumber],
    *,
    anybody: bool,
    staff: bool = False,
) -> Screen:
    """The one true sentence, the `numbers` to call where nobody has come so far, and what the person has said."""
    now = truth(alarm, paged, anybody=anybody)
    others = [page for page in paged if page.step == WARNING]
    reached = [page for page in (others if now is Truth.LEADS else paged) if page.delivered]
    text = [
        said(
            now,
            staff,
            n=len(reached),
            seen=sum(page.seen for page in reached),
            who=who(taker, staff=staff),
            time=Hour(alarm.promised_for or alarm.opened_at),
            number=alarm.called,
        )
    ]
    if now is Truth.ENDED:
        return screen(*text)
    if now in CALL_ELSEWHERE:
        text += [
            S("crisis.help") if staff else F("crisis.help"),
            *(line(one, staff=staff) for one in numbers),
        ]
    return screen(*text, *_has_said(alarm, staff), buttons=_may_say(alarm, staff))


def who(taker: Person | None, *, staff: bool) -> Phrase:
    """Who has taken it: to families as that person allows, to colleagues by name."""
    if staff:
        return S("crisis.who", name=taker.name if taker else "")
    role = _role(taker)
    if taker is None or not taker.name or taker.shown_as is ShownAs.ROLE:
        return role
    if taker.shown_as is ShownAs.NAME:
        return F("crisis.who.name", name=taker.name)
    return F("crisis.who", name=taker.name, role=role)


def _role(taker: Person | None) -> Phrase:
    held = taker.roles if taker else frozenset()
    if Role.ON_CALL in held:
        return F("crisis.who.on_call")
    return F("crisis.who.lead") if Role.LEAD in held else F("crisis.who.team")


def _has_said(alarm: Alarm, staff: bool) -> list[Phrase]:
    """What the team sees besides: that it was a mistake, that they are safe, how they want to be reached."""
    text = [said("withdrawn", staff)] if alarm.withdrawn_at is not None else []
    if alarm.safe_at is not None:
        text.append(said("safe", staff))
    if alarm.wish is not None:
        text.append(said(alarm.wish, staff))
    return [*text, said("line", staff)]


def _may_say(alarm: Alarm, staff: bool) -> list[Row]:
    rows: list[Row] = []
    if alarm.safe_at is None:
        rows.append((Button(said("safe.button", staff), press("crisis", "safe", alarm.id)),))
    wishes = (Wish.WRITE, Wish.SILENT) if alarm.wish is None else (_other(alarm.wish), None)
    rows += [(_wishing(alarm, wish, staff),) for wish in wishes]
    if alarm.withdrawn_at is None:
        rows.append((Button(said("mistake.button", staff), press("crisis", "mistake", alarm.id)),))
    return rows


def _other(wish: Wish) -> Wish:
    return Wish.SILENT if wish is Wish.WRITE else Wish.WRITE


def _wishing(alarm: Alarm, wish: Wish | None, staff: bool) -> Button:
    # carries what is wished, not that it changes: pressed twice, it stays wished
    word = wish or NO_WISH
    label = S(f"crisis.wish.{word}.button") if staff else F(f"crisis.wish.{word}.button")
    return Button(label, press("crisis", "wish", alarm.id, word))


def older(alarm: Alarm, *, staff: bool) -> Screen:
    """What becomes of a status when a newer one of the same alarm stands below."""
    return Screen((said("older", staff, number=alarm.called),), harmless=staff)


def said(key: str, staff: bool, **slots: Slot) -> Phrase:
    """A text about the person's own alarm, in the words of families or of staff."""
    return S(f"crisis.status.{key}", **slots) if staff else F(f"crisis.status.{key}", **slots)


def told(alarm: Alarm, word: str) -> Screen:
    """For the one who took it, at once and aloud: what the person has just said with a button."""
    return screen(S(f"alarm.told.{word}", number=alarm.called))


def specimens(now: datetime, numbers: Sequence[CrisisNumber]) -> list[Screen]:
    """Every state in every company, with the longest names and all that may have been said."""
    one = Page(samples.SOMEBODY.id, 2, now, delivered=True)
    some: tuple[list[Page], ...] = (
        [],
        [replace(one, delivered=False)],
        [one] * 20,
        [replace(one, seen=True)] * 20,
        [replace(one, step=1)] * 20,
    )
    taker = replace(samples.SOMEBODY, roles=frozenset({Role.LEAD}))
    shown = [older(samples.alarm(now, AlarmState.OPEN), staff=staff) for staff in (True, False)]
    for alarm, paged, staff, anybody in product(_alarms(now), some, (True, False), (True, False)):
        shown.append(status(alarm, taker, paged, numbers, anybody=anybody, staff=staff))
    words = ("withdrawn", "safe", *Wish, NO_WISH)
    return [*shown, *(told(samples.alarm(now, AlarmState.TAKEN), word) for word in words)]


def _alarms(now: datetime) -> list[Alarm]:
    """One in each state, untouched and with everything said about it."""
    every = [samples.alarm(now, state) for state in AlarmState]
    taken = samples.alarm(now, AlarmState.TAKEN)
    every += [replace(taken, promise=promise, promised_for=now) for promise in Promise]
    every.append(replace(taken, forgotten_at=now))
    full = [replace(one, withdrawn_at=now, safe_at=now, wish=Wish.SILENT) for one in every]
    return [*every, *full, replace(taken, wish=Wish.WRITE)]
