"""Appointments: made by a caseworker, answered by every parent, reminded of, cancelled."""

from handlers.appointments.chat import room

__all__ = ["room"]
