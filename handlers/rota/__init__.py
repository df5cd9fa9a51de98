"""Rota: who holds the crisis phone now. Shifts and patterns come with the crisis issue; here one goes on and off."""

from handlers.rota.chat import room

__all__ = ["room"]
