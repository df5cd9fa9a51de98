"""Everybody's place in a course's exercises, and what they said about each."""

from storage.drawer import Drawer


class Practices(Drawer):
    """Kept until the family is forgotten."""
