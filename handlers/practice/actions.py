"""Giving exercises, going on with them, resting, coming back: a place goes forward and is never lost."""

from collections.abc import Sequence
from datetime import datetime

from handlers import access, consenting, desk, reminding
from handlers.access import Act, Asking
from handlers.practice import rules, screens, seen
from handlers.practice.at import At
from handlers.refusal import Refusal
from locales import courses
from locales.phrase import F
from storage.records import (
    CourseState,
    Family,
    Lane,
    Pace,
    Person,
    Practice,
    PracticeState,
    Practised,
    Purpose,
    SeatState,
    Why,
)
from storage.store import Store

ASK, NEXT = "practice.ask", "practice.next"
TIME = "time"  # who acts in the journal when nobody does
DONE_SOMETHING = frozenset({Practised.YES, Practised.BIT})
ON_HAND = frozenset({PracticeState.SENT, PracticeState.ASKED})


def about(practice: Practice) -> str:
    """The name under which cards and deliveries belong to it."""
    return f"practice:{practice.id}"


def at(store: Store, practice: Practice, person: Person, now: datetime) -> At:
    """The place as its person is to see it."""
    said = store.practices.said(practice.id).values()
    done = sum(answer in DONE_SOMETHING for answer, _ in said)
    return At(practice, desk.voice_of(person).language, _coming(practice, person, now), now, done)


def mine(store: Store, id: str, *, by: Person, now: datetime) -> Practice:
    """One's own place. Raises Refusal for anybody else's, and for whoever belongs to the family no more."""
    found = store.practices.get(id)
    access.authorise(Asking(store, by, now), Act.PRACTISE, found)
    if found is None or found.person_id != by.id:
        raise Refusal(F("practice.not_yours"))
    return found


def open_to(store: Store, family: Family, person: Person) -> list[str]:
    """The courses in which the family has a seat and this parent has not begun; their names as files have them."""
    begun = {one.syllabus for one in store.practices.of_person(person.id)}
    taken = (
        store.courses.get(seat.course_id)
        for seat in store.courses.of_family(family.id)
        if seat.state is SeatState.TAKEN
    )
    found = {one.syllabus for one in taken if one is not None and one.state is CourseState.OPEN}
    return sorted(id for id in found - begun if courses.syllabus(id))


def begin(
    store: Store, parent: Person, family: Family, syllabus: str, now: datetime, by: str = TIME
) -> Practice | None:
    """Gives a parent a place in a course's exercises and tells them; None when they have one, or want no messages."""
    if any(one.syllabus == syllabus for one in store.practices.of_person(parent.id)):
        return None
    if courses.syllabus(syllabus) is None or not consenting.has(store, parent, Purpose.CONTACT):
        return None
    made = store.practices.start(parent.id, family.id, syllabus, now)
    owe(store, made, parent, now)
    store.journal.write(now, by, "practice.begun", about(made), family.id)
    return made


def give(store: Store, family: Family, syllabus: str, *, by: Person, now: datetime) -> list[Person]:
    """A caseworker gives all parents of a family a course's exercises; returns those who can't be written to."""
    access.authorise(Asking(store, by, now), Act.GIVE_PRACTICE, family)
    parents = store.people.of_family(family.id)
    for parent in parents:
        made = begin(store, parent, family, syllabus, now, by.id)
        again = None if made else _goes_on(store, parent, family, syllabus, now, by.id)
        shown = screens.intro if made else screens.place
        for place in filter(None, (made, again)):
            desk.post(store, parent, shown(at(store, place, parent, now)), now, Lane.NEWS, about(place))
    return consenting.by_phone(store, parents)


def _goes_on(
    store: Store, parent: Person, family: Family, syllabus: str, now: datetime, by: str
) -> Practice | None:
    """The place of a parent who was through before the course's file grew: what was added comes to them now."""
    places = [one for one in store.practices.of_person(parent.id) if one.syllabus == syllabus]
    known = next((one for one in places if at(store, one, parent, now).has_more), None)
    if known is None or not consenting.has(store, parent, Purpose.CONTACT):
        return None
    moved = moved_on(store, known, PracticeState.WAITING, parent, now)
    if moved is not None:
        store.journal.write(now, by, "practice.begun", about(moved), family.id)
    return moved


