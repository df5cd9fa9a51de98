"""Reminders: when they come, to whom, in which quiet, and what became of each."""

from handlers.reminders.chat import room

__all__ = ["room"]
