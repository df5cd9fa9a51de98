"""Writing a weekly or a single shift down: one question after the other in one message that changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from handlers.callback import press
from handlers.fitting import shortened
from handlers.rota import said, samples
from handlers.rota.rows import ROOM, of_people, to_mine, to_plan
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales import dates
from locales.phrase import Phrase, S
from locales.translator import Voice, voice
from storage.records import Person, Site

WEEKLY, ONCE = "weekly", "once"
STEPS = {
    WEEKLY: ("who", "site", "step", "days", "begins", "ends", "preview"),
    ONCE: ("who", "site", "step", "day", "begins", "ends", "preview"),
}
EVERYWHERE, DONE = "all", "done"
MOST_SITES = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been picked so far. `key` tells its buttons from those of an older message."""

    key: str
    kind: str
    who: str = ""
    site: str | None = None
    step: int = 1
    days: list[int] = field(default_factory=list)
    day: str = ""
    begins: str = ""
    ends: str = ""

    def content(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Named:
    """The draft's person and site by name, and the voice in which days are said."""

    name: str
    site: str | None
    said_in: Voice


def who(draft: Draft, colleagues: Sequence[Person]) -> Screen:
    if not colleagues:
        return screen(S("rota.nobody_else"), buttons=[_stop(draft)])
    names = of_people(colleagues, lambda whom: _pick(draft, "who", whom))
    title = S("rota.form_weekly") if draft.kind == WEEKLY else S("rota.form_once")
    return screen(title, S("rota.form_who"), buttons=[*names, _stop(draft)])


def site(draft: Draft, named: Named, sites: Sequence[Site]) -> Screen:
    places = [(Button(S("rota.all_sites.button"), _pick(draft, "site", EVERYWHERE)),)]
    places += [(Button(shortened(one.name, 28), _pick(draft, "site", one.id)),) for one in sites[:MOST_SITES]]
    return screen(_about(named), S("rota.form_site"), buttons=[*places, _out(draft)])


def step(draft: Draft, named: Named, steps: Sequence[int]) -> Screen:
    buttons = [Button(S("rota.step.button", step=one), _pick(draft, "step", one)) for one in steps]
    return screen(_about(named), S("rota.form_step"), buttons=[*in_rows(buttons, 3), _out(draft)])


def days(draft: Draft, named: Named) -> Screen:
    """Weekdays to tick; a second press takes the tick away."""
    week = dates.weekdays(named.said_in.language, short=True)
    buttons = [
        Button(f"✅ {name}" if n in draft.days else name, _pick(draft, "days", n))
        for n, name in enumerate(week)
    ]
    done = [(Button(S("rota.days_done.button"), _pick(draft, "days", DONE)),)] if draft.days else []
    return screen(_about(named), S("rota.form_days"), buttons=[*in_rows(buttons, 4), *done, _out(draft)])


def day(draft: Draft, named: Named, labels: Mapping[date, str]) -> Screen:
    buttons = [Button(label, _pick(draft, "day", one.isoformat())) for one, label in labels.items()]
    return screen(_about(named), S("rota.form_day"), buttons=[*in_rows(buttons, 3), _out(draft)])


def clock(draft: Draft, named: Named, at: str) -> Screen:
    """From when (`at` is "begins") or until when ("ends"); other times than whole hours are typed."""
    hours = [Button(f"{hour:02}:00", _pick(draft, at, f"{hour:02}00")) for hour in range(24)]
    asks = S("rota.form_begins") if at == "begins" else S("rota.form_ends", begins=draft.begins)
    return screen(_about(named), asks, buttons=[*in_rows(hours, 6), _out(draft)])


def preview(draft: Draft, named: Named) -> Screen:
    """All of it, before it is written down."""
    save = (Button(S("rota.save.button"), press(ROOM, "save", draft.key)),)
    return screen(said_of(draft, named), S("rota.form_sure"), buttons=[save, _out(draft)])


def said_of(draft: Draft, named: Named) -> Phrase:
    """A whole draft in words."""
    place, name = said.place(draft.step, named.site), shortened(named.name, 40)
    if draft.kind == WEEKLY:
        week = said.days(draft.days, dates.weekdays(named.said_in.language, short=True))
        return S(
            "rota.form_weekly_all", days=week, begins=draft.begins, ends=draft.ends, place=place, name=name
        )
    on = date.fromisoformat(draft.day)
    return S("rota.form_once_all", day=on, begins=draft.begins, ends=draft.ends, place=place, name=name)


def saved(draft: Draft, named: Named, shifts: int) -> Screen:
    """It is written down; `shifts` is how many have come of it."""
    return screen(S("rota.saved", n=shifts), said_of(draft, named), buttons=[to_plan()])


def stopped() -> Screen:
    return screen(S("rota.stopped"), buttons=[to_plan()])


def new_shifts(shifts: int) -> Screen:
    """For the person who has got them."""
    return screen(S("rota.new_shifts", n=shifts), buttons=[to_mine()])


def _about(named: Named) -> Phrase:
    return S("rota.form_about", name=shortened(named.name, 40))


def _pick(draft: Draft, at: str, value: str | int) -> str:
    return press(ROOM, "pick", draft.key, at, value)


def _stop(draft: Draft) -> Row:
    return (Button(S("rota.stop.button"), press(ROOM, "stop", draft.key)),)


def _out(draft: Draft) -> Row:
    return (Button(S("rota.back.button"), press(ROOM, "back", draft.key)), *_stop(draft))


def specimens(now: datetime) -> list[Screen]:
    """All of them at their fullest."""
    weekly = Draft("k" * 6, WEEKLY, "p" * 16, "twelve_signs", 9, list(range(7)), "", "22:00", "06:00")
    once = Draft("k" * 6, ONCE, "p" * 16, None, 9, [], now.date().isoformat(), "22:00", "06:00")
    named = Named(samples.LONG_NAME, samples.SITE, voice("de"))
    labels = {now.date() + timedelta(days=n): voice("de").day_short(now.date()) for n in range(21)}
    sites = [Site("twelve_signs", samples.SITE, "", 0)] * 30
    return [
        who(weekly, [samples.SOMEBODY] * 50),
        who(once, []),
        site(weekly, named, sites),
        step(weekly, named, range(1, 10)),
        days(weekly, named),
        days(once, named),
        day(once, named, labels),
        *(clock(weekly, named, at) for at in ("begins", "ends")),
        *(preview(draft, named) for draft in (weekly, once)),
        *(saved(draft, named, 99) for draft in (weekly, once)),
        stopped(),
        new_shifts(99),
    ]
