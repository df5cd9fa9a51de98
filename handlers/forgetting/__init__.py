"""How somebody is forgotten for good: the wish, the agency's file first, two people who agree, and the last words."""

from handlers.forgetting.chat import room

__all__ = ["room"]
