"""Drills: a test alarm for everybody on call, and a table of who answered."""

from handlers.drills.chat import room

__all__ = ["room"]
