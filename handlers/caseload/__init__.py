"""A caseworker's families: who belongs to them, what they take part in, and the invitations for parents."""

from handlers.caseload.chat import room

__all__ = ["room"]
