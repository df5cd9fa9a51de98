"""Afterwards: who came, and a kind word to who did not."""

from handlers.attendance.chat import room

__all__ = ["room"]
