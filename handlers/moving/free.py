"""A small grid of somebody's free quarters: days, then hours, then quarters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers import slots
from handlers.moving import screens
from handlers.moving.screens import Way
from handlers.screen import Screen
from locales.translator import Voice
from locales.zone import here
from storage.appointments import Circle
from storage.records import Span

FIRST, LAST = 7, 21  # whoever works here may also agree on an early or a late hour


@dataclass(frozen=True, slots=True)
class Grid:
    """The free quarters for an appointment of this length, as buttons of one way through them."""

    circle: Circle
    way: Way
    busy: Sequence[Span]
    voice: Voice
    now: datetime

    def days(self) -> Screen:
        today = self.now.astimezone(here()).date()
        ahead = slots.working_days(today, slots.DAYS + 1)
        found = [day for day in ahead if self._free(day, FIRST, LAST)][: slots.DAYS]
        return screens.free_days(self.circle, self.way, {day: self.voice.day_short(day) for day in found})

    def hours(self, day: date | None) -> Screen:
        """The hours of a day with a free quarter; the days where there is no such day."""
        found = [hour for hour in range(FIRST, LAST) if self._free(day, hour, hour + 1)] if day else []
        return screens.free_hours(self.circle, self.way, day, found) if day and found else self.days()

    def quarters(self, day: date | None, hour: int) -> Screen:
        """The free quarters of an hour; what is left of the day where there are none."""
        found = self._free(day, hour, hour + 1) if day and hour in range(FIRST, LAST) else []
        return screens.free_quarters(self.circle, self.way, day, found) if day and found else self.hours(day)

    def is_free(self, at: datetime) -> bool:
        """Whether a time that was picked may still be taken."""
        return at in self._free(at.astimezone(here()).date(), FIRST, LAST)

    def _free(self, day: date, first: int, last: int) -> list[datetime]:
        appointment = self.circle.appointment
        length = timedelta(minutes=appointment.minutes)
        found = slots.quarters(day, (first, last), length, self.busy, self.now)
        return [at for at in found if at != appointment.starts_at]
