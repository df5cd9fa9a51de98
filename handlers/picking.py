"""A conversation by buttons that picks a day, a time and a place, in one message that changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.access import Act, authorise
from handlers.calendar import (
    AT_HOME,
    HOURS,
    MOST_OF_PLACE,
    QUARTERS,
    Draft,
    a_day,
    a_number,
    brief,
    days,
    hours,
    minutes,
    place_of,
)
from handlers.callback import press
from handlers.given import one_line
from handlers.refusal import Refusal
from handlers.screen import Button, Row, Screen, in_rows, screen
from handlers.turn import Turn
from locales.phrase import Phrase, S
from storage.records import Site, new_id

SENT = "sent"
Ask = Callable[[Turn, Draft], Screen]
Take = Callable[[Turn, Draft, str], Draft | None]


def take_day(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    day = a_day(carried)
    return replace(draft, day=day) if day in days(turn.now) else None


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
    position, sites = a_number(carried), turn.store.agency.sites()
    if position is None or position >= len(sites):
        return None
    return replace(draft, place=place_of(sites[position]))


def take_home(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    return replace(draft, place=AT_HOME)


@dataclass(frozen=True)
class Picking:
    """A conversation by buttons in one message that changes: `asks` are its steps in order.

    `takes` says for each verb at which step it may be pressed and what it does; `done` shows what a draft
    became to whoever presses again; `new` is the label of the button that begins another one.
    """

    room: str
    asks: Mapping[str, Ask]
    takes: Mapping[str, tuple[str, Take]]
    done: Ask
    new: Phrase

    def begin(self, turn: Turn) -> None:
        authorise(turn, Act.PLAN)
        self._go(turn, Draft(new_id()[:6]), next(iter(self.asks)))

    def picked(self, verb: str) -> Callable[[Turn], None]:
        """The act of one verb: takes what the button carries and goes one step on."""
        step, take = self.takes[verb]

        def act(turn: Turn) -> None:
            found = self.open(turn, step)
            if found is None:
                return
            taken = take(turn, found[0], _carried(turn))
            if taken is None:
                turn.flash(S("calendar.stale.toast"))
            self._go(turn, taken or found[0], step if taken is None else self._after(step))

        return act

    def back(self, turn: Turn) -> None:
        found = self.open(turn)
        if found is not None:
            steps = list(self.asks)
            self._go(turn, found[0], steps[max(0, steps.index(found[1]) - 1)])

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
        draft = replace(Draft.of(dialogue.content), place=place)
        turn.asked = replace(turn.asked, message_id=draft.message_id)
        self._go(turn, draft, self._after("place"))

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
                self.done(turn, draft) if dialogue.step == SENT else self._asked(turn, draft, dialogue.step)
            )
            return None
        return draft, dialogue.step

    def verbs(self) -> dict[str, Callable[[Turn], None]]:
        own = {"new": self.begin, "back": self.back, "stop": self.stop}
        return own | {verb: self.picked(verb) for verb in self.takes}

    def _after(self, step: str) -> str:
        steps = list(self.asks)
        return steps[steps.index(step) + 1]

    def _go(self, turn: Turn, draft: Draft, step: str) -> None:
        turn.store.dialogues.put(turn.person.id, self.room, step, draft.content(), turn.now)
        turn.show(self._asked(turn, draft, step))

    def _asked(self, turn: Turn, draft: Draft, step: str) -> Screen:
        first = step == next(iter(self.asks))
        return self.asks[step](turn, draft).with_buttons(ways_out(self.room, draft.key, first=first))


def _carried(turn: Turn) -> str:
    parts = turn.asked.press.parts if turn.asked.press else ()
    return parts[1] if len(parts) > 1 else ""


def ways_out(room: str, key: str, *, first: bool) -> Row:
    """Back and cancel; at the first step there is nothing to go back to."""
    stop = Button(S("calendar.stop.button"), press(room, "stop", key))
    return (stop,) if first else (Button(S("calendar.back.button"), press(room, "back", key)), stop)


def over_screen(room: str, said: Phrase, new: Phrase) -> Screen:
    return screen(said, buttons=((Button(new, press(room, "new")),),))


def day_screen(room: str, key: str, about: Phrase, labels: Mapping[date, str]) -> Screen:
    shown = [Button(label, press(room, "day", key, day.isoformat())) for day, label in labels.items()]
    return screen(S("calendar.day", about=about), buttons=in_rows(shown, 3))


def hour_screen(room: str, key: str, about: Phrase, day: date, choice: Sequence[int]) -> Screen:
    shown = [Button(S("calendar.hour.button", hour=hour), press(room, "hour", key, hour)) for hour in choice]
    return screen(S("calendar.hour", about=about, day=day), buttons=in_rows(shown, 4))


def minute_screen(room: str, key: str, about: Phrase, day: date, hour: int, choice: Sequence[int]) -> Screen:
    shown = [Button(f"{hour:02}:{minute:02}", press(room, "minute", key, minute)) for minute in choice]
    return screen(S("calendar.minute", about=about, day=day, hour=hour), buttons=in_rows(shown, 4))


def place_screen(room: str, draft: Draft, about: Phrase, sites: Sequence[Site], *, home: bool) -> Screen:
    """Where: `home` offers the family's own home as well. What is not offered may be typed."""
    rows = [(Button(brief(site.name), press(room, "site", draft.key, n)),) for n, site in enumerate(sites)]
    if home:
        rows.append((Button(S("calendar.home.button"), press(room, "home", draft.key)),))
    day, at = draft.day or date.min, f"{draft.hour or 0:02}:{draft.minute or 0:02}"
    return screen(S("calendar.place", about=about, day=day, hour=at, most=MOST_OF_PLACE), buttons=rows)


