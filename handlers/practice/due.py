"""What time does: the next exercise, the question on the day after, one kind word, and then rest."""

from datetime import datetime, timedelta

from handlers import consenting, desk
from handlers.practice import actions, rules, screens
from handlers.practice.actions import ASK, NEXT, TIME
from handlers.practising import begins
from handlers.screen import Screen
from locales import courses
from storage.records import CourseState, Family, Lane, Person, Practice, PracticeState, Purpose, SeatState
from storage.store import Store


def opens(store: Store, now: datetime) -> None:
    """Whatever was lost: every place under way is owed what comes next."""
    for practice in store.practices.under_way():
        if all(store.timers.due_at(kind, practice.id) is None for kind in (ASK, NEXT)):
            person = store.people.known(practice.person_id)
            if person is not None:
                actions.owe(store, practice, person, now)


def begin(store: Store, course_id: str, now: datetime) -> None:
    """A session of a course is over: each parent with a seat who has none yet gets a place in its exercises."""
    course = store.courses.get(course_id)
    if course is None or course.state is not CourseState.OPEN:
        return
    if courses.syllabus(course.syllabus) is None:
        begins(store, course_id, rules.tomorrow(now))
        return
    taking_place = [one for one in store.training.of_course(course_id) if one.cancelled_at is None]
    ends = [one.starts_at + timedelta(minutes=course.minutes) for one in taking_place]
    ahead = [end for end in ends if end > now]
    if ahead:
        begins(store, course_id, min(ahead))
    for seat in store.courses.seats(course_id) if len(ahead) < len(ends) else ():
        family = store.families.get(seat.family_id) if seat.state is SeatState.TAKEN else None
        for parent in store.people.of_family(seat.family_id) if family else ():
            _begin(store, parent, family, course.syllabus, now)


def _begin(store: Store, parent: Person, family: Family | None, syllabus: str, now: datetime) -> None:
    made = actions.begin(store, parent, family, syllabus, now) if family else None
    if made is not None:
        shown = screens.intro(actions.at(store, made, parent, now))
        desk.post(store, parent, shown, now, Lane.NEWS, actions.about(made))


def next_one(store: Store, scope: str, now: datetime) -> None:
    """The next exercise comes."""
    practice = store.practices.get(scope)
    if practice is None or practice.state is not PracticeState.WAITING:
        return
    person = _reached(store, practice, now, NEXT)
    given = actions.hand_out(store, practice, person, now, TIME, practice.step) if person else None
    if given is not None and person is not None:
        _post(store, given, person, screens.place(actions.at(store, given, person, now)), now)


def ask(store: Store, scope: str, now: datetime) -> None:
    """The day after we ask; where nothing is said, one kind word follows, and then it rests."""
    practice = store.practices.get(scope)
    if practice is None or practice.state not in actions.ON_HAND:
        return
    person = _reached(store, practice, now, ASK)
    if person is None:
        return
    first = practice.state is PracticeState.SENT
    state = PracticeState.ASKED if first else PracticeState.RESTING
    moved = actions.moved_on(store, practice, state, person, now)
    if moved is not None:
        at = actions.at(store, moved, person, now)
        _post(store, moved, person, screens.ask(at) if first else screens.softly(at), now)


def _reached(store: Store, practice: Practice, now: datetime, kind: str) -> Person | None:
    """The person, if they are to hear from us now; else it waits, or rests when they have left.

    It waits while they pause, and while there is no such exercise: somebody may be mending the course's file.
    """
    person = store.people.known(practice.person_id)
    if person is None:
        store.practices.advance(practice, PracticeState.RESTING, now)
        return None
    if not _belongs(store, practice, person):
        actions.moved_on(store, practice, PracticeState.RESTING, person, now)
        return None
    if person.paused or courses.exercise(practice.syllabus, practice.step, "") is None:
        store.timers.set(kind, practice.id, rules.tomorrow(now))
        return None
    return person


def _belongs(store: Store, practice: Practice, person: Person) -> bool:
    welcome = not person.blocked and consenting.has(store, person, Purpose.CONTACT)
    return welcome and store.families.is_member(practice.family_id, person.id)


def _post(store: Store, practice: Practice, person: Person, shown: Screen, now: datetime) -> None:
    desk.post(store, person, shown, now, Lane.NEWS, actions.about(practice))
