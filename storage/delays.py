"""What lies longer than it may, for whoever audits from outside: counts, and nothing of what it says."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.drawer import Drawer
from storage.records import DeliveryState, Lane, UpdateState
from storage.tables import deliveries, rings, updates

_deliveries = (
    select(func.count().label("n"), func.coalesce(func.min(deliveries.c.attempts), 0).label("tries"))
    .select_from(deliveries)
    .where(
        deliveries.c.state == DeliveryState.QUEUED,
        deliveries.c.lane <= Lane.CRISIS,
        deliveries.c.created_at < bindparam("before"),
    )
)
_rings = (
    select(func.count().label("n"))
    .select_from(rings)
    .where(rings.c.state == DeliveryState.QUEUED, rings.c.created_at < bindparam("before"))
)
_updates = (
    select(func.count().label("n"))
    .select_from(updates)
    .where(updates.c.state == UpdateState.WAITING, updates.c.arrived_at < bindparam("before"))
)


class Delays(Drawer):
    """Counts of what was due long ago."""

    def crisis_deliveries(self, before: datetime) -> tuple[int, int]:
        """How many of crisis are owed since before then, and how often the least tried of them was tried."""
        return self._one(_deliveries, lambda row: (int(row["n"]), int(row["tries"])), before=before) or (0, 0)

    def rings(self, before: datetime) -> int:
        return self._one(_rings, lambda row: int(row["n"]), before=before) or 0

    def updates(self, before: datetime) -> int:
        """How many were confirmed to Telegram before then and have had no effect yet."""
        return self._one(_updates, lambda row: int(row["n"]), before=before) or 0
