"""What whoever leads a course sees of it: the list, the sheet, its families, one session, the certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.calendar import brief
from handlers.callback import press
from handlers.courses import rules
from handlers.courses.rules import Counts, Presence, Standing
from handlers.courses.screens import ROOM
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales import syllabi
from locales.languages import SOURCE
from locales.phrase import Address, Day, Hour, Items, Phrase, S
from locales.zone import here
from storage.records import Course, Session

NEW = S("courses.new.button")
LISTED, ON_SHEET, WAITING = 8, 12, 8
SIGNS = {True: "✅", False: "❌", None: "▫️"}


@dataclass(frozen=True, slots=True)
class Overview:
    """A course with all that is counted of it; `marked` holds what is noted, by session id."""

    course: Course
    site: str
    sessions: tuple[Session, ...]
    counts: Counts
    marked: dict[str, Presence]
    how: Standing
    others: int = 0  # enrolled families that were not invited

    @property
    def title(self) -> str:
        return syllabi.title(self.course.syllabus, SOURCE)


@dataclass(frozen=True, slots=True)
class Chair:
    """A parent at a session: what is noted, and which button notes it. `off`: they had said that they can't come."""

    appointment_id: str
    person_id: str
    label: str
    came: bool | None
    off: bool = False

    @property
    def awaited(self) -> bool:
        """Whoever came all the same counts as everybody else."""
        return not self.off or self.came is not None


@dataclass(frozen=True, slots=True)
class Named:
    """A family as a button names it, by id."""

    family_id: str
    label: str


def listed(courses: Sequence[Overview]) -> Screen:
    rows = [(Button(_named(one), press(ROOM, "open", one.course.id)),) for one in courses[:LISTED]]
    lines = Items(*(_line(one) for one in courses[:LISTED]))
    text = S("courses.list", courses=lines) if courses else S("courses.none")
    to_sessions = Button(S("training.list.button"), press("training", "list"))
    return screen(text, buttons=(*rows, (Button(NEW, press(ROOM, "new")),), (to_sessions,)))


def _named(one: Overview) -> str:
    day = one.course.starts_at.astimezone(here())
    return brief(f"{day:%d.%m.} {one.title}")


def _line(one: Overview) -> Phrase:
    course, said = one.course, one.counts
    if one.how is Standing.CANCELLED:
        return S("courses.line_cancelled", title=one.title, day=Day(course.starts_at))
    return S(
        "courses.line",
        title=one.title,
        day=Day(course.starts_at),
        taken=said.taken,
        seats=course.seats,
        waiting=said.waiting,
    )


def _head(one: Overview) -> Phrase:
    course = one.course
    return S(
        "courses.head",
        title=one.title,
        site=brief(one.site, 40),
        day=Day(course.starts_at),
        hour=Hour(course.starts_at),
        place=Address(course.place),
    )


def sheet(one: Overview, now: datetime) -> Screen:
    """One course: seats, each session, and how many came."""
    course, said = one.course, one.counts
    back: Row = (Button(S("courses.list.button"), press(ROOM, "list")),)
    if one.how is Standing.CANCELLED:
        return screen(_head(one), S("courses.is_cancelled"), buttons=(*_papers(one, now), back))
    counted = S(
        "courses.counts",
        taken=said.taken,
        seats=course.seats,
        waiting=said.waiting,
        declined=said.declined,
        open=said.open,
    )
    text = [_head(one), counted, S("courses.sessions", sessions=Items(*_session_lines(one, now)))]
    rate = rules.rate(one.marked)
    if rate is not None:
        text.append(S("courses.rate", rate=rate))
    sessions = in_rows([_session_button(session) for session in one.sessions], 4)
    back = (Button(S("training.refresh.button"), press(ROOM, "open", course.id)), *back)
    return screen(*text, buttons=(*sessions, *_ways(one, now), back))


def _ways(one: Overview, now: datetime) -> list[Row]:
    id, rows = one.course.id, list[Row]()
    if one.counts.taken or one.counts.waiting:
        rows.append((Button(S("courses.families.button"), press(ROOM, "families", id)),))
    if one.others and one.how is Standing.OPEN:
        rows.append((Button(S("courses.others.button", n=one.others), press(ROOM, "others", id)),))
    rows += _papers(one, now)
    if one.how is Standing.OPEN:
        rows.append((Button(S("courses.cancel.button"), press(ROOM, "cancel", id)),))
    return rows


def _papers(one: Overview, now: datetime) -> list[Row]:
    """What took place earns its paper, also where the rest was called off."""
    opens = Button(S("courses.papers.button"), press(ROOM, "papers", one.course.id))
    return [(opens,)] if rules.held(one.sessions, now) else []


