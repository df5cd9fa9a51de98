"""The numbers a family gets even before an agency has entered its own. Source: domain.md's list of defaults."""

from storage.records import CrisisNumber
from storage.store import Store

DEFAULTS = (
    CrisisNumber("112", "ambulance_fire", "always", 1, first=True, staff_only=False, confirmed_on=None),
    CrisisNumber("110", "police", "always", 2, first=True, staff_only=False, confirmed_on=None),
    CrisisNumber("116 016", "violence_women", "always", 3, first=True, staff_only=False, confirmed_on=None),
    CrisisNumber("116 117", "medical", "always", 4, first=False, staff_only=False, confirmed_on=None),
    CrisisNumber("0228 19240", "poison", "always", 5, first=False, staff_only=False, confirmed_on=None),
)


def known(store: Store) -> tuple[CrisisNumber, ...]:
    """The agency's numbers, or the defaults while it has none."""
    return tuple(store.agency.numbers()) or DEFAULTS
