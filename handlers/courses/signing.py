"""What parents press on the card of a course."""

from handlers import access, consenting, desk
from handlers.access import Act
from handlers.courses import actions, cards, rules, screens, seating
from handlers.given import part
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import F, Phrase, S
from storage.records import Course, Family, Purpose, SeatState, Why


def come(turn: Turn) -> None:
    """✅: a seat if one is free, otherwise the end of the waiting list; told as it is."""
    course, family, state = _asked(turn)
    if not _is_open(turn, course):
        return _say(turn, course, family, F("courses.stale.toast"))
    if consenting.asked_first(turn.store, turn.person, Purpose.CONTACT, turn.now):
        return None
    if state not in {SeatState.TAKEN, SeatState.WAITING}:
        state = seating.come(turn.store, course, family, by=turn.person, now=turn.now)
        for parent in turn.store.people.of_family(family.id):
            if state is SeatState.TAKEN and parent.id != turn.person.id:
                cards.ring(turn.store, course, parent, turn.now)
    said = F("courses.taken.toast") if state is SeatState.TAKEN else F("courses.waiting.toast")
    return _say(turn, course, family, said)


def no(turn: Turn) -> None:
    """❌: whoever has a seat by now is asked once more."""
    course, family, state = _asked(turn)
    if not _is_open(turn, course):
        return _say(turn, course, family, F("courses.stale.toast"))
    if state is SeatState.TAKEN:
        return quitting(turn)
    seating.decline(turn.store, course, family, by=turn.person, now=turn.now)
    return _say(turn, course, family, F("courses.declined.toast"))


def unclear(turn: Turn) -> None:
    """❓: whoever works with the family is told once, and it stands on the call list until somebody called."""
    course, family, _ = _asked(turn)
    if not turn.store.calls.is_owed(turn.person.id, Why.UNCLEAR):
        turn.store.calls.add(family.id, turn.person.id, Why.UNCLEAR, turn.now)
        shown = screens.told_unclear(course, family, turn.person)
        seating.tell_staff(turn.store, course, family, shown, turn.now)
        turn.note("course.unclear", cards.about(course.id), family.id)
    _say(turn, course, family, F("courses.unclear.toast"))


def quitting(turn: Turn) -> None:
    """Asks once more: the seat goes to somebody else at once."""
    course, family, state = _asked(turn)
    if state is not SeatState.TAKEN or not _is_open(turn, course):
        return _say(turn, course, family, F("courses.stale.toast"))
    return turn.show(screens.sure_to_leave(_view(turn, course, state)), about=cards.about(course.id))


def left(turn: Turn) -> None:
    course, family, state = _asked(turn)
    done = state is SeatState.TAKEN and actions.take_out(
        turn.store, course, family, by=turn.person, now=turn.now
    )
    _say(turn, course, family, F("courses.left.toast") if done else F("courses.stale.toast"))


def stay(turn: Turn) -> None:
    course, family, _ = _asked(turn)
    _say(turn, course, family, None)


def _asked(turn: Turn) -> tuple[Course, Family, SeatState]:
    """The course behind a parent's button and how the family stands. Raises Refusal for whoever was not invited."""
    course, family = turn.store.courses.get(part(turn)), turn.store.families.of_person(turn.person.id)
    seat = turn.store.courses.seat(course.id, family.id) if course and family else None
    if course is None or family is None or seat is None or not access.may(turn, Act.JOIN_COURSE, seat):
        raise Refusal(S("courses.not_yours") if turn.person.is_staff else F("courses.not_yours"))
    return course, family, seat.state


def _is_open(turn: Turn, course: Course) -> bool:
    sessions = turn.store.training.of_course(course.id)
    return rules.standing(course, sessions, turn.now) is rules.Standing.OPEN


def _view(turn: Turn, course: Course, state: SeatState) -> screens.View:
    return screens.View(course, (), desk.voice_of(turn.person).language, state)


def _say(turn: Turn, course: Course, family: Family, toast: Phrase | None) -> None:
    """Every card of the family shows what holds now, the pressed message too."""
    if toast is not None:
        turn.flash(toast)
    pressed = turn.asked.message_id
    if not cards.follow(turn.store, course, family.id, turn.now, pressed=pressed):
        turn.show(_seen(turn, course))


def _seen(turn: Turn, course: Course) -> Screen:
    return cards.seen(turn.store, course, turn.person, turn.now)
