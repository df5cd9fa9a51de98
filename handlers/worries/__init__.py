"""Words of distress typed where something else was asked: kept, asked about, and told to whoever may help."""

from handlers.worries.chat import room

__all__ = ["room"]
