"""Standing in for a caseworker who is away, and handing families over for good."""

from handlers.deputies.chat import room

__all__ = ["room"]
