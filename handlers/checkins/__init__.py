"""How parents say how they are, and how their caseworker hears of it."""

from handlers.checkins.chat import room

__all__ = ["room"]
