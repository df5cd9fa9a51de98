"""Calendars outside: a feed for staff, and times when they are busy."""

from handlers.calendars.chat import room

__all__ = ["room"]
