"""What everybody may ask of us: what we know of them, that something is wrong, a family's file for the agency."""

from handlers.rights.chat import room

__all__ = ["room"]
