"""What whoever leads a course presses: the list, the sheet, families, single days, the end of it all."""

from handlers.access import Act, authorise, has_listed
from handlers.courses import actions, rules, sheets
from handlers.courses.sheets import Named, Overview
from handlers.given import part
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.turn import Turn
from locales import syllabi
from locales.languages import SOURCE
from locales.phrase import S
from storage.records import AppointmentState, Course, Family, Person, SeatState, Session


def listed(turn: Turn) -> None:
    authorise(turn, Act.LIST_TRAININGS)
    led = turn.store.courses.led_by(turn.person.id, turn.now, sheets.LISTED)
    turn.show(sheets.listed([overview(turn, course) for course in led]))


def opened(turn: Turn) -> None:
    turn.show(shown(turn, known(turn)))


def known(turn: Turn, act: Act = Act.SEE_COURSE, id: str | None = None) -> Course:
    """The course behind a button. Raises Refusal unless this caseworker leads it, or stands in for who does."""
    course = turn.store.courses.get(part(turn) if id is None else id)
    if course is None:
        authorise(turn, Act.LIST_TRAININGS)
        raise Refusal(S("courses.gone"))
    authorise(turn, act, course)
    return course


def known_session(turn: Turn, act: Act, id: str | None = None) -> Session:
    """The session behind a button, of a course or by itself. Raises Refusal as above."""
    session = turn.store.training.get(part(turn) if id is None else id)
    if session is None:
        authorise(turn, Act.LIST_TRAININGS)
        raise Refusal(S("courses.gone"))
    authorise(turn, act, session)
    return session


def overview(turn: Turn, course: Course) -> Overview:
    store, now = turn.store, turn.now
    sessions = store.training.of_course(course.id)
    offer = store.agency.offer(course.offer_id)
    names = {site.id: site.name for site in store.agency.sites()}
    return Overview(
        course,
        names.get(offer.site_id, "") if offer else "",
        tuple(sessions),
        rules.counts(store.courses.seats(course.id)),
        {one.id: rules.presence(marks_of(turn, one)) for one in rules.begun(sessions, now)},
        rules.standing(course, sessions, now),
        len(actions.uninvited(store, course)),
    )


def marks_of(turn: Turn, session: Session) -> list[bool | None]:
    """What is noted of each family at one session: it came if somebody of it did; None where nothing is noted."""
    planned = turn.store.appointments.of_session(session.id)
    noted = (
        turn.store.attendances.of(one.id).values() for one in planned if one.state is AppointmentState.PLANNED
    )
    return [any(marks) if marks else None for marks in noted]


def shown(turn: Turn, course: Course) -> Screen:
    return sheets.sheet(overview(turn, course), turn.now)


def name_of(turn: Turn, family: Family) -> str:
    """A colleague's family is named by its colleague alone, as long as it has not signed up."""
    if family.caseworker_id == turn.person.id:
        return family.label
    whose: Person = turn.store.people.get(family.caseworker_id)
    return turn.voice.say(S("courses.familys_of", name=whose.name))


def families(turn: Turn) -> None:
    turn.show(_families(turn, known(turn)))


def _families(turn: Turn, course: Course) -> Screen:
    stand = {SeatState.TAKEN: list[Named](), SeatState.WAITING: list[Named]()}
    for seat in turn.store.courses.seats(course.id):
        family = turn.store.families.get(seat.family_id) if seat.state in stand else None
        if family is not None:
            stand[seat.state].append(Named(family.id, family.label))
    both = (*stand[SeatState.TAKEN], *stand[SeatState.WAITING])
    has_listed(turn, Act.SEE_COURSE, [one.family_id for one in both])
    return sheets.families(overview(turn, course), stand[SeatState.TAKEN], stand[SeatState.WAITING])


def taking_out(turn: Turn) -> None:
    course, family = _seated(turn)
    turn.show(sheets.sure_out(overview(turn, course), Named(family.id, family.label)))


