"""An exercise, the question about it, how far one has come; and what the caseworker sees of that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.callback import press
from handlers.fitting import shortened
from handlers.practice.at import At
from handlers.practice.rules import bar
from handlers.practice.seen import asks, choose_course, family
from handlers.screen import Button, Row, Screen, screen
from locales import courses
from locales.languages import shipped
from locales.phrase import Day, F, Phrase, Written
from storage.records import Family, Pace, Person, Practice, PracticeState, Practised

RECENTLY = timedelta(hours=12)


def place(at: At) -> Screen:
    """Where somebody stands: what every old button shows."""
    if at.exercise:
        return _under_way(at)
    return done(at) if at.practice.state is PracticeState.DONE or at.is_over else closed(at)


def _under_way(at: At) -> Screen:
    match at.practice.state:
        case PracticeState.SENT:
            return exercise(at)
        case PracticeState.ASKED:
            return ask(at)
        case PracticeState.RESTING:
            just_now = at.now - at.practice.at < RECENTLY
            return rested(at) if just_now else screen(welcome(at), buttons=_on(at))
        case PracticeState.WAITING:
            return _waiting(screen(_where(at), _coming(at)), at)
        case PracticeState.DONE:  # until the file grew; none comes by itself to whoever was through
            return screen(_where(at), buttons=_on(at))


def closed(at: At) -> Screen:
    """The course was taken away; the place in it was not."""
    return screen(F("practice.closed", title=at.title))


def welcome(at: At) -> Phrase:
    return F("practice.welcome", title=at.title, n=at.practice.step + 1, all=at.all, bar=_bar(at))


def intro(at: At) -> Screen:
    """The very first message: what comes, how often, and that nothing has to."""
    shown = F("practice.intro", title=at.title, all=at.all)
    return _waiting(screen(shown, _coming(at)), at)


def exercise(at: At) -> Screen:
    """E02: one exercise, in German as a whole where the course has no other language."""
    found = at.exercise
    if found is None:
        return closed(at)
    words = F(
        "practice.exercise",
        n=at.practice.step + 1,
        all=at.all,
        title=found.title,
        minutes=found.minutes,
        text=Written("\n".join(f"• {line}" for line in found.lines)),
        tip=Written(found.tip),
    )
    rows: tuple[Row, ...] = (
        (_did(at, Practised.YES, F("practice.did.button")), _did(at, Practised.QUESTION, _QUESTION)),
        (_pause(at),),
    )
    if at.is_foreign:
        return Screen((F("practice.in_german"),), rows, german=(words,))
    return screen(words, buttons=rows)


def ask(at: At) -> Screen:
    """E03: the next day."""
    return screen(
        F("practice.ask", title=_named(at), n=at.practice.step + 1, all=at.all, bar=_bar(at)),
        buttons=_answers(at),
    )


def softly(at: At) -> Screen:
    """Once, when nothing was answered; then it rests."""
    shown = F("practice.softly", n=at.practice.step + 1, all=at.all, bar=_bar(at))
    return screen(shown, buttons=_on(at))


def praised(at: At, said: Practised) -> Screen:
    """E04: after a yes or a bit of one."""
    if at.practice.state is PracticeState.DONE:
        return done(at)
    well = F("practice.well") if said is Practised.YES else F("practice.bit")
    return _waiting(screen(well, _so_far(at), _coming(at)), at)


def stays(at: At) -> Screen:
    """After a no: again or the next, and no reproach."""
    again = (_now(at, F("practice.again.button")), _skip(at))
    return screen(
        F("practice.stays"), F("practice.comes_again", day=Day(at.coming)), buttons=[again, _last(at)]
    )


def questioned(at: At, told: Person) -> Screen:
    """After a question: somebody calls, and the exercise can still be answered."""
    return screen(F("practice.questioned", person=told.name), buttons=_answers(at, asked=True))


def rested(at: At) -> Screen:
    shown = F("practice.rested", n=at.practice.step + 1, all=at.all, bar=_bar(at))
    return screen(shown, buttons=_on(at))


def done(at: At) -> Screen:
    """The end: whoever left some out reads how many they did, and whoever did none reads of no number."""
    if at.done >= at.all:
        return screen(F("practice.done", title=at.title, all=at.all, bar=_bar(at)))
    over = F("practice.over", title=at.title)
    return screen(over, _so_far(at)) if at.done else screen(over)


def paces(at: At) -> Screen:
    """How often; a tick marks what was chosen."""
    rows: list[Row] = [(_pace(at, one),) for one in Pace]
    return screen(F("practice.paces"), buttons=[*rows, (_back(at),)])


def choose(places: Sequence[At], open_to: Sequence[str], language: str) -> Screen:
    """One's courses: those begun, and those that could be."""
    if not places and not open_to:
        return screen(F("practice.none"))
    rows: list[Row] = [
        (Button(f"🎯 {shortened(one.title, 26)}", press("practice", "open", one.practice.id)),)
        for one in places
    ]
    rows += [
        (Button(f"✨ {shortened(courses.title(id, language), 26)}", press("practice", "start", id)),)
        for id in open_to
    ]
    return screen(F("practice.choose"), buttons=rows)


