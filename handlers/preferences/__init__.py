"""The language a person reads, the way home and a short help."""

from handlers.preferences.chat import room

__all__ = ["room"]
