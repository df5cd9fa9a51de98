"""Why a parent does not come, as a pictogram said it. Sealed: it may be about health."""

from storage.drawer import Drawer
from storage.vault import Field

REASON = Field("declines", "reason")


class Declines(Drawer):
    """Every no with its reason; the newest of a person counts."""
