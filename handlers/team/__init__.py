"""The team for its lead: who holds which role, taking one away, lost codes, and who may do what."""

from handlers.team.chat import room

__all__ = ["room"]
