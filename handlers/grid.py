"""The pages on which a day, an hour, a quarter and a place are picked: a month to tap on, and what is in the way."""

from calendar import Calendar
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

from handlers.calendar import HOURS, MOST_OF_PLACE, QUARTERS, Draft, brief
from handlers.callback import press
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Items, Phrase, S
from storage.records import AppointmentKind, MeetingPlace

BLANK = "·"
DOT = "•"
FEAST = "*"
MOST_IN_A_COLUMN = 8
MOST_PLACES = 80  # Telegram shows a hundred buttons; whatever is not among them may be typed


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it is looked at: `first` its first day, `open` the days that may be picked, `taken` those on
    which something else is planned, `weekdays` seven short names from Monday on, `before` and `after` the
    months to turn to.
    """

    first: date
    today: date
    weekdays: Sequence[str]
    open: Set[date]
    taken: Set[date] = frozenset()
    feasts: Mapping[date, str] = field(default_factory=dict)
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True, slots=True)
class Busy:
    """The hours or quarters that are taken: as a whole, or in part."""

    full: Set[int] = frozenset()
    partly: Set[int] = frozenset()


def ways_out(room: str, key: str, *, first: bool) -> Row:
    """Back and cancel; at the first step there is nothing to go back to."""
    stop = Button(S("calendar.stop.button"), press(room, "stop", key))
    return (stop,) if first else (Button(S("calendar.back.button"), press(room, "back", key)), stop)


def over_screen(room: str, said: Phrase, new: Phrase) -> Screen:
    return screen(said, buttons=((Button(new, press(room, "new")),),))


def weeks(first: date, today: date) -> list[list[date | None]]:
    """The weeks of a month from Monday to Sunday, without those that are over; None outside of the month."""
    found = Calendar().monthdatescalendar(first.year, first.month)
    ahead = [week for week in found if week[-1] >= today]
    return [[day if day.month == first.month else None for day in week] for week in ahead]


def day_screen(room: str, key: str, about: Phrase, shown: Month) -> Screen:
    """A month of buttons. Holidays stand by name above it."""
    text = [S("calendar.day", about=about), S("calendar.legend")]
    if shown.feasts:
        lines = (S("calendar.feast", day=day, name=name) for day, name in shown.feasts.items())
        text.append(S("calendar.feasts", feasts=Items(*lines)))
    head = tuple(Button(name, press(room, "blank", key, "head")) for name in shown.weekdays)
    rows = [tuple(_day(room, key, day, shown) for day in week) for week in weeks(shown.first, shown.today)]
    return screen(*text, buttons=(_months(room, key, shown), head, *rows))


def _months(room: str, key: str, shown: Month) -> Row:
    named = S("calendar.month", month=S(f"month.{shown.first.month}"), year=str(shown.first.year))
    back = [Button("◀️", press(room, "month", key, shown.before.isoformat()))] if shown.before else []
    on = [Button("▶️", press(room, "month", key, shown.after.isoformat()))] if shown.after else []
    return (*back, Button(named, press(room, "blank", key, "head")), *on)


def _day(room: str, key: str, day: date | None, shown: Month) -> Button:
    if day is None or day not in shown.open:
        past = day is not None and day <= shown.today
        return Button(BLANK, press(room, "blank", key, "past" if past else "none"))
    label = f"[{day.day}]" if day == shown.today else str(day.day)
    label += FEAST if day in shown.feasts else ""
    return Button(label + (DOT if day in shown.taken else ""), press(room, "day", key, day.isoformat()))


def hour_screen(
    room: str, key: str, about: Phrase, day: date, choice: Sequence[int], busy: Busy | None = None
) -> Screen:
    shown = [Button(_hour(hour, busy or Busy()), press(room, "hour", key, hour)) for hour in choice]
    text = S("calendar.hour", about=about, day=day)
    return screen(*_with_hint(text, busy), buttons=in_rows(shown, 4))


def _hour(hour: int, busy: Busy) -> Phrase:
    if hour in busy.full:
        return S("calendar.hour_taken.button", hour=hour)
    if hour in busy.partly:
        return S("calendar.hour_partly.button", hour=hour)
    return S("calendar.hour.button", hour=hour)


def minute_screen(
    room: str,
    key: str,
    about: Phrase,
    day: date,
    hour: int,
    choice: Sequence[int],
    busy: Busy | None = None,
) -> Screen:
    taken = (busy or Busy()).full
    shown = [
        Button(f"{'⛔ ' if minute in taken else ''}{hour:02}:{minute:02}", press(room, "minute", key, minute))
        for minute in choice
    ]
    text = S("calendar.minute", about=about, day=day, hour=hour)
    return screen(*_with_hint(text, busy), buttons=in_rows(shown, 4))


def _with_hint(text: Phrase, busy: Busy | None) -> list[Phrase]:
    return [text, S("calendar.taken")] if busy and (busy.full or busy.partly) else [text]


def place_screen(
    room: str, draft: Draft, about: Phrase, places: Sequence[MeetingPlace], *, home: bool
) -> Screen:
    """Where: `home` offers the family's own home as well, first for a visit. What is not offered may be typed."""
    shown = [Button(brief(one.name), press(room, "site", draft.key, one.id)) for one in places[:MOST_PLACES]]
    rows = in_rows(shown, 1 if len(shown) <= MOST_IN_A_COLUMN else 2)
    if home:
        own = (Button(S("calendar.home.button"), press(room, "home", draft.key)),)
        rows = (own, *rows) if draft.kind == AppointmentKind.HOME_VISIT else (*rows, own)
    day, at = draft.day or date.min, f"{draft.hour or 0:02}:{draft.minute or 0:02}"
    return screen(S("calendar.place", about=about, day=day, hour=at, most=MOST_OF_PLACE), buttons=rows)


def specimens(room: str, about: Phrase, draft: Draft) -> list[Screen]:
    """The four shared steps, each with all its buttons, for a draft that is complete."""
    day, hour = draft.day or date.min, draft.hour or 0
    first = date(2027, 5, 1)
    every = {first + timedelta(days=n) for n in range(31)}
    feasts = {first + timedelta(days=n): "Tag der Deutschen Einheit" for n in (0, 5, 16, 26)}
    month = Month(first, first, tuple("MDMDFSS"), every, every, feasts, first, first)
    name = "Ein Ort mit einem wirklich sehr langen Namen"
    places = [MeetingPlace(f"{n:016}", None, name, "", None, None, n) for n in range(30)]
    busy = Busy({hour, 15}, {hour + 1})
    return [
        day_screen(room, draft.key, about, month).with_buttons(ways_out(room, draft.key, first=False)),
        hour_screen(room, draft.key, about, day, list(HOURS), busy),
        minute_screen(room, draft.key, about, day, hour, QUARTERS, busy),
        place_screen(room, draft, about, places, home=room not in {"training", "courses"}),
        *(
            over_screen(room, said, S("calendar.new.button"))
            for said in (S("calendar.gone"), S("calendar.stopped"))
        ),
    ]
