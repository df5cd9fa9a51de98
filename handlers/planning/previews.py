"""The preview: what it comes to, what one should know before it is sent, and how the family will read it."""

from collections.abc import Sequence
from datetime import datetime

from handlers.appointment_words import family_text, lines, named, staff_text, unreachable
from handlers.calendar import Draft
from handlers.callback import press
from handlers.desk import voice_of
from handlers.feasts import feast
from handlers.planning.rules import MOST_CLASHES, Plan, asleep
from handlers.screen import Button, Row, Screen, screen
from handlers.series import other_days
from locales.languages import SOURCE
from locales.phrase import Day, Endonym, Hour, Items, Moment, Phrase, S
from locales.translator import voice
from locales.zone import here
from storage.records import Person, Span

ROOM = "planning"


def preview(draft: Draft, plan: Plan, family: str, asked: Sequence[Person], now: datetime) -> Screen:
    """The staff's words, what is in the way, then the family's words as each asked parent will read them.

    German stands first, so that whoever sends it knows what it says.
    """
    text = [_told(draft, plan, family, asked), *_in_the_way(plan)]
    text += _read(plan, asked) or [S("appointments.nobody")]
    text += _not_at_once(asked, now)
    return screen(*text, buttons=_buttons(draft))


def _told(draft: Draft, plan: Plan, family: str, asked: Sequence[Person]) -> Phrase:
    appointment = plan.appointment
    kind = S(f"kind.{appointment.kind}")
    told = [staff_text(kind, family, appointment.starts_at, appointment.place)]
    told.append(S("planning.length", n=appointment.minutes))
    if draft.only_for and asked:
        told.append(S("planning.only", name=named(asked[0])))
    if len(plan.moments) > 1:
        told.append(S("planning.series", n=len(plan.moments), last=Day(plan.moments[-1])))
    return lines(told)


def _in_the_way(plan: Plan) -> list[Phrase]:
    told = []
    if plan.left_out:
        left_out = [S("calendar.feast", day=day, name=feast(day) or "") for day in plan.left_out]
        told.append(S("planning.left_out", days=Items(*left_out)))
    if plan.feasts:
        days = [S("calendar.feast", day=day, name=feast(day) or "") for day in plan.feasts]
        told.append(S("planning.on_feast", days=Items(*days)))
    if plan.clashing:
        told.append(S("planning.clash", spans=Items(*map(_span, plan.clashing[:MOST_CLASHES]))))
    return told


def _span(span: Span) -> Phrase:
    until = span.ends_at
    same_day = span.starts_at.astimezone(here()).date() == until.astimezone(here()).date()
    return S("planning.span", since=Moment(span.starts_at), until=Hour(until) if same_day else Moment(until))


def _read(plan: Plan, asked: Sequence[Person]) -> list[Phrase]:
    """The family's words in German, and in each other language in which somebody of them will read."""
    readers = [parent for parent in asked if not parent.blocked] or asked[:1]
    codes = dict.fromkeys([SOURCE, *(voice_of(parent).language for parent in readers)])
    return [_as_read(plan, code) for code in codes] if readers else []


def _as_read(plan: Plan, code: str) -> Phrase:
    reader = voice(code)
    said = [reader.say(family_text(plan.appointment))]
    if len(plan.moments) > 1:
        said.append(reader.say(other_days(plan.moments[0], plan.moments[1:])))
    return S("appointments.preview_reads", language=Endonym(code), text="\n".join(said))


def _not_at_once(asked: Sequence[Person], now: datetime) -> list[Phrase]:
    told = [unreachable(parent) for parent in asked if parent.blocked]
    told += [S("planning.pausing", name=named(one)) for one in asked if one.paused and not one.blocked]
    told += [S("planning.asleep", name=named(one), at=Moment(until)) for one, until in asleep(asked, now)]
    return [lines(told)] if told else []


def _buttons(draft: Draft) -> tuple[Row, ...]:
    send = Button(S("appointments.send.button"), press(ROOM, "send", draft.key))
    length = _aside(draft, S("planning.length.button", n=draft.minutes), "length")
    interpreter = _aside(draft, S("planning.interpreter.button"), "interpreter")
    bring = _aside(draft, S("planning.bring.button"), "bring")
    series = _aside(draft, S("planning.series.button"), "times")
    return ((send,), (length, series), (interpreter, bring))


def _aside(draft: Draft, label: Phrase, side: str) -> Button:
    return Button(label, press(ROOM, "aside", draft.key, side))
