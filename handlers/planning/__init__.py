"""Planning: an appointment is made, by buttons or in one line, alone or as a series."""

from handlers.planning.chat import room

__all__ = ["room"]
