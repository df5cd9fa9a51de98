"""What a parent presses on a card: an answer, why not, where, into the calendar, and that it gets late."""

from dataclasses import replace

from handlers import access, appointed, consenting
from handlers.appointment_rules import carried, may_be_late, may_change
from handlers.appointments import actions, ics, places, screens
from handlers.calendar import AT_HOME
from handlers.given import number, part
from handlers.refusal import Refusal
from handlers.room import Act
from handlers.screen import Document, Screen
from handlers.turn import Turn
from locales.phrase import F, Phrase, S
from storage.appointments import Circle
from storage.records import Answer, Person, Purpose, Reason


def answering(said: Answer) -> Act:
    """The act of one answer's button."""

    def act(turn: Turn) -> None:
        circle, revision = invited(turn)
        if consenting.asked_first(turn.store, turn.person, Purpose.CONTACT, turn.now):
            return
        asked_again = circle.answers.get(turn.person.id) is said
        may = may_change(circle.appointment, revision, turn.now)
        if not may:
            _stale(turn)
        else:
            turn.flash(screens.TOASTS[said])
            if not asked_again:
                circle = actions.answer(
                    turn.store, circle, said, by=turn.person, now=turn.now, pressed=turn.asked.message_id
                )
        shown = appointed.seen(circle, turn.person, turn.now)
        turn.show(screens.asks_why(circle.appointment, shown) if may and said is Answer.NO else shown)

    return act


def why(turn: Turn) -> None:
    """A pictogram was pressed below a no, or none was wanted."""
    circle, revision = invited(turn)
    reason = next((reason for reason in Reason if reason == part(turn, 2)), None)
    said_no = circle.answers.get(turn.person.id) is Answer.NO
    shown = appointed.seen(circle, turn.person, turn.now)
    if not may_change(circle.appointment, revision, turn.now) or not said_no:
        _stale(turn)
    elif reason is not None:
        actions.decline(turn.store, circle, reason, by=turn.person, now=turn.now)
        turn.flash(F("appointments.why.toast"))
        shown = replace(shown, text=(shown.text[0], screens.KIND_WORDS[reason]))
    turn.show(shown)


def where(turn: Turn) -> None:
    """Where it is: the place and the way in words, a pin on the map where we know one."""
    circle, _ = invited(turn)
    for shown in places.shown(turn.store, circle.appointment, turn.voice.language):
        turn.say(shown)


def into_calendar(turn: Turn) -> None:
    """A file that the phone's own calendar understands."""
    circle, revision = invited(turn)
    if not may_change(circle.appointment, revision, turn.now):
        _stale(turn)
        turn.show(appointed.seen(circle, turn.person, turn.now))
        return
    appointment = circle.appointment
    place = turn.voice.say(F("appointments.at_home")) if appointment.place == AT_HOME else appointment.place
    said = turn.voice.say(F("appointments.ics.summary"))
    file = ics.written(appointment, said, None if turn.person.discreet else place, turn.now)
    turn.say(screens.calendar_file(Document(ics.NAME, file)))


def late(turn: Turn) -> None:
    """Asks by how much."""
    circle, shown = _in_time(turn)
    turn.show(shown or screens.how_late(circle.appointment))


def by_minutes(turn: Turn) -> None:
    """So many minutes: whoever waits knows at once. Pressing again changes it."""
    circle, shown = _in_time(turn)
    minutes = number(part(turn, 2))
    if shown is None and minutes in screens.MINUTES:
        turn.flash(F("appointments.late.toast"))
        if circle.late.get(turn.person.id) != minutes:
            pressed = turn.asked.message_id
            circle = actions.come_late(
                turn.store, circle, minutes, by=turn.person, now=turn.now, pressed=pressed
            )
    turn.show(shown or appointed.seen(circle, turn.person, turn.now))


def _in_time(turn: Turn) -> tuple[Circle, Screen | None]:
    """The appointment for which one may be late; with what is shown instead when that is no longer so."""
    circle, revision = invited(turn)
    appointment, said = circle.appointment, circle.answers.get(turn.person.id)
    same = appointment.revision == revision and said is Answer.YES
    if same and may_be_late(appointment, turn.now):
        return circle, None
    _stale(turn)
    return circle, appointed.seen(circle, turn.person, turn.now)


def invited(turn: Turn) -> tuple[Circle, int]:
    """The appointment behind a parent's button. Raises Refusal for whoever is not asked to it."""
    circle, revision = pressed(turn)
    if circle is None:
        raise Refusal(_no(turn.person, S("appointments.gone"), F("appointments.gone")))
    asked = circle.parent(turn.person.id) is not None
    if not asked or not access.may(turn, access.Act.ANSWER_APPOINTMENT, circle):
        raise Refusal(_no(turn.person, S("appointments.not_yours"), F("appointments.not_yours")))
    return circle, revision


def pressed(turn: Turn) -> tuple[Circle | None, int]:
    """The appointment that a button carries, and the revision the button was made for."""
    id, revision = carried(turn.asked.press.parts if turn.asked.press else ())
    return turn.store.appointments.circle(id), revision


def _stale(turn: Turn) -> None:
    turn.flash(F("appointments.stale.toast"), alert=True)


def _no(person: Person, to_staff: Phrase, to_family: Phrase) -> Phrase:
    return to_staff if person.is_staff else to_family


def card(turn: Turn) -> None:
    """The card again, as it stands."""
    circle, _ = invited(turn)
    turn.show(appointed.seen(circle, turn.person, turn.now))


PRESSES = {
    # who wishes for another time is asked for which: old buttons that only say so are heard by the room for it
    **{answer.value: answering(answer) for answer in Answer if answer is not Answer.MOVE},
    "why": why,
    "where": where,
    "ics": into_calendar,
    "late": late,
    "by": by_minutes,
    "card": card,
}
