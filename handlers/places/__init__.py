"""Places for a crisis: what is free tonight, held while somebody is on the phone, taken, and who waits for one."""

from handlers.places.chat import room

__all__ = ["room"]
