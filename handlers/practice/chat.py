"""🎯: the exercises, the answers to them, the pace; and what a caseworker gives and sees."""

from handlers import access, consenting
from handlers.access import Act
from handlers.given import number, part
from handlers.practice import actions, due, rules, screens, seen
from handlers.practice.actions import ASK, NEXT
from handlers.practice.at import At
from handlers.practising import BEGIN
from handlers.room import Room, on_presses, on_words
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import F, S
from storage.records import Family, Pace, Practice, PracticeState, Practised, Purpose


def menu(turn: Turn) -> None:
    """🎯: one's place, or the places to choose from."""
    turn.store.dialogues.drop(turn.person.id)
    family = access.own_family(turn, Act.PRACTISE)
    if consenting.asked_first(turn.store, turn.person, Purpose.CONTACT, turn.now):
        return
    begun = [one for one in turn.store.practices.of_person(turn.person.id) if one.family_id == family.id]
    fresh = actions.open_to(turn.store, family, turn.person)
    if len(begun) == 1 and not fresh:
        _shows(turn, begun[0], screens.place(_at(turn, begun[0])))
    else:
        turn.show(screens.choose([_at(turn, one) for one in begun], fresh, turn.voice.language))


def start(turn: Turn) -> None:
    """A parent begins a course's exercises by herself."""
    family = access.own_family(turn, Act.PRACTISE)
    if consenting.asked_first(turn.store, turn.person, Purpose.CONTACT, turn.now):
        return
    made = None
    if part(turn) in actions.open_to(turn.store, family, turn.person):
        made = actions.begin(turn.store, turn.person, family, part(turn), turn.now, turn.person.id)
    if made is None:
        _stale(turn)
        menu(turn)
    else:
        _shows(turn, made, screens.intro(_at(turn, made)))


def look(turn: Turn) -> None:
    practice = _mine(turn)
    _shows(turn, practice, screens.place(_at(turn, practice)))


def now(turn: Turn) -> None:
    """The exercise at hand at once: the next one, or once more."""
    practice = _mine(turn)
    waits = practice.state not in actions.ON_HAND
    _hands_out(turn, practice, practice.step, fits=waits and _is_at(turn, practice))


def skip(turn: Turn) -> None:
    """The next exercise instead of this one."""
    practice = _mine(turn)
    fits = practice.state is not PracticeState.DONE and _is_at(turn, practice)
    _hands_out(turn, practice, practice.step + 1, fits=fits)


def did(turn: Turn) -> None:
    """Yes, a bit, no, or a question."""
    practice, said = _mine(turn), next((one for one in Practised if one == part(turn, 2)), None)
    if said is not None and _is_said(turn, practice):
        return  # the answer it got stands there already
    if said is None or not _is_at(turn, practice) or not _may_say(turn, practice, said):
        _truth(turn, practice)
    elif said is Practised.QUESTION:
        _asks(turn, practice)
    else:
        _answers(turn, practice, said)


def pause(turn: Turn) -> None:
    practice = _mine(turn)
    place = actions.rest(turn.store, practice, turn.person, turn.now) or practice
    _shows(turn, place, screens.place(_at(turn, place)))


def paces(turn: Turn) -> None:
    practice = _mine(turn)
    _shows(turn, practice, screens.paces(_at(turn, practice)))


def pace(turn: Turn) -> None:
    practice, chosen = _mine(turn), next((one for one in Pace if one == part(turn, 1)), None)
    if chosen is None:
        return _truth(turn, practice)
    paced = actions.pace(turn.store, practice, chosen, turn.person, turn.now)
    turn.flash(F("practice.saved.toast"))
    return _shows(turn, paced, screens.place(_at(turn, paced)))


def family(turn: Turn) -> None:
    """Where a family stands, for whoever works with it."""
    of = access.family(turn, Act.SEE_PRACTICE, part(turn))
    turn.show(seen.family(of, actions.family_of(turn.store, of)), about=f"family:{of.id}")


