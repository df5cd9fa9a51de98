"""What caseworkers see in this room besides the sheet: news, lists, last questions, and how to explain."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.appointment_sheets import ROOM, opens
from handlers.appointment_words import named, staff_text
from handlers.calendar import brief
from handlers.callback import press
from handlers.desk import voice_of
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Day, Endonym, Hour, Language, Phrase, S
from storage.appointments import Circle
from storage.records import Answer, Appointment, Person

NEW = S("appointments.new.button")
LONGEST = 60  # seconds of a voice message


def sure(circle: Circle) -> Screen:
    """The last question before one appointment is cancelled."""
    rows = ((_way(S("appointments.sure.button"), circle, "sure"),), (_keep(circle),))
    return screen(_text(circle), S("appointments.sure"), buttons=rows)


def which_of_series(circle: Circle, following: int) -> Screen:
    """The same for one of a series; `following` counts this one and those after it."""
    rows = (
        (_way(S("appointments.only_this.button"), circle, "sure"),),
        (_way(S("appointments.all_following.button", n=following), circle, "all"),),
        (_keep(circle),),
    )
    return screen(_text(circle), S("appointments.series_sure", n=following), buttons=rows)


def _text(circle: Circle) -> Phrase:
    one = circle.appointment
    return staff_text(S(f"kind.{one.kind}"), circle.family, one.starts_at, one.place)


def _keep(circle: Circle) -> Button:
    return Button(S("appointments.keep.button"), press(ROOM, "open", circle.appointment.id))


def _way(label: Phrase, circle: Circle, verb: str, *more: str | int) -> Button:
    return Button(label, press(ROOM, verb, circle.appointment.id, circle.appointment.revision, *more))


def told(circle: Circle, parent: Person, answer: Answer) -> Screen:
    """What the caseworker is told at once."""
    at, kind = circle.appointment.starts_at, S(f"kind.{circle.appointment.kind}")
    who, day, hour = named(parent), Day(at), Hour(at)
    opened: tuple[Row, ...] = ((opens(circle.appointment),),)
    match answer:
        case Answer.YES:
            text = S("appointments.told_yes", name=who, family=circle.family, kind=kind, day=day, hour=hour)
            opened = ()
        case Answer.NO:
            text = S("appointments.told_no", name=who, family=circle.family, kind=kind, day=day, hour=hour)
        case Answer.MOVE:
            text = S("appointments.told_move", name=who, family=circle.family, kind=kind, day=day, hour=hour)
        case Answer.UNCLEAR:
            text = S(
                "appointments.told_unclear", name=who, family=circle.family, kind=kind, day=day, hour=hour
            )
            opened = (*_ways_to_explain(circle, parent), *opened)
    return screen(text, buttons=opened)


def _ways_to_explain(circle: Circle, parent: Person) -> tuple[Row, ...]:
    return (
        (_way(S("appointments.speak.button"), circle, "explain", parent.id),),
        (
            _way(S("appointments.interpret.button"), circle, "interpret"),
            _way(S("appointments.call.button"), circle, "call", parent.id),
        ),
    )


def told_late(circle: Circle, parent: Person, minutes: int) -> Screen:
    at, kind = circle.appointment.starts_at, S(f"kind.{circle.appointment.kind}")
    text = S(
        "appointments.told_late",
        name=named(parent),
        n=minutes,
        family=circle.family,
        kind=kind,
        day=Day(at),
        hour=Hour(at),
    )
    return screen(text, buttons=((opens(circle.appointment),),))


def for_whom(circle: Circle) -> Screen:
    """Several could be meant: she chooses whom she explains it to."""
    rows = [
        (Button(brief(parent.name) or S("appointments.parent"), _to(circle, parent)),)
        for parent in circle.parents
    ]
    text = S("appointments.explain_whom") if circle.parents else S("appointments.nobody")
    return screen(text, buttons=(*rows, (_back(circle),)))


def _to(circle: Circle, parent: Person) -> str:
    return press(ROOM, "explain", circle.appointment.id, circle.appointment.revision, parent.id)


def _back(circle: Circle) -> Button:
    return _way(S("appointments.stop.button"), circle, "stop")


def speak_now(circle: Circle, parent: Person) -> Screen:
    """Who will hear it, before anything is said."""
    at = circle.appointment.starts_at
    text = S(
        "appointments.speak_now",
        name=named(parent),
        family=circle.family,
        language=Endonym(voice_of(parent).language),
        kind=S(f"kind.{circle.appointment.kind}"),
        day=Day(at),
        hour=Hour(at),
    )
    careful = [S("appointments.speak_discreetly")] if parent.discreet else []
    return screen(text, S("appointments.speak_short", most=LONGEST), *careful, buttons=((_back(circle),),))


def too_long(circle: Circle, parent: Person) -> Screen:
    text = S("appointments.too_long", name=named(parent), most=LONGEST)
    return screen(text, buttons=((_back(circle),),))


def better_call(circle: Circle, parent: Person) -> Screen:
    """No message reaches this parent now."""
    call = _way(S("appointments.call.button"), circle, "call", parent.id)
    return screen(
        S("appointments.only_by_call", name=named(parent)), buttons=((call,), (opens(circle.appointment),))
    )


def sent_on(circle: Circle, parent: Person) -> Screen:
    text = S("appointments.voice_sent", name=named(parent), family=circle.family)
    return screen(text, buttons=((opens(circle.appointment),),))


def which_language(circle: Circle, codes: Sequence[str]) -> Screen:
    """Into which language somebody should translate, those of the family first."""
    shown = [
        _way(S("appointments.language.button", language=Language(code)), circle, "speaks", code)
        for code in codes
    ]
    none = (
        [_way(S("appointments.no_interpreter.button"), circle, "speaks")]
        if circle.appointment.interpreter
        else []
    )
    back = Button(S("appointments.back.button"), press(ROOM, "open", circle.appointment.id))
    return screen(S("appointments.which_language"), buttons=(*in_rows(shown, 2), *in_rows(none, 1), (back,)))


def overview(ahead: Sequence[tuple[Appointment, str]], labels: Sequence[str]) -> Screen:
    """The caseworker's list; `labels` say the day and hour of each in her language."""
    rows = [
        (Button(brief(f"{label} {family}"), press(ROOM, "open", appointment.id)),)
        for (appointment, family), label in zip(ahead, labels, strict=True)
    ]
    text = S("appointments.list") if ahead else S("appointments.none")
    ways = (
        Button(S("diary.today.button"), press("diary", "day", "now")),
        Button(S("diary.week.button"), press("diary", "week", "now")),
    )
    return screen(text, buttons=(*rows, ways, (Button(NEW, press("planning", "new")),)))


def specimens(made: Sequence[Appointment], long: str) -> list[Screen]:
    """The lists, full and empty."""
    return [overview([(one, long) for one in made[:20]], ["Do 19.11. 14:30"] * 20), overview([], [])]


def specimens_of(circle: Circle) -> list[Screen]:
    """All that is said around one appointment."""
    parent = replace(circle.parents[0], discreet=True)
    interpreted = replace(circle, appointment=replace(circle.appointment, interpreter="ar"))
    return [
        sure(circle),
        which_of_series(circle, 12),
        *(told(circle, parent, answer) for answer in Answer),
        told_late(circle, parent, 30),
        for_whom(circle),
        for_whom(replace(circle, parents=())),
        speak_now(circle, parent),
        too_long(circle, parent),
        better_call(circle, parent),
        sent_on(circle, parent),
        which_language(interpreted, ["tr", "ar", "uk", "fa"] * 4),
    ]
