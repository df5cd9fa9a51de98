"""Appointments: answered by every parent, listed, opened and cancelled by whoever works with the family."""

from handlers.appointments.chat import room

__all__ = ["room"]
