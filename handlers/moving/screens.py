"""What is seen while another time is looked for: slots, days and quarters, and the words of what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers import appointment_cards
from handlers.appointment_cards import opens
from handlers.appointment_words import named, staff_text
from handlers.callback import press
from handlers.screen import Button, Row, Screen, in_rows, screen
from handlers.wish_cards import ROOM as ROOM
from handlers.wish_cards import Wish, clock, mine, offer, sheet, stamp
from locales.bidi import PDI, RLI
from locales.phrase import Day, F, Hour, Moment, Phrase, S
from locales.translator import Voice
from storage.appointments import Circle
from storage.records import (
    Appointment,
    AppointmentKind,
    AppointmentState,
    DayPart,
    Move,
    MoveOutcome,
    MoveState,
    Person,
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a free time by day, hour and quarter: what its buttons carry, and where it leads back to.

    `subject` stands behind every verb: an appointment and its revision, or a wish and the offer that was seen.
    """

    days: str
    hours: str
    quarters: str
    takes: str
    subject: tuple[str, int]
    back: str

    def carries(self, verb: str, *more: str | int) -> str:
        return press(ROOM, verb, *self.subject, *more)


def slot_label(at: datetime, voice: Voice) -> str:
    """A slot on a button, day first for whoever reads from the right too."""
    label = f"{voice.day_short(at)} {voice.time(at)}"
    return f"{RLI}{label}{PDI}" if voice.rtl else label


def choose(circle: Circle, labels: Mapping[datetime, str]) -> Screen:
    """A parent's choice: free slots, another time, or back."""
    appointment = circle.appointment
    rows = [(Button(label, _of(appointment, "slot", stamp(at))),) for at, label in labels.items()]
    rows += [
        (Button(F("moving.other.button"), _of(appointment, "other")),),
        (Button(F("moving.back.button"), _of(appointment, "back")),),
    ]
    head = F("moving.choose") if labels else F("moving.choose_other")
    return screen(head, F("moving.until_then", old=Moment(appointment.starts_at)), buttons=rows)


def which_day(appointment: Appointment, labels: Mapping[date, str]) -> Screen:
    shown = [Button(label, _of(appointment, "day", day.isoformat())) for day, label in labels.items()]
    return screen(F("moving.which_day"), buttons=(*in_rows(shown, 2), _back_to_slots(appointment)))


def which_part(appointment: Appointment, day: date, parts: Sequence[DayPart]) -> Screen:
    rows = [
        (Button(F(f"moving.part.{part}.button"), _of(appointment, "part", day.isoformat(), part)),)
        for part in parts
    ]
    return screen(F("moving.which_part", day=day), buttons=(*rows, _back_to_slots(appointment)))


def _back_to_slots(appointment: Appointment) -> Row:
    return (Button(F("moving.back.button"), _of(appointment, "again")),)


def _of(appointment: Appointment, verb: str, *more: str | int) -> str:
    return press(ROOM, verb, appointment.id, appointment.revision, *more)


def offered(circle: Circle, at: datetime, move: Move) -> Screen:
    """What rings at the parent."""
    return offer(circle, move, at)


def will_call(circle: Circle) -> Screen:
    old = Moment(circle.appointment.starts_at)
    return screen(F("moving.will_call", person=circle.caseworker.name), F("moving.until_then", old=old))


def kept(circle: Circle, person_id: str, now: datetime) -> Screen:
    """The other time can't be: kindly, with the question whether they come to the old one."""
    return _with_card(F("moving.kept"), circle, person_id, now)


def lapsed(circle: Circle, move: Move, now: datetime) -> Screen:
    """For the parent: nothing came of it, and somebody calls."""
    person = circle.caseworker.name
    unanswered = move.offered_at is None
    said = F("moving.lapsed", person=person) if unanswered else F("moving.lapsed_offer", person=person)
    if circle.appointment.starts_at <= now:
        return screen(said)
    return _with_card(said, circle, move.person_id, now)


def _with_card(said: Phrase, circle: Circle, person_id: str, now: datetime) -> Screen:
    card = appointment_cards.card(circle.appointment, circle.answers.get(person_id), now)
    return replace(card, text=(said, *card.text))


def still_open() -> Phrase:
    return S("moving.still_open")


def refused_head() -> Phrase:
    return S("moving.refused_head")


def lapsed_head() -> Phrase:
    return S("moving.lapsed_head")


def for_wish(move: Move) -> Way:
    """The caseworker's own way to an offer."""
    back = press(ROOM, "counter", move.id, stamp(move.offered_at))
    return Way("odays", "ohours", "oquarters", "offer", (move.id, stamp(move.offered_at)), back)


def for_shift(appointment: Appointment) -> Way:
    """The caseworker's way to move an appointment herself."""
    subject = (appointment.id, appointment.revision)
    return Way("sdays", "shours", "squarters", "to", subject, press(ROOM, "shift", *subject))


def free_slots(circle: Circle, way: Way, labels: Mapping[datetime, str], back: str, head: Phrase) -> Screen:
    """A caseworker's choice: free slots first, or a day of her own."""
    rows = [(Button(label, way.carries(way.takes, stamp(at))),) for at, label in labels.items()]
    rows += [
        (Button(S("moving.other_day.button"), way.carries(way.days)),),
        (Button(S("moving.back.button"), back),),
    ]
    return screen(_about(circle), head, buttons=rows)


