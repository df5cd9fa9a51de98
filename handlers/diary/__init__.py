"""What a caseworker sees of her day and week, and what can be learnt from how it went."""

from handlers.diary.chat import room

__all__ = ["room"]
