"""What a plan comes to: its moments, what is in the way of them, and who will not read it at once. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers import quiet
from handlers.calendar import AT_HOME, Draft, clashes, left_out, weekly
from handlers.feasts import FEASTS, feast
from locales.languages import SOURCE, TABLE
from locales.zone import here
from storage.records import Appointment, AppointmentKind, AppointmentState, Person, Span

TIMES = (1, 4, 6, 8, 10)
LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240)
MOST_CLASHES = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """An appointment as it would be made, and the moments of its series, the first its own.

    `clashing` are the moments at which something else is planned, with what it is; `feasts` are holidays on
    which it would take place, `left_out` those for which a series makes a pause.
    """

    appointment: Appointment
    moments: tuple[datetime, ...]
    clashing: tuple[Span, ...] = ()
    feasts: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()


def moments_of(draft: Draft, now: datetime) -> tuple[datetime, ...]:
    """When it takes place, aware UTC: once, or week after week around holidays. Raises Refusal as Draft does."""
    first = draft.starts_at(now)
    return (first,) if draft.times == 1 else tuple(weekly(first, draft.times, FEASTS))


def plan_of(draft: Draft, now: datetime, taken: Callable[[datetime], Iterable[Span]]) -> Plan:
    """What the draft comes to; `taken` says what else is planned on the day of a moment."""
    moments = moments_of(draft, now)
    clashing = [span for at in moments for span in clashes(taken(at), at, draft.minutes)]
    days = [at.astimezone(here()).date() for at in moments]
    feasts = [day for day in days if feast(day)]
    out = left_out(draft.starts_at(now), moments)
    return Plan(unsaved(draft, moments[0]), moments, tuple(clashing), tuple(feasts), tuple(out))


def unsaved(draft: Draft, starts_at: datetime) -> Appointment:
    """The appointment as it would be, for those who read it before it is made."""
    return Appointment(
        "",
        draft.subject,
        "",
        AppointmentKind(draft.kind),
        starts_at,
        draft.place or AT_HOME,
        AppointmentState.PLANNED,
        0,
        None,
        minutes=draft.minutes,
        only_for=draft.only_for or None,
        meeting_place_id=draft.place_id or None,
        interpreter=draft.interpreter or None,
        bring=draft.bring,
    )


def asked(draft: Draft, parents: Sequence[Person]) -> list[Person]:
    """Those of the parents whom it is for."""
    return [parent for parent in parents if draft.only_for in ("", parent.id)]


def tongues(read: Iterable[str]) -> list[str]:
    """The languages one may need an interpreter for: those the family reads, then all others."""
    known = [language.code for language in TABLE if language.code != SOURCE]
    theirs = [code for code in dict.fromkeys(read) if code in known]
    return [*theirs, *(code for code in known if code not in theirs)]


def asleep(parents: Iterable[Person], now: datetime) -> list[tuple[Person, datetime]]:
    """Those for whom it is quiet now, each with when the message will ring. Whoever pauses is not among them."""
    until = [(one, quiet.ends_at(one, now)) for one in parents if not one.blocked and not one.paused]
    return [(one, at) for one, at in until if at is not None]
