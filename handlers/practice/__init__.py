"""Small exercises between the sessions of a course, at everybody's own pace."""

from handlers.practice.chat import room

__all__ = ["room"]
