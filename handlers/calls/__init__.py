"""The call list: whom to call, and why; who has not answered is nudged once and then stands here."""

from handlers.calls.chat import room

__all__ = ["room"]
