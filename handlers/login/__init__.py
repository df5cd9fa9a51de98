"""How members of staff show that it is them: codes of an authenticator app, and sessions that end."""

from handlers.login.chat import room

__all__ = ["room"]
