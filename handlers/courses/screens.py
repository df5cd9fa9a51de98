"""What a family sees of a course, and what staff are told of a family's seat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.calendar import brief
from handlers.callback import press
from handlers.courses import rules
from handlers.courses.rules import Standing
from handlers.screen import Button, Row, Screen, screen
from locales import syllabi
from locales.languages import SOURCE
from locales.phrase import Address, Day, Endonym, F, Hour, Items, Phrase, S
from locales.translator import voice
from storage.records import Course, Family, Person, SeatState, Session

ROOM = "courses"
MOST_DAYS = 12  # of a course that a phone shows in one message

YES, NO = F("courses.yes.button"), F("courses.no.button")


@dataclass(frozen=True, slots=True)
class View:
    """A course as somebody who reads `language` sees it; `line` is the family's place on the waiting list."""

    course: Course
    sessions: tuple[Session, ...]
    language: str
    state: SeatState
    line: int = 0

    @property
    def title(self) -> str:
        return syllabi.title(self.course.syllabus, self.language)


def invitation(view: View) -> tuple[Phrase, ...]:
    """What is offered, from when until when, where, and that children are looked after."""
    course, days = view.course, rules.taking_place(view.sessions)
    first, last = (days[0], days[-1]) if days else (None, None)
    said = [
        F(
            "courses.invitation",
            title=view.title,
            day=Day(first.starts_at if first else course.starts_at),
            until=Day(last.starts_at if last else course.starts_at),
            hour=Hour(course.starts_at),
            n=len(days),
            place=Address(course.place),
        )
    ]
    return (*said, F("courses.child_care")) if course.child_care else tuple(said)


def card(view: View, now: datetime, *, moved_up: bool = False) -> Screen:
    """A parent's card: what it is, how the family stands, and what it may still say."""
    how = rules.standing(view.course, view.sessions, now)
    if how is Standing.CANCELLED:
        return screen(F("courses.cancelled_card", title=view.title))
    if how is Standing.OVER:
        return screen(F("courses.over_card", title=view.title))
    if view.state is SeatState.TAKEN:
        return _taken(view, now, moved_up=moved_up)
    return screen(*invitation(view), _stands(view), buttons=_ways(view))


def _stands(view: View) -> Phrase:
    match view.state:
        case SeatState.WAITING:
            return F("courses.waiting", n=view.line)
        case SeatState.DECLINED:
            return F("courses.declined")
        case SeatState.LEFT:
            return F("courses.left")
        case _:
            return F("courses.ask")


def _taken(view: View, now: datetime, *, moved_up: bool) -> Screen:
    """All that is ahead, in one message."""
    course = view.course
    said = [F("courses.moved_up") if moved_up else F("courses.taken")]
    place, hour = Address(course.place), Hour(course.starts_at)
    said.append(F("courses.days", title=view.title, hour=hour, place=place, days=_days(view, now)))
    if course.child_care:
        said.append(F("courses.child_care"))
    leaves = Button(F("courses.leave.button"), press(ROOM, "quit", course.id))
    return screen(*said, F("courses.reminded"), buttons=((leaves,),))


def _days(view: View, now: datetime) -> Items:
    ahead = rules.ahead(view.sessions, now)
    shown = [Day(one.starts_at) for one in ahead[:MOST_DAYS]]
    more = len(ahead) - len(shown)
    return Items(*shown, F("courses.more_days", n=more)) if more else Items(*shown)


def _ways(view: View) -> tuple[Row, ...]:
    id = view.course.id
    come, decline = Button(YES, press(ROOM, "come", id)), Button(NO, press(ROOM, "no", id))
    unclear = Button(F("courses.unclear.button"), press(ROOM, "unclear", id))
    match view.state:
        case SeatState.WAITING:
            return ((Button(F("courses.stop_waiting.button"), press(ROOM, "no", id)),), (unclear,))
        case SeatState.DECLINED | SeatState.LEFT:
            return ((Button(F("courses.after_all.button"), press(ROOM, "come", id)),), (unclear,))
        case _:
            return ((come,), (decline,), (unclear,))


def sure_to_leave(view: View) -> Screen:
    rows = (
        (Button(F("courses.leave_sure.button"), press(ROOM, "left", view.course.id)),),
        (Button(F("courses.stay.button"), press(ROOM, "stay", view.course.id)),),
    )
    return screen(F("courses.leave_sure", title=view.title), buttons=rows)


def rung_cancelled(view: View) -> Screen:
    """What rings when a whole course is off; the card itself only becomes a short line."""
    return screen(F("courses.cancelled", title=view.title))


def rung_session_cancelled(view: View, session: Session) -> Screen:
    """What rings when one day of it is off."""
    day, hour = Day(session.starts_at), Hour(session.starts_at)
    return screen(F("courses.session_cancelled", title=view.title, day=day, hour=hour))


def rung_left(view: View) -> Screen:
    """For the parents of a family that was taken out, or of which one has given the seat up."""
    return screen(F("courses.left_told", title=view.title))


def _about(course: Course) -> str:
    return syllabi.title(course.syllabus, SOURCE)


def told_taken(course: Course, family: Family) -> Screen:
    return screen(S("courses.told_taken", family=brief(family.label, 60), title=_about(course)))


def told_left(course: Course, family: Family) -> Screen:
    return screen(S("courses.told_left", family=brief(family.label, 60), title=_about(course)))


def told_moved_up(course: Course, family: Family) -> Screen:
    return screen(S("courses.told_moved_up", family=brief(family.label, 60), title=_about(course)))


def told_unclear(course: Course, family: Family, parent: Person) -> Screen:
    name = brief(parent.name, 60) or S("appointments.parent")
    return screen(S("courses.told_unclear", name=name, family=brief(family.label, 60), title=_about(course)))


def read_in(views: Sequence[View]) -> list[Phrase]:
    """The invitation as each language reads it, for the preview; only a very long place is cut there."""
    views = [replace(view, course=replace(view.course, place=brief(view.course.place, 40))) for view in views]
    return [
        S(
            "courses.reads",
            language=Endonym(view.language),
            text="\n".join(voice(view.language).say(one) for one in invitation(view)),
        )
        for view in views
    ]


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    from handlers.courses.samples import samples

    return samples(now)