def taken_out(turn: Turn) -> None:
    course, family = _seated(turn)
    done = actions.take_out(turn.store, course, family, by=turn.person, now=turn.now)
    turn.flash(S("courses.out.toast") if done else S("courses.stale.toast"))
    turn.show(_families(turn, course))


def _seated(turn: Turn) -> tuple[Course, Family]:
    course = known(turn, Act.LEAD_COURSE)
    seat = turn.store.courses.seat(course.id, part(turn, 1))
    family = turn.store.families.get(seat.family_id) if seat else None
    if family is None or seat is None or seat.state is not SeatState.TAKEN:
        raise Refusal(S("courses.stale.toast"))
    return course, family


def others(turn: Turn) -> None:
    turn.show(_others(turn, known(turn)))


def _others(turn: Turn, course: Course) -> Screen:
    uninvited = actions.uninvited(turn.store, course)
    has_listed(turn, Act.SEE_COURSE, [one.id for one in uninvited if one.caseworker_id == turn.person.id])
    named = [Named(family.id, name_of(turn, family)) for family in uninvited]
    return sheets.others(overview(turn, course), named)


def invited(turn: Turn) -> None:
    """Somebody whose language is none of the course's is invited all the same."""
    course = known(turn, Act.LEAD_COURSE)
    family = next((one for one in actions.uninvited(turn.store, course) if one.id == part(turn, 1)), None)
    open_ = overview(turn, course).how is rules.Standing.OPEN
    done = (
        family is not None
        and open_
        and actions.invite(turn.store, course, family, by=turn.person, now=turn.now)
    )
    turn.flash(S("courses.invited.toast") if done else S("courses.stale.toast"))
    turn.show(_others(turn, course))


def cancelling(turn: Turn) -> None:
    """Asks once more before a whole course is called off."""
    course = known(turn, Act.LEAD_COURSE)
    seen = overview(turn, course)
    turn.show(sheets.sure_course(seen) if seen.how is rules.Standing.OPEN else sheets.sheet(seen, turn.now))


def cancelled(turn: Turn) -> None:
    course = known(turn, Act.LEAD_COURSE)
    still = overview(turn, course).how is rules.Standing.OPEN
    done = still and actions.cancel_course(turn.store, course, by=turn.person, now=turn.now)
    turn.flash(S("courses.cancelled.toast") if done else S("courses.stale.toast"))
    turn.show(shown(turn, known(turn)))


def calling_off(turn: Turn) -> None:
    """Asks once more before one day is called off."""
    session = known_session(turn, Act.LEAD_COURSE)
    if session.course_id is None or session.cancelled_at is not None or session.starts_at <= turn.now:
        raise Refusal(S("courses.stale.toast"))
    turn.show(sheets.sure_session(session, title_of(turn, session)))


def called_off(turn: Turn) -> None:
    session = known_session(turn, Act.LEAD_COURSE)
    course = known(turn, Act.LEAD_COURSE, session.course_id or "")
    done = actions.cancel_session(turn.store, course, session, by=turn.person, now=turn.now)
    turn.flash(S("courses.session_off.toast") if done else S("courses.stale.toast"))
    turn.show(shown(turn, course))


def title_of(turn: Turn, session: Session) -> str:
    """What a session is called: number and topic in its course, or just training."""
    course = turn.store.courses.get(session.course_id) if session.course_id else None
    if course is None:
        return turn.voice.say(S("offer.parent_training"))
    topic = syllabi.topic(course.syllabus, session.number or 0, SOURCE)
    return f"{session.number} · {topic}" if topic else f"{session.number}"


def plan_of(turn: Turn, session: Session) -> tuple[str, ...]:
    """What one does at a session, as the course's German file says it; empty where nothing is written."""
    course = turn.store.courses.get(session.course_id) if session.course_id else None
    written = syllabi.session(course.syllabus, session.number or 0, SOURCE) if course else None
    return written.what_we_do if written else ()
