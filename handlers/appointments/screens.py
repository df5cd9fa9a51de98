"""What families see in this room besides the card: why not, where, how late, and what else arrives."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.appointment_cards import ROOM as ROOM
from handlers.appointment_cards import cancelled, cancelled_all, card, changes_mind, sheet, undelivered
from handlers.appointments import staff
from handlers.appointments.staff import told as told
from handlers.appointments.staff import told_late as told_late
from handlers.bringing import MOST as MOST_THINGS
from handlers.bringing import WORDS as THINGS
from handlers.calendar import AT_HOME, MOST_OF_PLACE
from handlers.callback import press
from handlers.screen import Button, Document, Pin, Screen, in_rows, screen
from handlers.turn import Spoken
from locales.languages import SOURCE
from locales.phrase import Address, Day, F, Hour, Language
from storage.appointments import Circle
from storage.records import (
    Answer,
    Appointment,
    AppointmentKind,
    AppointmentState,
    MeetingPlace,
    Person,
    Reason,
)

TOASTS = {
    Answer.YES: F("appointments.yes.toast"),
    Answer.NO: F("appointments.no.toast"),
    Answer.MOVE: F("appointments.move.toast"),
    Answer.UNCLEAR: F("appointments.unclear.toast"),
}
KIND_WORDS = {
    Reason.ILL: F("appointments.because_ill"),
    Reason.WORK: F("appointments.because_work"),
    Reason.AUTHORITY: F("appointments.because_authority"),
    Reason.UNWILLING: F("appointments.because_unwilling"),
    Reason.OTHER: F("appointments.because_other"),
}
MINUTES = (10, 20, 30)


def none_of_family() -> Screen:
    return screen(F("appointments.none"))


def asks_why(appointment: Appointment, shown: Screen) -> Screen:
    """The card of whoever has just said no, with pictograms; the no counts already, and may still become a yes."""
    named = [Button(F(f"reason.{reason}"), _press(appointment, "why", reason)) for reason in Reason]
    nothing = Button(F("appointments.no_reason.button"), _press(appointment, "card"))
    rows = (*in_rows([*named, nothing], 2), changes_mind(appointment, Answer.NO))
    return replace(shown, text=(shown.text[0], F("appointments.why")), buttons=rows)


def how_late(appointment: Appointment) -> Screen:
    choice = [Button(F("appointments.minutes.button", n=n), _press(appointment, "by", n)) for n in MINUTES]
    back = Button(F("appointments.back.button"), _press(appointment, "card"))
    return screen(F("appointments.how_late"), buttons=(tuple(choice), (back,)))


def at_home() -> Screen:
    return screen(F("appointments.where_home"))


def typed_place(place: str) -> Screen:
    """A place that only its address is known of: it is copied with one touch."""
    copied = Button(F("appointments.copy.button"), copies=place)
    return screen(F("appointments.where_typed", place=Address(place)), buttons=((copied,),))


def way_to(known: MeetingPlace, language: str) -> Screen:
    """The place and the way. Where nobody has put the way into the language yet it is told in German, as such."""
    at = {"name": Address(known.name), "address": Address(known.address)}
    way = known.ways.get(language)
    copied = ((Button(F("appointments.copy.button"), copies=known.address or known.name),),)
    if way:
        return screen(F("appointments.way", **at, way=way), buttons=copied)
    german = known.ways.get(SOURCE)
    told = screen(F("appointments.way_unknown", **at), buttons=copied)
    if not german:
        return told
    in_german = (F("appointments.way", **at, way=german),)
    return replace(told, text=(F("appointments.way_in_german"),), german=in_german)


def pinned(known: MeetingPlace, latitude: float, longitude: float) -> Screen:
    title = (F("appointments.pin", name=Address(known.name)),)
    return Screen(title, pin=Pin(latitude, longitude, known.address or known.name), silent=True)


def calendar_file(file: Document) -> Screen:
    return Screen((F("appointments.ics.sent"),), document=file, to_keep=True)


def spoken(by: Person, said: Spoken) -> Screen:
    """What somebody who works with the family has said, as they said it."""
    return Screen((F("appointments.voice"),), voice=said.file_id)


def interpreted(appointment: Appointment) -> Screen:
    at = appointment.starts_at
    language = Language(appointment.interpreter or SOURCE)
    return screen(F("appointments.interpreted", language=language, day=Day(at), hour=Hour(at)))


def _press(appointment: Appointment, verb: str, *more: str | int) -> str:
    return press(ROOM, verb, appointment.id, appointment.revision, *more)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    long, place = "Familie Abdelrahman-Kowalczyk-Özdemir aus der Bonner Straße", "W" * MOST_OF_PLACE
    at = now + timedelta(days=3)
    tongues = ("de", "tr", "ar", "de")
    parents = tuple(
        Person(f"{code}{n}" * 5 + code[0], n, long, code, code, False) for n, code in enumerate(tongues)
    )
    given = dict(zip((parent.id for parent in parents), Answer, strict=False))
    made = [
        Appointment("i" * 16, "f" * 16, "c", kind, at, where, AppointmentState.PLANNED, 999, None)
        for kind in AppointmentKind
        for where in (place, AT_HOME)
    ]
    made.append(replace(made[0], interpreter="ar", bring=THINGS[:MOST_THINGS], series_id="s", moved_from=now))
    made.append(replace(made[0], session_id="s" * 16))
    by_kind = [screen_ for one in made for screen_ in _specimens_of(one, long, parents, given, now)]
    return [*by_kind, *_once(made[-2], now), *staff.specimens(made, long), none_of_family()]


def _once(one: Appointment, now: datetime) -> list[Screen]:
    known = MeetingPlace("m", None, "W" * 40, "W" * 60, "50.886", "7.06", 1, {"de": "W " * 100})
    said = card(one, Answer.NO, now)
    return [
        asks_why(one, said),
        *(replace(said, text=(said.text[0], words)) for words in KIND_WORDS.values()),
        how_late(one),
        at_home(),
        typed_place("W" * MOST_OF_PLACE),
        way_to(known, "de"),
        way_to(known, "ar"),
        way_to(replace(known, ways={}), "ar"),
        pinned(known, 50.886, 7.06),
        calendar_file(Document("termin.ics", "BEGIN:VCALENDAR")),
        spoken(Person("c", 1, "", "de", "de", False), Spoken("voice", 60)),
        interpreted(one),
        cancelled_all([one] * 12),
    ]


def _specimens_of(
    one: Appointment, long: str, parents: tuple[Person, ...], given: dict[str, Answer], now: datetime
) -> list[Screen]:
    late = dict.fromkeys(given, 30)
    circle = Circle(one, long, Person("c", 1, long, "de", "de", False), parents, given, late)
    lost = tuple(replace(parent, blocked=True) for parent in parents)
    gone = replace(one, state=AppointmentState.CANCELLED)
    soon, later = one.starts_at - timedelta(hours=1), one.starts_at + timedelta(hours=1)
    reasons = dict.fromkeys(given, Reason.UNWILLING)
    return [
        *(card(one, answer, now) for answer in (None, *Answer)),
        *(card(one, Answer.YES, when, minutes) for when in (soon, later) for minutes in (None, 30)),
        card(gone, None, now),
        card(one, None, later),
        sheet(circle, now, listed=True, reasons=reasons),
        sheet(replace(circle, parents=()), now),
        sheet(replace(circle, parents=lost, answers={}), now, listed=True),
        cancelled(gone),
        sheet(replace(circle, appointment=gone), now, listed=True),
        sheet(circle, later),
        *staff.specimens_of(circle),
        undelivered(circle, parents[0]),
    ]
