"""What appointments look like: cards for families, sheets for staff."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers import picking
from handlers.appointments.rules import Reminder, Standing, standing
from handlers.calendar import AT_HOME, MOST_OF_PLACE, Draft, brief, days
from handlers.callback import press
from handlers.desk import voice_of
from handlers.fitting import page, turning
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Address, Day, Endonym, F, Hour, Items, Phrase, S
from locales.translator import voice
from storage.appointments import Circle
from storage.records import Answer, Appointment, AppointmentKind, AppointmentState, Family, Person

ROOM = "appointments"
ON_A_PAGE = 20
BUTTONS = {
    Answer.YES: F("appointments.yes.button"),
    Answer.NO: F("appointments.no.button"),
    Answer.MOVE: F("appointments.move.button"),
}
TOASTS = {
    Answer.YES: F("appointments.yes.toast"),
    Answer.NO: F("appointments.no.toast"),
    Answer.MOVE: F("appointments.move.toast"),
}
SAID = {
    Answer.YES: F("appointments.said_yes"),
    Answer.NO: F("appointments.said_no"),
    Answer.MOVE: F("appointments.said_move"),
}
REMINDERS = {
    Reminder.TOMORROW: F("appointments.tomorrow"),
    Reminder.TODAY: F("appointments.today"),
    Reminder.SOON: F("appointments.soon"),
}
NEW = S("appointments.new.button")


def family_text(kind: AppointmentKind, starts_at: datetime, place: str) -> Phrase:
    """The family's words for an appointment; parent training has its own."""
    where = F("appointments.at_home") if place == AT_HOME else Address(place)
    if kind is AppointmentKind.PARENT_TRAINING_SESSION:
        return F("appointments.training_card", day=Day(starts_at), hour=Hour(starts_at), place=where)
    named = F(f"kind.{kind}")
    return F("appointments.card", kind=named, day=Day(starts_at), hour=Hour(starts_at), place=where)


def card(appointment: Appointment, answer: Answer | None, now: datetime) -> Screen:
    """A parent's card: what it is, what she said, and the answers she may still give."""
    how = standing(appointment, now)
    if how is Standing.CANCELLED:
        at = appointment.starts_at
        return screen(F("appointments.cancelled_card", day=Day(at), hour=Hour(at)))
    text = family_text(appointment.kind, appointment.starts_at, appointment.place)
    if how is Standing.OVER:
        return screen(text, F("appointments.over"))
    return screen(text, _state(appointment, answer), buttons=_answers(appointment, answer))


def reminder(appointment: Appointment, answer: Answer | None, when: Reminder) -> Screen:
    text = family_text(appointment.kind, appointment.starts_at, appointment.place)
    asked = (_state(appointment, answer),) if answer is None else ()
    return screen(REMINDERS[when], text, *asked, buttons=_answers(appointment, answer))


def cancelled(appointment: Appointment) -> Screen:
    """What rings: the card itself only changes to a short line."""
    at = appointment.starts_at
    return screen(F("appointments.cancelled", kind=F(f"kind.{appointment.kind}"), day=Day(at), hour=Hour(at)))


def none_of_family() -> Screen:
    return screen(F("appointments.none"))


def _state(appointment: Appointment, answer: Answer | None) -> Phrase:
    if answer is not None:
        return SAID[answer]
    return F("appointments.ask_at_home") if appointment.place == AT_HOME else F("appointments.ask")


def _answers(appointment: Appointment, answer: Answer | None) -> tuple[Row, ...]:
    shown = [
        Button(label, press(ROOM, other, appointment.id, appointment.revision))
        for other, label in BUTTONS.items()
        if other is not answer
    ]
    return in_rows(shown, 2)


def about_draft(kind: str, family: str) -> Phrase:
    return S("appointments.subject", kind=S(f"kind.{kind}"), family=family)


def which_family(key: str, families: Sequence[Family], number: int = 0) -> Screen:
    """The families to choose from, a page of them."""
    if not families:
        return screen(S("appointments.no_families"))
    on_page = page(families, number, ON_A_PAGE)
    shown = [Button(brief(one.label), press(ROOM, "family", key, one.id)) for one in on_page.items]
    turn = turning(on_page, lambda to: press(ROOM, "page", key, to))
    return screen(S("appointments.which_family"), buttons=(*in_rows(shown, 2), *turn))


