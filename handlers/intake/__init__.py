"""How people come in: by an invitation that opens once, or as a guest who is shown the red button."""

from handlers.intake.chat import room

__all__ = ["room"]