def asks_when(room: str, about: Callable[[Turn, Draft], Phrase], *, home: bool) -> dict[str, Ask]:
    """The four steps from day to place, about what the room says."""

    def day(turn: Turn, draft: Draft) -> Screen:
        labels = {day: turn.voice.day_short(day) for day in days(turn.now)}
        return day_screen(room, draft.key, about(turn, draft), labels)

    def hour(turn: Turn, draft: Draft) -> Screen:
        on = draft.day or turn.now.date()
        return hour_screen(room, draft.key, about(turn, draft), on, hours(on, turn.now))

    def minute(turn: Turn, draft: Draft) -> Screen:
        on, at = draft.day or turn.now.date(), draft.hour or 0
        return minute_screen(room, draft.key, about(turn, draft), on, at, minutes(on, at, turn.now))

    def place(turn: Turn, draft: Draft) -> Screen:
        return place_screen(room, draft, about(turn, draft), turn.store.agency.sites(), home=home)

    return {"day": day, "hour": hour, "minute": minute, "place": place}


TAKES_WHEN: dict[str, tuple[str, Take]] = {
    "day": ("day", take_day),
    "hour": ("hour", take_hour),
    "minute": ("minute", take_minute),
    "site": ("place", take_site),
}
TAKES_HOME: dict[str, tuple[str, Take]] = {"home": ("place", take_home)}


def specimens(room: str, about: Phrase, draft: Draft, labels: Mapping[date, str]) -> list[Screen]:
    """The four shared steps, each with all its buttons, for a draft that is complete."""
    day, hour = draft.day or date.min, draft.hour or 0
    sites = [Site(f"{n}", "Ein Ort mit einem wirklich sehr langen Namen", "", 0) for n in range(8)]
    return [
        day_screen(room, draft.key, about, labels).with_buttons(ways_out(room, draft.key, first=False)),
        hour_screen(room, draft.key, about, day, list(HOURS)),
        minute_screen(room, draft.key, about, day, hour, QUARTERS),
        place_screen(room, draft, about, sites, home=room == "appointments"),
        *(
            over_screen(room, said, S("calendar.new.button"))
            for said in (S("calendar.gone"), S("calendar.stopped"))
        ),
    ]