def which_kind(key: str, family: str) -> Screen:
    shown = [Button(S(f"kind.{kind}"), press(ROOM, "kind", key, kind)) for kind in AppointmentKind]
    return screen(S("appointments.which_kind", family=family), buttons=in_rows(shown, 2))


def preview(draft: Draft, family: str, starts_at: datetime, parents: Sequence[Person]) -> Screen:
    """The staff's words, then the family's as each of the parents will read them, or who will not."""
    kind, place = AppointmentKind(draft.kind), draft.place or AT_HOME
    text = _staff_text(S(f"kind.{kind}"), family, starts_at, place)
    said = family_text(kind, starts_at, place)
    lost = [parent for parent in parents if parent.blocked]
    readers = [parent for parent in parents if not parent.blocked] or parents[:1]
    codes = dict.fromkeys(voice_of(parent).language for parent in readers)
    read = [
        S("appointments.preview_reads", language=Endonym(code), text=voice(code).say(said)) for code in codes
    ]
    send = Button(S("appointments.send.button"), press(ROOM, "send", draft.key))
    return screen(text, *(read or [S("appointments.nobody")]), *map(_unreachable, lost), buttons=((send,),))


def _staff_text(kind: Phrase, family: str, starts_at: datetime, place: str) -> Phrase:
    where = S("appointments.at_home") if place == AT_HOME else Address(place)
    day, hour = Day(starts_at), Hour(starts_at)
    return S("appointments.preview", kind=kind, family=family, day=day, hour=hour, place=where)


def sheet(circle: Circle, now: datetime, *, listed: bool = False) -> Screen:
    """The caseworker's view: everybody's answer. `listed` adds the way back to the list."""
    appointment, how = circle.appointment, standing(circle.appointment, now)
    kind = S(f"kind.{appointment.kind}")
    text = [_staff_text(kind, circle.family, appointment.starts_at, appointment.place), _states(circle)]
    if how is not Standing.PLANNED:
        ended = how is Standing.CANCELLED
        text.append(S("appointments.sheet_cancelled") if ended else S("appointments.sheet_over"))
    verb = press(ROOM, "cancel", appointment.id, appointment.revision)
    rows = [(Button(S("appointments.cancel.button"), verb),)] if how is Standing.PLANNED else []
    return screen(*text, buttons=rows + ([(_to_list(),)] if listed else []))


def _states(circle: Circle) -> Phrase:
    if not circle.parents:
        return S("appointments.nobody")
    return S("appointments.states", people=Items(*(_says(circle, parent) for parent in circle.parents)))


def _says(circle: Circle, parent: Person) -> Phrase:
    name = named(parent)
    match circle.answers.get(parent.id):
        case Answer.YES:
            return S("appointments.says_yes", name=name)
        case Answer.NO:
            return S("appointments.says_no", name=name)
        case Answer.MOVE:
            return S("appointments.says_move", name=name)
        case None:
            return _unreachable(parent) if parent.blocked else S("appointments.says_open", name=name)


def _unreachable(parent: Person) -> Phrase:
    return S("appointments.unreachable", name=named(parent))


def named(parent: Person) -> str | Phrase:
    """Whoever has no name yet is a parent all the same."""
    return brief(parent.name, 60) or S("appointments.parent")


def sure(circle: Circle) -> Screen:
    appointment = circle.appointment
    text = _staff_text(S(f"kind.{appointment.kind}"), circle.family, appointment.starts_at, appointment.place)
    gone = press(ROOM, "sure", appointment.id, appointment.revision)
    rows = (
        (Button(S("appointments.sure.button"), gone),),
        (Button(S("appointments.keep.button"), press(ROOM, "open", appointment.id)),),
    )
    return screen(text, S("appointments.sure"), buttons=rows)


def told(circle: Circle, parent: Person, answer: Answer) -> Screen:
    """What the caseworker is told at once."""
    at, kind = circle.appointment.starts_at, S(f"kind.{circle.appointment.kind}")
    who, day, hour = named(parent), Day(at), Hour(at)
    match answer:
        case Answer.YES:
            text = S("appointments.told_yes", name=who, family=circle.family, kind=kind, day=day, hour=hour)
        case Answer.NO:
            text = S("appointments.told_no", name=who, family=circle.family, kind=kind, day=day, hour=hour)
        case Answer.MOVE:
            text = S("appointments.told_move", name=who, family=circle.family, kind=kind, day=day, hour=hour)
    return screen(text, buttons=() if answer is Answer.YES else ((_open(circle.appointment),),))