def free_days(circle: Circle, way: Way, labels: Mapping[date, str]) -> Screen:
    shown = [Button(label, way.carries(way.hours, day.isoformat())) for day, label in labels.items()]
    return screen(_about(circle), S("moving.which_day"), buttons=(*in_rows(shown, 3), _back(way)))


def free_hours(circle: Circle, way: Way, day: date, hours: Sequence[int]) -> Screen:
    shown = [
        Button(S("calendar.hour.button", hour=hour), way.carries(way.quarters, day.isoformat(), hour))
        for hour in hours
    ]
    return screen(_about(circle), S("moving.which_hour", day=day), buttons=(*in_rows(shown, 4), _back(way)))


def free_quarters(circle: Circle, way: Way, day: date, found: Sequence[datetime]) -> Screen:
    shown = [Button(clock(at), way.carries(way.takes, stamp(at))) for at in found]
    return screen(
        _about(circle), S("moving.which_quarter", day=day), buttons=(*in_rows(shown, 4), _back(way))
    )


def _back(way: Way) -> Row:
    return (Button(S("moving.back.button"), way.back),)


def _about(circle: Circle) -> Phrase:
    appointment = circle.appointment
    return staff_text(S(f"kind.{appointment.kind}"), circle.family, appointment.starts_at, appointment.place)


def sure(circle: Circle, to: datetime) -> Screen:
    """Before a caseworker moves an appointment herself."""
    appointment = circle.appointment
    asked = S("moving.sure", day=Day(to), hour=Hour(to))
    yes = press(ROOM, "sure", appointment.id, appointment.revision, stamp(to))
    back = press(ROOM, "shift", appointment.id, appointment.revision)
    rows = ((Button(S("moving.sure.button"), yes),), (Button(S("moving.back.button"), back),))
    return screen(_about(circle), asked, buttons=rows)


def agreed(circle: Circle, move: Move, at: datetime) -> Screen:
    """For whoever made the offer: it suits."""
    parent = circle.parent(move.person_id)
    name = named(parent) if parent is not None else S("appointments.parent")
    return screen(
        S("moving.agreed", name=name, family=circle.family, at=Moment(at)),
        buttons=((opens(circle.appointment),),),
    )


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    long, at = "Familie Abdelrahman-Kowalczyk-Özdemir aus der Bonner Straße", now + timedelta(days=3)
    one = Appointment(
        "i" * 16,
        "f" * 16,
        "c",
        AppointmentKind.ACCOMPANIED_CONTACT,
        at,
        "W" * 80,
        AppointmentState.PLANNED,
        99,
        None,
        moved_from=now,
    )
    worker, parent = (Person(id, 1, "W" * 40, "de", "de", False) for id in ("c", "p"))
    circle = Circle(one, long, worker, (parent,), {})
    wish = Move("m" * 16, one.id, "f", "c", "p", MoveState.ASKED, at, None, None, None, now, None, None)
    in_part = replace(wish, slot_at=None, day=at.date(), part=DayPart.AFTERNOON)
    offered_ = replace(wish, state=MoveState.OFFERED, offered_at=at)
    some = [at + timedelta(minutes=15 * n) for n in range(20)]
    moves = [wish, in_part, offered_, replace(wish, slot_at=None)]
    ended = [replace(wish, state=MoveState.SETTLED, outcome=outcome) for outcome in MoveOutcome]
    wishes = [
        Wish(move, circle, some if move is in_part else [], bool(n), bool(n))
        for n in (0, 1)
        for move in moves
    ]
    return [
        *_family_specimens(circle, offered_, in_part, at, now),
        *(mine(circle, move) for move in moves),
        *(sheet(shown) for shown in wishes),
        *(sheet(Wish(move, circle)) for move in ended),
        *(sheet(wishes[0], head) for head in (still_open(), refused_head(), lapsed_head())),
        *_staff_specimens(circle, wish, some),
    ]


def _family_specimens(circle: Circle, offer_: Move, wish: Move, at: datetime, now: datetime) -> list[Screen]:
    one, days = circle.appointment, {at.date() + timedelta(days=n): "Do 24.12." for n in range(10)}
    return [
        choose(circle, {at + timedelta(days=n): "Do 24.12. 14:30" for n in range(3)}),
        choose(circle, {}),
        which_day(one, days),
        which_part(one, at.date(), list(DayPart)),
        offered(circle, at, offer_),
        will_call(circle),
        kept(circle, "p", now),
        *(lapsed(circle, move, when) for move in (offer_, wish) for when in (now, at)),
    ]


def _staff_specimens(circle: Circle, wish: Move, some: Sequence[datetime]) -> list[Screen]:
    way, at, day = for_shift(circle.appointment), some[0], some[0].date()
    labels = {day + timedelta(days=n): "Do 24.12." for n in range(10)}
    return [
        free_slots(
            circle, for_wish(wish), dict.fromkeys(some[:3], "Do 24.12. 14:30"), way.back, still_open()
        ),
        free_slots(circle, way, {}, way.back, S("moving.which_slot")),
        *(free_days(circle, one, labels) for one in (way, for_wish(wish))),
        *(free_hours(circle, one, day, range(7, 21)) for one in (way, for_wish(wish))),
        *(free_quarters(circle, one, day, some[:4]) for one in (way, for_wish(wish))),
        sure(circle, at),
        agreed(circle, wish, at),
    ]
