"""Rota: who holds the crisis phone when, who takes whose shift, and where nobody would hear a page."""

from handlers.rota.chat import room

__all__ = ["room"]