def undelivered(circle: Circle, parent: Person) -> Screen:
    at, kind = circle.appointment.starts_at, S(f"kind.{circle.appointment.kind}")
    text = S(
        "appointments.undelivered",
        name=named(parent),
        family=circle.family,
        kind=kind,
        day=Day(at),
        hour=Hour(at),
    )
    return screen(text, buttons=((_open(circle.appointment),),))


def pauses(parent: Person) -> Screen:
    """For the caseworker: this one reads it later."""
    return screen(S("appointments.pauses", name=named(parent)))


def overview(ahead: Sequence[tuple[Appointment, str]], labels: Sequence[str]) -> Screen:
    """The caseworker's list; `labels` say the day and hour of each in her language."""
    rows = [
        (Button(brief(f"{label} {family}"), press(ROOM, "open", appointment.id)),)
        for (appointment, family), label in zip(ahead, labels, strict=True)
    ]
    text = S("appointments.list") if ahead else S("appointments.none")
    return screen(text, buttons=(*rows, (Button(NEW, press(ROOM, "new")),)))


def _open(appointment: Appointment) -> Button:
    return Button(S("appointments.open.button"), press(ROOM, "open", appointment.id))


def _to_list() -> Button:
    return Button(S("appointments.list.button"), press(ROOM, "list"))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    long, place = "Familie Abdelrahman-Kowalczyk-Özdemir aus der Bonner Straße", "W" * MOST_OF_PLACE
    at = now + timedelta(days=3)
    tongues = ("de", "tr", "ar")
    parents = tuple(Person(code * 8, n, long, code, code, False) for n, code in enumerate(tongues))
    given = dict(zip((parent.id for parent in parents), Answer, strict=True))
    made = [
        Appointment("i" * 16, "f" * 16, "c", kind, at, where, AppointmentState.PLANNED, 99, None)
        for kind in AppointmentKind
        for where in (place, AT_HOME)
    ]
    by_kind = [screen_ for one in made for screen_ in _specimens_of(one, long, parents, given, now)]
    draft = Draft("k" * 6, kind=AppointmentKind.HOSPITATION, day=at.date(), hour=14, minute=30, place=place)
    labels = {day: voice("de").day_short(day) for day in days(now)}
    families = [Family(f"{n:016}", long, "c") for n in range(3 * ON_A_PAGE)]
    return [
        *by_kind,
        *picking.specimens(ROOM, about_draft(draft.kind, long), draft, labels),
        which_family(draft.key, families, 1),
        which_family(draft.key, []),
        which_kind(draft.key, long),
        preview(draft, long, at, parents),
        preview(draft, long, at, [replace(parent, blocked=True) for parent in parents]),
        preview(draft, long, at, []),
        overview([(one, long) for one in made[:20]], ["Do 19.11. 14:30"] * 20),
        overview([], []),
        none_of_family(),
        pauses(parents[0]),
    ]


def _specimens_of(
    one: Appointment, long: str, parents: tuple[Person, ...], given: dict[str, Answer], now: datetime
) -> list[Screen]:
    circle = Circle(one, long, Person("c", 1, long, "de", "de", False), parents, given)
    lost = tuple(replace(parent, blocked=True) for parent in parents)
    gone = replace(one, state=AppointmentState.CANCELLED)
    later = one.starts_at + timedelta(hours=1)
    return [
        *(card(one, answer, now) for answer in (None, *Answer)),
        *(reminder(one, answer, when) for answer in (None, Answer.YES) for when in REMINDERS),
        card(gone, None, now),
        card(one, None, later),
        sheet(circle, now, listed=True),
        sheet(replace(circle, parents=()), now),
        sheet(replace(circle, parents=lost, answers={}), now, listed=True),
        cancelled(gone),
        sheet(replace(circle, appointment=gone), now, listed=True),
        sheet(circle, later),
        sure(circle),
        *(told(circle, parents[0], answer) for answer in Answer),
        undelivered(circle, parents[0]),
    ]
