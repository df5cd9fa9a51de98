"""The room where this is met."""

from handlers.room import Room

room = Room(name="calendars")