def give(turn: Turn) -> None:
    """A caseworker chooses exercises for a family, and gives them."""
    of = access.family(turn, Act.GIVE_PRACTICE, part(turn))
    if not part(turn, 1):
        return turn.show(seen.choose_course(of, turn.voice.language), about=f"family:{of.id}")
    return _gives(turn, of, part(turn, 1))


def _gives(turn: Turn, of: Family, syllabus: str) -> None:
    before = turn.store.practices.of_family(of.id)
    unreachable = actions.give(turn.store, of, syllabus, by=turn.person, now=turn.now)
    given = turn.store.practices.of_family(of.id) != before
    access.authorise(turn, Act.SEE_PRACTICE, of)  # who gives sees where the family stands
    turn.flash(S("practice.given.toast") if given else S("practice.not_given.toast"))
    shown = seen.family(of, actions.family_of(turn.store, of), unreachable)
    turn.show(shown, about=f"family:{of.id}")


def _hands_out(turn: Turn, practice: Practice, step: int, *, fits: bool) -> None:
    given = None
    if fits:
        given = actions.hand_out(turn.store, practice, turn.person, turn.now, turn.person.id, step)
    if given is None:
        _truth(turn, practice)
    else:
        _shows(turn, given, screens.place(_at(turn, given)))


def _asks(turn: Turn, practice: Practice) -> None:
    told = actions.question(turn.store, practice, by=turn.person, now=turn.now)
    if told is None:
        _truth(turn, practice)
    else:
        _shows(turn, practice, screens.questioned(_at(turn, practice), told))


def _answers(turn: Turn, practice: Practice, said: Practised) -> None:
    moved = actions.answer(turn.store, practice, said, by=turn.person, now=turn.now)
    if moved is None:
        return _truth(turn, practice)
    at = _at(turn, moved)
    shown = screens.praised(at, said) if said in actions.DONE_SOMETHING else screens.stays(at)
    return _shows(turn, moved, shown)


def _is_said(turn: Turn, practice: Practice) -> bool:
    """Whether the same button was pressed a moment ago."""
    before = turn.store.practices.said(practice.id).get(number(part(turn, 1)))
    fresh = before is not None and turn.now - before[1] < rules.SAME_WITHIN
    return fresh and before is not None and before[0] == part(turn, 2)


def _may_say(turn: Turn, practice: Practice, said: Practised) -> bool:
    """An exercise is answered once it was given; a no that was said before stands."""
    if practice.state is PracticeState.WAITING:
        return said is not Practised.NO and practice.step in turn.store.practices.said(practice.id)
    return practice.state is not PracticeState.DONE and _at(turn, practice).exercise is not None


def _mine(turn: Turn) -> Practice:
    return actions.mine(turn.store, part(turn), by=turn.person, now=turn.now)


def _is_at(turn: Turn, practice: Practice) -> bool:
    """Whether the button was made for the exercise at hand."""
    return part(turn, 1) == str(practice.step) and number(part(turn, 1)) == practice.step


def _truth(turn: Turn, practice: Practice) -> None:
    """An old button: where one stands now."""
    _stale(turn)
    _shows(turn, practice, screens.place(_at(turn, practice)))


def _stale(turn: Turn) -> None:
    turn.flash(F("practice.stale.toast"))


def _at(turn: Turn, practice: Practice) -> At:
    return actions.at(turn.store, practice, turn.person, turn.now)


def _shows(turn: Turn, practice: Practice, shown: Screen) -> None:
    turn.show(shown, about=actions.about(practice))


room = Room(
    "practice",
    handlers=(
        on_words({"practice.menu.button": menu}),
        on_presses(
            "practice",
            {
                "menu": menu,
                "start": start,
                "open": look,
                "now": now,
                "skip": skip,
                "did": did,
                "pause": pause,
                "paces": paces,
                "pace": pace,
                "family": family,
                "give": give,
            },
        ),
    ),
    due={ASK: due.ask, NEXT: due.next_one, BEGIN: due.begin},
    opens=due.opens,
)
