"""Courses of parent training: seats, waiting list, sign-up, attendance, certificates."""

from handlers.courses.chat import room

__all__ = ["room"]
