"""The second way: at which addresses beside Telegram those on call and leads are rung."""

from handlers.second.chat import room

__all__ = ["room"]
