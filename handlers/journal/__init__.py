"""The journal: the lead reads who did what, and is told when somebody has tampered with it."""

from handlers.journal.chat import room

__all__ = ["room"]
