"""The agency's own facts: sites, offers, crisis numbers, escalation steps. Loaded from a file, edited by people."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, bindparam, delete, select

from storage.drawer import Drawer, Row, into
from storage.records import CrisisNumber, Offer, OfferKind, Site
from storage.tables import crisis_numbers, escalation_steps, offers, sites

_numbers = select(crisis_numbers).order_by(crisis_numbers.c.position)
_sites = select(sites).order_by(sites.c.name)
_offers = select(offers).order_by(offers.c.id)
_offer = select(offers).where(offers.c.id == bindparam("id"))
_steps = select(escalation_steps).order_by(escalation_steps.c.step)


def _number(row: Row) -> CrisisNumber:
    return CrisisNumber(**{**row, "first": bool(row["first"]), "staff_only": bool(row["staff_only"])})


def _made_offer(row: Row) -> Offer:
    return Offer(row["id"], row["site_id"], OfferKind(row["kind"]))


class Agency(Drawer):
    """What the agency has, where, and whom one may call."""

    def numbers(self) -> list[CrisisNumber]:
        return self._all(_numbers, _number)

    def sites(self) -> list[Site]:
        return self._all(_sites, into(Site))

    def offers(self) -> list[Offer]:
        return self._all(_offers, _made_offer)

    def offer(self, id: str) -> Offer | None:
        return self._one(_offer, _made_offer, id=id)

    def steps(self) -> list[tuple[int, int]]:
        """(step, minutes until the next one), in order."""
        return self._all(_steps, lambda row: (row["step"], row["minutes"]))

    def put_sites(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._put(sites, rows)

    def put_offers(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._put(offers, rows)

    def replace_numbers(self, rows: list[dict[str, Any]]) -> None:
        self._change(delete(crisis_numbers))
        self._add(crisis_numbers.insert(), rows)

    def replace_steps(self, minutes: list[int]) -> None:
        """Sets the escalation policy for alarms that open from now on. Open ones keep theirs."""
        self._change(delete(escalation_steps))
        rows = [{"step": n, "minutes": m} for n, m in enumerate(minutes, start=1)]
        self._add(escalation_steps.insert(), rows)

    def _put(self, into_table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            changes = {name: value for name, value in row.items() if name != "id"}
            changed = self._change(into_table.update().where(into_table.c.id == row["id"]).values(**changes))
            if not changed:
                self._add(into_table.insert(), row)
