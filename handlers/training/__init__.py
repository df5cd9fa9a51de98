"""Parent training: a session of an offer, with an invitation for every enrolled family."""

from handlers.training.chat import room

__all__ = ["room"]
