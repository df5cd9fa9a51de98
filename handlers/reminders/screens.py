"""What a reminder looks like, and what caseworkers see of what became of each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.appointment_cards import answers, state
from handlers.appointment_words import family_text, named
from handlers.calendar import AT_HOME, MOST_OF_PLACE
from handlers.callback import press
from handlers.fitting import page, shortened, turning
from handlers.reminders.rules import REASONS, When
from handlers.screen import Button, Screen, screen
from locales.phrase import F, Items, Moment, Phrase, S
from storage.appointments import Circle
from storage.records import (
    Answer,
    Appointment,
    AppointmentKind,
    AppointmentState,
    Person,
    Reminder,
    ReminderKind,
    ReminderState,
)
from storage.reminders import Listed

ROOM = "reminders"
ON_A_PAGE = 5
MOST_OF_ONE = 6
MOST_REASONS = 4  # the rest are counted as one
ON_A_LINE = 16
REMINDERS = {
    When.TOMORROW: F("appointments.tomorrow"),
    When.TODAY: F("appointments.today"),
    When.SOON: F("appointments.soon"),
}


def reminder(
    appointment: Appointment, answer: Answer | None, when: When, topic: Phrase | None = None
) -> Screen:
    """`topic` says what a session of a course is about."""
    about = () if topic is None else (topic,)
    asked = (state(appointment, answer),) if answer is None else ()
    text = (REMINDERS[when], family_text(appointment), *about, *asked)
    late_from = appointment.starts_at if when is When.SOON else None
    return screen(*text, buttons=answers(appointment, answer, late_from))


def of_one(circle: Circle, found: Sequence[Reminder]) -> Screen:
    """All reminders of one appointment: whose, which, when, and what became of it."""
    appointment = circle.appointment
    names = {parent.id: _called(parent) for parent in circle.parents}
    # who has left the family is no longer named
    lines = [_line(names[one.person_id], one) for one in found if one.person_id in names]
    told = S("reminders.of", family=circle.family, kind=S(f"kind.{appointment.kind}"), at=_at(appointment))
    text = S("reminders.lines", lines=Items(*lines[-MOST_OF_ONE:])) if lines else S("reminders.none")
    back = Button(S("reminders.back.button"), press("appointments", "open", appointment.id))
    return screen(told, text, buttons=((back,),))


def _called(parent: Person) -> str | Phrase:
    name = named(parent)
    return shortened(name, ON_A_LINE) if isinstance(name, str) else name


def _at(appointment: Appointment) -> Moment:
    return Moment(appointment.starts_at)


def _line(name: str | Phrase, one: Reminder) -> Phrase:
    return S(
        "reminders.line",
        name=name,
        which=S(f"reminders.which.{one.kind}"),
        at=Moment(one.due_at),
        state=_became(one),
    )


def _became(one: Reminder) -> Phrase:
    match one.state:
        case ReminderState.OWED:
            return S("reminders.owed")
        case ReminderState.POSTED:
            return S("reminders.posted")
        case ReminderState.DELIVERED:
            return S("reminders.delivered")
        case ReminderState.DROPPED:
            return S("reminders.dropped", why=_why(one.reason))


def _why(reason: str | None) -> Phrase:
    return S(f"reminders.why.{reason}") if reason in REASONS else S("reminders.why.other")


def week(found: Sequence[Listed], number: int = 0) -> Screen:
    """The last seven days: counted, then one by one, the newest first."""
    shown = page(found, number, ON_A_PAGE)
    lines = [_of_family(one) for one in shown.items]
    text = (
        (_counts(found), S("reminders.lines", lines=Items(*lines))) if lines else (S("reminders.quiet_week"),)
    )
    return screen(S("reminders.week"), *text, buttons=turning(shown, lambda to: press(ROOM, "week", to)))


def _of_family(one: Listed) -> Phrase:
    return S(
        "reminders.family_line",
        family=shortened(one.family, ON_A_LINE),
        name=shortened(one.name, ON_A_LINE) or S("appointments.parent"),
        which=S(f"reminders.which.{one.reminder.kind}"),
        at=Moment(one.reminder.due_at),
        state=_became(one.reminder),
    )


def _counts(found: Sequence[Listed]) -> Phrase:
    sent = sum(one.reminder.state is ReminderState.DELIVERED for one in found)
    waiting = sum(one.reminder.state in {ReminderState.OWED, ReminderState.POSTED} for one in found)
    reasons = Counter(one.reminder.reason for one in found if one.reminder.state is ReminderState.DROPPED)
    dropped = [
        S("reminders.dropped_for", n=n, why=_why(reason)) for reason, n in reasons.most_common(MOST_REASONS)
    ]
    rest = reasons.total() - sum(n for _, n in reasons.most_common(MOST_REASONS))
    if rest:
        dropped.append(S("reminders.dropped_for", n=rest, why=_why(None)))
    counted = [S("reminders.sent_count", n=sent)]
    if waiting:
        counted.append(S("reminders.waiting_count", n=waiting))
    return S("reminders.counts", counts=Items(*counted, *dropped))


def away(since: datetime, until: datetime, late: int, dropped: int) -> Screen:
    """After the bot was away: what that meant for this caseworker's families."""
    told = S("reminders.away", since=Moment(since), until=Moment(until), late=late, dropped=dropped)
    look = Button(S("reminders.menu.button"), press(ROOM, "week", 0))
    return screen(told, buttons=((look,),))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    reminded = [
        reminder(_specimen(now, kind, where), said, when)
        for kind in AppointmentKind
        for where in ("W" * MOST_OF_PLACE, AT_HOME)
        for said in (None, Answer.YES)
        for when in REMINDERS
    ]
    parent = Person("p" * 16, 1, "M" * 40, "de", "ar", blocked=False)
    rows = _all_that_can_be(now)
    one = _specimen(now, AppointmentKind.HOME_VISIT, AT_HOME)
    circle = Circle(one, "F" * 60, parent, (parent,), {}, {})
    listed = [Listed(row, one.kind, one.starts_at, "f", "F" * 60, "M" * 40) for row in rows]
    pages = [week(listed, number) for number in range(4)]
    return [*reminded, of_one(circle, rows), of_one(circle, ()), *pages, week(()), away(now, now, 999, 999)]


def _specimen(now: datetime, kind: AppointmentKind, where: str) -> Appointment:
    at, planned = now + timedelta(days=3), AppointmentState.PLANNED
    return Appointment("i" * 16, "f" * 16, "c", kind, at, where, planned, 99, None)


def _all_that_can_be(now: datetime) -> list[Reminder]:
    owed = Reminder(
        "r" * 16, "i" * 16, "p" * 16, ReminderKind.TWO_HOURS, now, ReminderState.OWED, None, settled_at=None
    )
    ended = [replace(owed, state=state) for state in ReminderState if state is not ReminderState.DROPPED]
    dropped = [replace(owed, state=ReminderState.DROPPED, reason=reason) for reason in (*REASONS, None)]
    return [*ended, *dropped, replace(owed, kind=ReminderKind.DAY_BEFORE)]