def hand_out(
    store: Store, practice: Practice, person: Person, now: datetime, by: str, step: int
) -> Practice | None:
    """The exercise of this step is at hand from now on; None when somebody was first, or there is none left."""
    course = courses.syllabus(practice.syllabus)
    over = course is not None and step >= course.exercises
    if course is None or (over and practice.state is PracticeState.DONE):
        return None
    if over:
        return _moved(store, practice, PracticeState.DONE, person, now, step)
    given = _moved(store, practice, PracticeState.SENT, person, now, step)
    if given is not None:
        store.journal.write(now, by, "practice.sent", about(practice), practice.family_id)
    return given


def answer(
    store: Store, practice: Practice, said: Practised, *, by: Person, now: datetime
) -> Practice | None:
    """Stores what was said about the exercise at hand and goes on; None when somebody was first.

    What was done brings the next exercise, what was not stays where it is.
    """
    course = courses.syllabus(practice.syllabus)
    step = practice.step + (said in DONE_SOMETHING)
    over = course is not None and step >= course.exercises
    state = PracticeState.DONE if over else PracticeState.WAITING
    moved = _moved(store, practice, state, by, now, step)
    if moved is not None:
        _said(store, practice, said, now)
    return moved


def question(store: Store, practice: Practice, *, by: Person, now: datetime) -> Person | None:
    """Whoever works with the family is to call. The exercise stays as it is. Returns who was told first."""
    family = store.families.get(practice.family_id)
    if family is None:
        return None
    told = access.in_charge(store, family, now) or [store.people.get(family.caseworker_id)]
    waiting = store.calls.open_of(family.caseworker_id, now)
    known = any(call.person_id == by.id and call.why is Why.QUESTION for call in waiting)
    _said(store, practice, Practised.QUESTION, now)
    store.calls.add(family.id, by.id, Why.QUESTION, now)
    for person in () if known else told:
        shown = seen.asks(family, practice, desk.voice_of(person).language)
        desk.post(store, person, shown, now, Lane.NEWS, about(practice))
    return told[0]


def rest(store: Store, practice: Practice, person: Person, now: datetime) -> Practice | None:
    """A pause: nothing is owed, and the place stays."""
    if practice.state is PracticeState.DONE:
        return None
    rested = _moved(store, practice, PracticeState.RESTING, person, now, practice.step)
    if rested is not None:
        store.journal.write(now, person.id, "practice.rested", about(practice), practice.family_id)
    return rested


def pace(store: Store, practice: Practice, chosen: Pace, person: Person, now: datetime) -> Practice:
    """Another pace, from the next exercise on."""
    paced = store.practices.pace(practice, chosen)
    owe(store, paced, person, now)
    return paced


def owe(store: Store, practice: Practice, person: Person, now: datetime) -> None:
    """Sets the one timer that this place needs, and drops all others."""
    for kind in (ASK, NEXT):
        store.timers.drop(kind, practice.id)
    match practice.state:
        case PracticeState.WAITING:
            store.timers.set(NEXT, practice.id, _coming(practice, person, now))
        case PracticeState.SENT:
            hour = reminding.custom(store).hour
            store.timers.set(ASK, practice.id, rules.asked_at(person, practice.at, hour))
        case PracticeState.ASKED:
            store.timers.set(ASK, practice.id, rules.softly_at(practice.at))


def moved_on(
    store: Store, practice: Practice, state: PracticeState, person: Person, now: datetime
) -> Practice | None:
    """The same exercise in another state, with what time owes for it; None when somebody was first."""
    return _moved(store, practice, state, person, now, practice.step)


def family_of(store: Store, family: Family) -> Sequence[tuple[Person, Practice, datetime | None]]:
    """Where each parent of a family stands, with the day of their last answer."""
    people = {one.id: one for one in store.people.of_family(family.id)}
    found = [one for one in store.practices.of_family(family.id) if one.person_id in people]
    return [(people[one.person_id], one, _last(store, one)) for one in found]


def _coming(practice: Practice, person: Person, now: datetime) -> datetime:
    due = rules.next_at(person, practice.pace, practice.at)
    return due if due > now else rules.next_at(person, Pace.DAILY, now)


def _last(store: Store, practice: Practice) -> datetime | None:
    return max((when for _, when in store.practices.said(practice.id).values()), default=None)


def _moved(
    store: Store, practice: Practice, state: PracticeState, person: Person, now: datetime, step: int
) -> Practice | None:
    moved = store.practices.advance(practice, state, now, step=step)
    if moved is not None:
        owe(store, moved, person, now)
    return moved


def _said(store: Store, practice: Practice, said: Practised, now: datetime) -> None:
    store.practices.say(practice.id, practice.step, said, now)
    store.journal.write(now, practice.person_id, "practice.answered", about(practice), practice.family_id)
