"""The lead's view: the team and its invitations, and whatever got stuck."""

from handlers.oversight.chat import room

__all__ = ["room"]
