"""The room of reminders."""

from handlers.reminders import due
from handlers.reminding import DAY_BEFORE, TWO_HOURS
from handlers.room import Room

room = Room(name="reminders", due={DAY_BEFORE: due.day_before, TWO_HOURS: due.two_hours})
