"""A child may be in danger (section 8a SGB VIII): points to go through together. It guides and never decides."""

from handlers.protection.chat import room

__all__ = ["room"]
