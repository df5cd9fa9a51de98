"""The agency's numbers, and those a family gets even before an agency has entered its own."""

from datetime import datetime

from handlers.crisis.calling import for_families
from locales.zone import here
from storage.records import CrisisNumber
from storage.store import Store

DEFAULTS = (
    CrisisNumber("112", "ambulance_fire", "always", 1, first=True, staff_only=False, confirmed_on=None),
    CrisisNumber("110", "police", "always", 2, first=True, staff_only=False, confirmed_on=None),
    CrisisNumber(
        "116 016",
        "violence_women",
        "always",
        3,
        first=True,
        staff_only=False,
        confirmed_on=None,
        languages="*",
    ),
    CrisisNumber("116 117", "medical", "always", 4, first=False, staff_only=False, confirmed_on=None),
    CrisisNumber("0228 19240", "poison", "always", 5, first=False, staff_only=False, confirmed_on=None),
)


def known(store: Store) -> tuple[CrisisNumber, ...]:
    """The agency's numbers, or the defaults while it has none."""
    return tuple(store.agency.numbers()) or DEFAULTS


def answering(store: Store, now: datetime, *, first_only: bool) -> list[CrisisNumber]:
    """What families may call now; `first_only` is what they are shown at once."""
    return for_families(known(store), now.astimezone(here()), first_only=first_only)
