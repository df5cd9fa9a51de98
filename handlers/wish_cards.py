"""A wish for another time as everybody sees it: on the parent's card, and before whoever decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from handlers.appointment_words import family_text, named
from handlers.callback import press
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Day, F, Hour, Moment, Phrase, S
from locales.zone import here
from storage.appointments import Circle
from storage.records import AppointmentState, Move, MoveOutcome, MoveState

ROOM = "moving"
MOST_DIGITS = 9  # of minutes since 1970


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish with all that whoever decides must know.

    `room` are the free quarters of the part of a day that is wished for; `clashes` says that something else
    stands at the wished slot by now, `called` that the parent is on the call list.
    """

    move: Move
    circle: Circle
    room: Sequence[datetime] = ()
    clashes: bool = False
    called: bool = False

    @property
    def who(self) -> str | Phrase:
        parent = self.circle.parent(self.move.person_id)
        return named(parent) if parent is not None else S("appointments.parent")


def stamp(at: datetime | None) -> int:
    """A moment as a button carries it, in whole minutes; 0 for none."""
    return int(at.timestamp()) // 60 if at is not None else 0


def moment_of(text: str) -> datetime | None:
    """The moment a button carries, aware UTC; None when it carries none."""
    readable = text.isascii() and text.isdigit() and 0 < len(text) <= MOST_DIGITS
    return datetime.fromtimestamp(int(text) * 60, UTC) if readable else None


def mine(circle: Circle, move: Move) -> Screen:
    """What a parent with an open wish sees: the time that still holds, and whose turn it is."""
    if move.offered_at is not None:
        said = F("moving.offered_card", wish=Moment(move.offered_at))
        return screen(family_text(circle.appointment), said, buttons=_answers(circle, move, move.offered_at))
    person = circle.caseworker.name
    if move.slot_at is not None:
        said = F("moving.asked_slot", wish=Moment(move.slot_at), person=person)
    elif move.day is not None:
        said = F("moving.asked_part", day=move.day, part=F(f"moving.part.{move.part}"), person=person)
    else:
        said = F("moving.asked_any", person=person)
    rows = (
        (Button(F("moving.again.button"), _about_appointment("again", circle)),),
        (Button(F("moving.keep.button"), press(ROOM, "keep", move.id)),),
    )
    return screen(family_text(circle.appointment), said, buttons=rows)


def offer(circle: Circle, move: Move, at: datetime) -> Screen:
    """What rings at the parent: the time that is offered instead."""
    old, person = Moment(circle.appointment.starts_at), circle.caseworker.name
    text = F("moving.offer", person=person, day=Day(at), hour=Hour(at), old=old)
    return screen(text, buttons=_answers(circle, move, at))


def _answers(circle: Circle, move: Move, at: datetime) -> tuple[Row, ...]:
    seen = stamp(at)
    return (
        (Button(F("moving.agree.button"), press(ROOM, "agree", move.id, seen)),),
        (Button(F("moving.again.button"), _about_appointment("again", circle)),),
        (Button(F("moving.refuse.button"), press(ROOM, "refuse", move.id, seen)),),
    )


def _about_appointment(verb: str, circle: Circle) -> str:
    return press(ROOM, verb, circle.appointment.id, circle.appointment.revision)


def sheet(wish: Wish, head: Phrase | None = None) -> Screen:
    """The wish before whoever decides; `head` says why it comes again."""
    text = [_wished(wish), *_standing(wish)]
    if head is not None:
        text.insert(0, head)
    return screen(
        *text, buttons=_decisions(wish) if wish.move.state is not MoveState.SETTLED else (_opens(wish),)
    )


def _wished(wish: Wish) -> Phrase:
    circle, move = wish.circle, wish.move
    appointment = circle.appointment
    kind, now = S(f"kind.{appointment.kind}"), Moment(_old(wish))
    return S("moving.wish", name=wish.who, family=circle.family, kind=kind, now=now, wish=_what(move))


def _old(wish: Wish) -> datetime:
    """The time it had when the wish was made."""
    appointment = wish.circle.appointment
    if wish.move.outcome is MoveOutcome.MOVED and appointment.moved_from is not None:
        return appointment.moved_from
    return appointment.starts_at


def _what(move: Move) -> Phrase | Moment:
    if move.slot_at is not None:
        return Moment(move.slot_at)
    if move.day is None:
        return S("moving.any_time")
    return S("moving.day_part", day=move.day, part=S(f"moving.part.{move.part}"))


def _standing(wish: Wish) -> list[Phrase]:
    move = wish.move
    if move.state is MoveState.SETTLED:
        return [_became(wish)]
    told = [S("moving.called", name=wish.who)] if wish.called else []
    if move.offered_at is not None:
        return [*told, S("moving.offered", at=Moment(move.offered_at), name=wish.who)]
    if wish.clashes:
        told.append(S("moving.clash"))
    elif move.slot_at is None and move.day is not None:
        told.append(S("moving.choose_quarter") if wish.room else S("moving.no_quarter"))
    return told


def _became(wish: Wish) -> Phrase:
    appointment = wish.circle.appointment
    at = Moment(appointment.starts_at)
    if appointment.state is AppointmentState.CANCELLED:
        return S("moving.became_cancelled")
    match wish.move.outcome:
        case MoveOutcome.MOVED:
            return S("moving.became_moved", at=at)
        case MoveOutcome.WITHDRAWN:
            return S("moving.became_withdrawn", at=at)
        case MoveOutcome.CALLED:
            return S("moving.became_called", at=at)
        case MoveOutcome.LAPSED:
            return S("moving.became_lapsed", at=at)
        case _:
            return S("moving.became_kept", at=at)


def _decisions(wish: Wish) -> tuple[Row, ...]:
    move, seen = wish.move, stamp(wish.move.offered_at)
    rows: list[Row] = []
    if move.offered_at is None and move.slot_at is not None:
        accept = press(ROOM, "accept", move.id, stamp(move.slot_at))
        rows.append((Button(S("moving.accept.button"), accept),))
    elif move.offered_at is None:
        fixes = [Button(clock(at), press(ROOM, "fix", move.id, stamp(at))) for at in wish.room]
        rows += in_rows(fixes, 4)
    rows.append((Button(S("moving.counter.button"), press(ROOM, "counter", move.id, seen)),))
    if wish.called:
        rows.append((Button(S("moving.talked.button"), press(ROOM, "talked", move.id, seen)),))
    else:
        rows.append((Button(S("moving.call.button"), press(ROOM, "call", move.id, seen)),))
        rows.append((Button(S("moving.stay.button"), press(ROOM, "stay", move.id, seen)),))
    return tuple(rows)


def _opens(wish: Wish) -> Row:
    return (Button(S("appointments.open.button"), press("appointments", "open", wish.circle.appointment.id)),)


def clock(at: datetime) -> str:
    return f"{at.astimezone(here()):%H:%M}"
