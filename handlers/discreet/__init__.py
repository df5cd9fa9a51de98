"""What stays on a phone: short notices, clearing the chat, and a pause from everything but answers."""

from handlers.discreet.chat import room

__all__ = ["room"]
