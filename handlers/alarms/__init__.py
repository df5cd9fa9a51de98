"""Alarms afterwards: what happened when, as text and as a picture, and what the team wants to remember."""

from handlers.alarms.chat import room

__all__ = ["room"]
