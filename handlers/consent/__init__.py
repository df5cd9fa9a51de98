"""Where parents say yes or no to what we store and send, each purpose by itself, and take a yes back."""

from handlers.consent.chat import room

__all__ = ["room"]
