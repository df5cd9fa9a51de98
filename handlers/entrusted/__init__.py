"""Words a family entrusted to one person (section 65 SGB VIII), and the few grounds on which others may read them."""

from handlers.entrusted.chat import room

__all__ = ["room"]
