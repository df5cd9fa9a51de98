"""Calendars of staff outside: the feed they subscribe to, and the one in which they are busy."""

from storage.drawer import Drawer
from storage.vault import Field

IMPORT = Field("calendars", "import_url")


class Calendars(Drawer):
    """One row for each member of staff who uses either."""