_QUESTION = F("practice.question.button")


def _named(at: At) -> str:
    return at.exercise.title if at.exercise else at.title


def _bar(at: At) -> Written:
    return Written(bar(at.practice.step, at.all))


def _where(at: At) -> Phrase:
    return F("practice.place", title=at.title, n=at.practice.step + 1, all=at.all, bar=_bar(at))


def _so_far(at: At) -> Phrase:
    return F("practice.done_so_far", n=at.done, all=at.all, bar=Written(bar(at.done, at.all)))


def _coming(at: At) -> Phrase:
    return F("practice.coming", day=Day(at.coming))


def _waiting(shown: Screen, at: At) -> Screen:
    return shown.with_buttons((_now(at, F("practice.now.button")),), _last(at))


def _on(at: At) -> tuple[Row, ...]:
    return ((_now(at, F("practice.on.button")),), (_paces(at),))


def _now(at: At, label: Phrase) -> Button:
    return Button(label, press("practice", "now", at.practice.id, at.practice.step))


def _skip(at: At) -> Button:
    return Button(F("practice.next.button"), press("practice", "skip", at.practice.id, at.practice.step))


def _last(at: At) -> Row:
    return (_paces(at), _pause(at))


def _paces(at: At) -> Button:
    return Button(F("practice.paces.button"), press("practice", "paces", at.practice.id))


def _pause(at: At) -> Button:
    return Button(F("practice.pause.button"), press("practice", "pause", at.practice.id))


def _back(at: At) -> Button:
    return Button(F("practice.back.button"), press("practice", "open", at.practice.id))


def _pace(at: At, one: Pace) -> Button:
    said = F(f"practice.pace.{one}.button")
    label = F("practice.ticked.button", what=said) if one is at.practice.pace else said
    return Button(label, press("practice", "pace", at.practice.id, one))


def _did(at: At, said: Practised, label: Phrase) -> Button:
    return Button(label, press("practice", "did", at.practice.id, at.practice.step, said))


def _answers(at: At, *, asked: bool = False) -> tuple[Row, ...]:
    first = (
        _did(at, Practised.YES, F("practice.yes.button")),
        _did(at, Practised.BIT, F("practice.bit.button")),
    )
    no = _did(at, Practised.NO, F("practice.no.button"))
    second = (no,) if asked else (no, _did(at, Practised.QUESTION, _QUESTION))
    return (first, second, (_pause(at),))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    person = Person("p" * 16, 1, "M" * 40, "ar", "ar", blocked=False)
    of = Family("f" * 16, "W" * 40, "c" * 16)
    first = Practice("k" * 16, person.id, of.id, "toddlers", 9, PracticeState.WAITING, Pace.DAILY, now)
    states = [replace(first, state=state) for state in PracticeState]
    found = [At(one, code, now, now, 9) for one in states for code in shipped("families")]
    one, gone = found[0], At(replace(first, syllabus="gone"), "tr", now, now, 9)
    every = [
        At(replace(first, step=n, syllabus=each.id, state=PracticeState.SENT), code, now, now, n)
        for each in courses.syllabi()
        for n in range(each.exercises)
        for code in shipped("families")
    ]
    through = replace(first, step=99, state=PracticeState.DONE)
    ends = [At(through, code, now, now, n) for n in (0, 98, 99) for code in shipped("families")]
    return [
        *map(place, (*found, *every, gone, *ends)),
        *(shown(one) for shown in (intro, ask, softly, stays, rested, done, paces)),
        *(praised(one, said) for said in (Practised.YES, Practised.BIT)),
        questioned(one, person),
        choose([one] * 3, [each.id for each in courses.syllabi()], "ar"),
        choose([], [], "de"),
        asks(of, first, "de"),
        family(of, [(person, each, now) for each in states] + [(person, first, None)], [person]),
        family(of, []),
        choose_course(of, "de"),
    ]
