"""Crisis: help numbers at once, one tap to an alarm, and paging until a human takes it."""

from handlers.crisis.chat import room

__all__ = ["room"]
