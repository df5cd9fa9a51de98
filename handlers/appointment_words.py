"""The words of an appointment: how a family reads what, when and where it is, and how staff do."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from handlers.calendar import AT_HOME, brief
from locales.phrase import Address, Day, F, Hour, Language, Moment, Phrase, S
from storage.records import Appointment, AppointmentKind, Person


def family_text(appointment: Appointment) -> Phrase:
    """The family's words for an appointment, in two to six short lines; parent training has its own.

    The appointment need not be stored yet. What has been moved is told plainly, by its time now.
    """
    where = _place(appointment)
    day, hour = Day(appointment.starts_at), Hour(appointment.starts_at)
    if appointment.kind is AppointmentKind.PARENT_TRAINING_SESSION:
        told = F("appointments.training_card", day=day, hour=hour, place=where)
    else:
        kind = F(f"kind.{appointment.kind}")
        told = F("appointments.card", kind=kind, day=day, hour=hour, place=where)
    return _with_details(told, appointment)


def moved_text(appointment: Appointment) -> Phrase:
    """As above for an appointment that was moved: the old time is said to be none any more, then the new one."""
    told = F(
        "appointments.moved_card",
        kind=F(f"kind.{appointment.kind}"),
        was=Moment(appointment.moved_from or appointment.starts_at),
        at=Moment(appointment.starts_at),
        place=_place(appointment),
    )
    return _with_details(told, appointment)


def _place(appointment: Appointment) -> Phrase | Address:
    at_home = appointment.place == AT_HOME
    return F("appointments.at_home") if at_home else Address(appointment.place)


def _with_details(told: Phrase, appointment: Appointment) -> Phrase:
    """The same with who translates and what to bring, each on a line of its own."""
    if appointment.interpreter:
        told = F("appointments.with_interpreter", card=told, language=Language(appointment.interpreter))
    if appointment.bring:
        told = F("appointments.with_things", card=told, things=_things(appointment.bring))
    return told


def _things(words: Sequence[str]) -> Phrase:
    named = [F(f"bring.{word}") for word in words]
    return reduce(lambda before, one: F("appointments.and", before=before, one=one), named)


def staff_text(kind: Phrase, family: str, starts_at: datetime, place: str) -> Phrase:
    """The staff's words for what, whose, when and where."""
    where = S("appointments.at_home") if place == AT_HOME else Address(place)
    day, hour = Day(starts_at), Hour(starts_at)
    return S("appointments.preview", kind=kind, family=family, day=day, hour=hour, place=where)


def staff_details(appointment: Appointment) -> list[Phrase]:
    """What else staff should know of an appointment, each for a line of its own; often nothing."""
    told = []
    if appointment.moved_from is not None:
        told.append(S("appointments.moved_from", was=Moment(appointment.moved_from)))
    if appointment.interpreter:
        told.append(S("appointments.interpreter_needed", language=Language(appointment.interpreter)))
    if appointment.bring:
        told.append(S("appointments.to_bring", things=_staff_things(appointment.bring)))
    if appointment.series_id is not None:
        told.append(S("appointments.of_series"))
    return told


def _staff_things(words: Sequence[str]) -> Phrase:
    named = [S(f"bring.{word}") for word in words]
    return reduce(lambda before, one: S("appointments.and", before=before, one=one), named)


def lines(told: Sequence[Phrase]) -> Phrase:
    """Several phrases of staff, one below the other."""
    return reduce(lambda above, one: S("appointments.lines", above=above, one=one), told)


def named(parent: Person) -> str | Phrase:
    """Whoever has no name yet is a parent all the same."""
    return brief(parent.name, 60) or S("appointments.parent")


def unreachable(parent: Person) -> Phrase:
    return S("appointments.unreachable", name=named(parent))