def _session_lines(one: Overview, now: datetime) -> list[Phrase]:
    """Of many sessions those around now."""
    past = len([session for session in one.sessions if session.starts_at <= now])
    first = max(0, min(past - ON_SHEET // 2, len(one.sessions) - ON_SHEET))
    return [_session_line(session, one) for session in one.sessions[first : first + ON_SHEET]]


def _session_line(session: Session, one: Overview) -> Phrase:
    n, day, noted = session.number or 0, Day(session.starts_at), one.marked.get(session.id)
    if session.cancelled_at is not None:
        return S("courses.session_line_off", n=n, day=day)
    if noted is None or not noted.came + noted.absent:
        return S("courses.session_line", n=n, day=day)
    return S("courses.session_line_noted", n=n, day=day, came=noted.came, absent=noted.absent)


def _session_button(session: Session) -> Button:
    day = session.starts_at.astimezone(here())
    return Button(f"{session.number} · {day:%d.%m.}", press(ROOM, "session", session.id))


def session(
    session: Session, title: str, chairs: Sequence[Chair], now: datetime, plan: Sequence[str] = ()
) -> Screen:
    """One session and what one does there.

    Once its doors are open, each parent is a button that notes with one tap who is there.
    """
    topic = [S("courses.session", title=title, day=Day(session.starts_at), hour=Hour(session.starts_at))]
    topic += [S("courses.plan", lines=Items(*plan))] if plan else []
    id, back = session.id, (_back(session),)
    if session.cancelled_at is not None:
        return screen(*topic, S("courses.session_is_off"), buttons=(back,))
    off = (Button(S("courses.session_off.button"), press(ROOM, "off", id)),)
    awaited = [chair for chair in chairs if chair.awaited]
    if not rules.may_note(session, now):
        rows = (off, back) if session.course_id else (back,)
        return screen(*topic, S("courses.session_ahead", n=len(awaited)), buttons=rows)
    if not chairs:
        return screen(*topic, S("courses.nobody_expected"), buttons=(back,))
    noted = rules.presence(chair.came for chair in awaited)
    said = S("courses.presence", came=noted.came, absent=noted.absent, open=noted.open)
    taps = in_rows([_chair(chair) for chair in chairs], 2)
    rest = ((Button(S("courses.rest_absent.button"), press(ROOM, "rest", id)),),) if noted.open else ()
    called_off = (off,) if session.course_id and session.starts_at > now else ()
    return screen(*topic, said, S("courses.tap"), buttons=(*taps, *rest, *called_off, back))


def _chair(chair: Chair) -> Button:
    carried = press(ROOM, "tap", chair.appointment_id, chair.person_id)
    if not chair.awaited:
        return Button(S("courses.chair_off.button", family=brief(chair.label, 18)), carried)
    return Button(brief(f"{SIGNS[chair.came]} {chair.label}"), carried)


def _back(session: Session) -> Button:
    if session.course_id:
        return Button(S("courses.back.button"), press(ROOM, "open", session.course_id))
    return Button(S("training.list.button"), press("training", "open", session.id))


def sure_session(session: Session, title: str) -> Screen:
    day, hour = Day(session.starts_at), Hour(session.starts_at)
    rows = (
        (Button(S("courses.off_sure.button"), press(ROOM, "offsure", session.id)),),
        (Button(S("training.keep.button"), press(ROOM, "session", session.id)),),
    )
    return screen(S("courses.off_sure", title=title, day=day, hour=hour), buttons=rows)


def sure_course(one: Overview) -> Screen:
    rows = (
        (Button(S("courses.cancel_sure.button"), press(ROOM, "sure", one.course.id)),),
        (Button(S("courses.keep.button"), press(ROOM, "open", one.course.id)),),
    )
    return screen(_head(one), S("courses.cancel_sure"), buttons=rows)


def families(one: Overview, seated: Sequence[Named], waiting: Sequence[Named]) -> Screen:
    """Who has a seat and who waits; a button takes a family out that can't press itself."""
    nobody = S("courses.nobody")
    text = S(
        "courses.families",
        title=one.title,
        seated=Items(*(brief(family.label, 24) for family in seated)) if seated else nobody,
        waiting=Items(*(brief(family.label, 24) for family in waiting[:WAITING])) if waiting else nobody,
    )
    id = one.course.id
    out = [Button(brief(f"➖ {family.label}"), press(ROOM, "out", id, family.family_id)) for family in seated]
    return screen(text, buttons=(*in_rows(out, 2), (_to_course(id),)))


def sure_out(one: Overview, family: Named) -> Screen:
    carried = press(ROOM, "outsure", one.course.id, family.family_id)
    rows = (
        (Button(S("courses.out_sure.button"), carried),),
        (Button(S("courses.keep.button"), press(ROOM, "families", one.course.id)),),
    )
    return screen(S("courses.out_sure", family=brief(family.label, 60), title=one.title), buttons=rows)


def others(one: Overview, uninvited: Sequence[Named]) -> Screen:
    """Enrolled families that read none of the course's languages, or came later: each can be invited all the same."""
    id = one.course.id
    if not uninvited:
        return screen(S("courses.no_others"), buttons=((_to_course(id),),))
    ways = [
        Button(brief(f"✉️ {one.label}"), press(ROOM, "invite", id, one.family_id)) for one in uninvited[:40]
    ]
    return screen(S("courses.others", title=one.title), buttons=(*in_rows(ways, 2), (_to_course(id),)))


def course_over(course_id: str, title: str) -> Screen:
    """After the last session: who has earned a certificate is one tap away."""
    opens = Button(S("courses.papers.button"), press(ROOM, "papers", course_id))
    return screen(S("courses.is_over", title=title), buttons=((opens,),))


def not_delivered(title: str) -> Screen:
    """A certificate found no way to a parent."""
    return screen(S("courses.paper_lost", title=title))


def _to_course(id: str) -> Button:
    return Button(S("courses.back.button"), press(ROOM, "open", id))
