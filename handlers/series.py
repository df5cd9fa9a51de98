"""The words of a series: on which other days the same takes place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce

from handlers.appointment_rules import Standing, standing
from handlers.screen import Screen
from locales.phrase import Address, F, Moment, Phrase
from locales.zone import here
from storage.records import Appointment


def other_days(first: datetime, following: Sequence[datetime]) -> Phrase:
    """For families: the days that follow, each with its time where that is another one."""
    at = first.astimezone(here()).time()
    named = [_day(one, same=one.astimezone(here()).time() == at) for one in following]
    joined = reduce(lambda before, one: F("appointments.and", before=before, one=one), named)
    return F("appointments.other_days", days=joined)


def _day(at: datetime, *, same: bool) -> Phrase:
    wall = at.astimezone(here())
    return F("appointments.one_day", day=Address(f"{wall:%d.%m.}") if same else Moment(at))


def with_days(
    shown: Screen, appointment: Appointment, following: Sequence[datetime], now: datetime
) -> Screen:
    """A family's card that also names the days to follow, as long as the appointment is still to come."""
    if not following or standing(appointment, now) is not Standing.PLANNED:
        return shown
    days = other_days(appointment.starts_at, following)
    return replace(shown, text=(shown.text[0], days, *shown.text[1:]))
