"""Breaches of data protection: noted in two taps, with the clock of 72 hours and a log for the authority."""

from handlers.incidents.chat import room

__all__ = ["room"]
