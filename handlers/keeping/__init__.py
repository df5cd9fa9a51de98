"""Keeping: nothing is kept for ever. Every night what is over its time goes, and keys nobody needs any more."""

from handlers.keeping.chat import room

__all__ = ["room"]
