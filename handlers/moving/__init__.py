"""Another time: wished by a parent, by slot or by part of the day, decided by whoever works with the family."""

from handlers.moving.chat import room

__all__ = ["room"]
