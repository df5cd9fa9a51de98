"""A conversation by buttons that picks a day, a time and a place, in one message that changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from handlers.access import Act, authorise
from handlers.calendar import (
    AT_HOME,
    HOURS,
    MOST_OF_PLACE,
    QUARTERS,
    Draft,
    a_day,
    a_number,
    hours,
    may_be_picked,
    minutes,
    months,
    place_of,
)
from handlers.given import one_line, part
from handlers.grid import Busy, day_screen, hour_screen, minute_screen, over_screen, place_screen
from handlers.grid import specimens as specimens
from handlers.grid import ways_out as ways_out
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.taken import busy_hours, busy_quarters, month_of, taken_on
from handlers.turn import Turn
from locales.phrase import Phrase, S
from storage.records import new_id

SENT = "sent"
Ask = Callable[[Turn, Draft], Screen]
Take = Callable[[Turn, Draft, str], Draft | None]


def take_month(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    month = a_day(carried)
    return replace(draft, month=month.isoformat()) if month in months(turn.now) else None


def take_day(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    day = a_day(carried)
    if day is None or not may_be_picked(day, turn.now):
        return None
    return replace(draft, day=day, month=day.replace(day=1).isoformat())


def take_hour(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    hour = a_number(carried)
    if hour is None or hour not in HOURS or draft.day is None:
        return None
    if not minutes(draft.day, hour, turn.now):
        raise Refusal(S("calendar.past"))
    return replace(draft, hour=hour)


def take_minute(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    minute = a_number(carried)
    if minute not in QUARTERS:
        return None
    picked = replace(draft, minute=minute)
    picked.starts_at(turn.now)
    return picked


def take_site(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    found = turn.store.agency.meeting_place(carried)
    return replace(draft, place=place_of(found), place_id=found.id) if found else None


def take_home(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    return replace(draft, place=AT_HOME, place_id="")


@dataclass(frozen=True)
class Picking:
    """A conversation by buttons in one message that changes: `asks` are its steps in order.

    `takes` says for each verb at which step it may be pressed and what it does; `stays` are the verbs after
    which the same step is shown again, `skips` says which steps need no answer. `sides` are pages that only
    the last step opens, and that lead back to it. `done` shows what a draft became to whoever presses again;
    `new` is the label of the button that begins another one.
    """

    room: str
    asks: Mapping[str, Ask]
    takes: Mapping[str, tuple[str, Take]]
    done: Ask
    new: Phrase
    sides: Mapping[str, Ask] = field(default_factory=dict)
    stays: frozenset[str] = frozenset({"month"})
    skips: Callable[[Turn, Draft, str], bool] = lambda turn, draft, step: False

    def begin(self, turn: Turn) -> None:
        authorise(turn, Act.PLAN)
        self.go(turn, Draft(new_id()[:6]), next(iter(self.asks)))

    def go(self, turn: Turn, draft: Draft, step: str) -> None:
        """The conversation stands at this step from now on, and shows it."""
        turn.store.dialogues.put(turn.person.id, self.room, step, draft.content(), turn.now)
        turn.show(self.shown(turn, draft, step))

    def picked(self, verb: str) -> Callable[[Turn], None]:
        """The act of one verb: takes what the button carries and goes one step on."""
        step, take = self.takes[verb]

        def act(turn: Turn) -> None:
            found = self.open(turn, step)
            if found is None:
                return
            taken = take(turn, found[0], part(turn, 1))
            if taken is None:
                turn.flash(S("calendar.stale.toast"))
                self.go(turn, found[0], step)
            else:
                self.go(turn, taken, step if verb in self.stays else self._next(turn, taken, step))

        return act

    def back(self, turn: Turn) -> None:
        found = self.open(turn)
        if found is not None:
            self.go(turn, found[0], self._before(turn, *found))

    def aside(self, turn: Turn) -> None:
        """Opens a page beside the last step."""
        found = self.open(turn, list(self.asks)[-1])
        if found is None:
            return
        side = part(turn, 1)
        if side not in self.sides:
            turn.flash(S("calendar.stale.toast"))
        self.go(turn, found[0], side if side in self.sides else found[1])

    def blank(self, turn: Turn) -> None:
        """A place in the month that is no day to pick."""
        if self.open(turn, "day") is not None:
            past = part(turn, 1) == "past"
            turn.flash(S("calendar.past_day.toast") if past else S("calendar.tap_day.toast"))

    def stop(self, turn: Turn) -> None:
        if self.open(turn) is not None:
            turn.store.dialogues.drop(turn.person.id)
            turn.show(over_screen(self.room, S("calendar.stopped"), self.new))

    def typed(self, turn: Turn) -> None:
        """A place that was written instead of pressed. Raises Refusal when it is empty or too long."""
        authorise(turn, Act.PLAN)
        dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
        if dialogue is None or dialogue.room != self.room or dialogue.step != "place":
            raise Refusal(S("calendar.gone"))
        place = one_line(turn.asked.text, MOST_OF_PLACE, S("calendar.place_length", most=MOST_OF_PLACE))
        draft = replace(Draft.of(dialogue.content), place=place, place_id="")
        turn.asked = replace(turn.asked, message_id=draft.message_id)
        self.go(turn, draft, self._next(turn, draft, "place"))

    def sent(self, turn: Turn, draft: Draft, became: str) -> None:
        """The draft is done: a second press of its buttons shows what it became."""
        ended = replace(draft, became=became)
        turn.store.dialogues.put(turn.person.id, self.room, SENT, ended.content(), turn.now)

    def open(self, turn: Turn, step: str | None = None) -> tuple[Draft, str] | None:
        """The draft behind the pressed button and its step; otherwise says what holds now and gives None."""
        authorise(turn, Act.PLAN)
        dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
        key = turn.asked.press.parts[:1] if turn.asked.press else ()
        if dialogue is None or dialogue.room != self.room or key != (dialogue.content.get("key"),):
            turn.flash(S("calendar.gone.toast"))
            turn.show(over_screen(self.room, S("calendar.gone"), self.new))
            return None
        draft = replace(Draft.of(dialogue.content), message_id=turn.asked.message_id)
        if dialogue.step == SENT or step not in (None, dialogue.step):
            turn.flash(S("calendar.stale.toast"))
            turn.show(
                self.done(turn, draft) if dialogue.step == SENT else self.shown(turn, draft, dialogue.step)
            )
            return None
        return draft, dialogue.step

    def verbs(self) -> dict[str, Callable[[Turn], None]]:
        own = {"new": self.begin, "back": self.back, "stop": self.stop, "blank": self.blank}
        sides = {"aside": self.aside} if self.sides else {}
        return own | sides | {verb: self.picked(verb) for verb in self.takes}

    def _next(self, turn: Turn, draft: Draft, step: str) -> str:
        steps = list(self.asks)
        if step in self.sides:
            return steps[-1]
        known = draft.typed and step != "hour"  # another hour needs its minutes
        later = (one for one in steps[steps.index(step) + 1 :] if not self.skips(turn, draft, one))
        return next(one for one in later if not (known and answered(draft, one)))

    def _before(self, turn: Turn, draft: Draft, step: str) -> str:
        steps = list(self.asks)
        if step in self.sides:
            return steps[-1]
        earlier = reversed(steps[: steps.index(step)])
        return next((one for one in earlier if not self.skips(turn, draft, one)), steps[0])

    def shown(self, turn: Turn, draft: Draft, step: str) -> Screen:
        """The question of a step, with the ways out."""
        first = step == next(iter(self.asks))
        ask = self.asks.get(step) or self.sides[step]
        return ask(turn, draft).with_buttons(ways_out(self.room, draft.key, first=first))


def answered(draft: Draft, step: str) -> bool:
    """Whether a draft holds the answer to a step."""
    held = {
        "family": draft.subject,
        "kind": draft.kind,
        "day": draft.day,
        "hour": draft.hour is not None,
        "minute": draft.minute is not None,
        "place": draft.place is not None,
    }
    return bool(held.get(step))


def asks_when(room: str, about: Callable[[Turn, Draft], Phrase], *, home: bool) -> dict[str, Ask]:
    """The four steps from day to place, about what the room says."""

    def day(turn: Turn, draft: Draft) -> Screen:
        return day_screen(room, draft.key, about(turn, draft), month_of(turn, draft))

    def hour(turn: Turn, draft: Draft) -> Screen:
        on = draft.day or turn.now.date()
        choice = hours(on, turn.now)
        busy = busy_hours(on, choice, taken_on(turn, on))
        return hour_screen(room, draft.key, about(turn, draft), on, choice, busy)

    def minute(turn: Turn, draft: Draft) -> Screen:
        on, at = draft.day or turn.now.date(), draft.hour or 0
        busy = Busy(busy_quarters(on, at, taken_on(turn, on)))
        return minute_screen(room, draft.key, about(turn, draft), on, at, minutes(on, at, turn.now), busy)

    def place(turn: Turn, draft: Draft) -> Screen:
        return place_screen(room, draft, about(turn, draft), turn.store.agency.meeting_places(), home=home)

    return {"day": day, "hour": hour, "minute": minute, "place": place}


TAKES_WHEN: dict[str, tuple[str, Take]] = {
    "month": ("day", take_month),
    "day": ("day", take_day),
    "hour": ("hour", take_hour),
    "minute": ("minute", take_minute),
    "site": ("place", take_site),
}
TAKES_HOME: dict[str, tuple[str, Take]] = {"home": ("place", take_home)}
