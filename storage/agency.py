"""The agency's own facts: sites, offers, crisis numbers, escalation steps. Loaded from a file, edited by people."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, bindparam, delete, select

from storage.drawer import Drawer, Row, into
from storage.records import CrisisNumber, CrisisPlace, MeetingPlace, Offer, OfferKind, Site
from storage.tables import crisis_numbers, crisis_places, meeting_places, offers, policies, sites

_numbers = select(crisis_numbers).order_by(crisis_numbers.c.position)
_sites = select(sites).order_by(sites.c.name)
_offers = select(offers).order_by(offers.c.id)
_offer = select(offers).where(offers.c.id == bindparam("id"))
_policy = select(policies.c.body).where(policies.c.site_id == bindparam("site_id"))
_meeting_places = select(meeting_places).order_by(meeting_places.c.position, meeting_places.c.name)
_meeting_place = select(meeting_places).where(meeting_places.c.id == bindparam("id"))
_places = select(crisis_places).order_by(crisis_places.c.position, crisis_places.c.id)

UNPINNED: Mapping[str, Any] = {"latitude": None, "longitude": None, "ways": {}, "position": 0}
EVERYWHERE = ""  # the policy of all sites that have none of their own


def _number(row: Row) -> CrisisNumber:
    return CrisisNumber(**{**row, "first": bool(row["first"]), "staff_only": bool(row["staff_only"])})


def _made_offer(row: Row) -> Offer:
    return Offer(row["id"], row["site_id"], OfferKind(row["kind"]))


def _made_place(row: Row) -> MeetingPlace:
    return MeetingPlace(**{**row, "ways": dict(json.loads(row["ways"]))})


def _with_ways(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "ways": json.dumps(row["ways"], ensure_ascii=False)} if "ways" in row else dict(row)


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

    def policy(self, site_id: str | None = None) -> dict[str, Any]:
        """The escalation policy of a site, else the one for all; empty where none was loaded."""
        for whose in dict.fromkeys((site_id or EVERYWHERE, EVERYWHERE)):
            found = self._one(_policy, lambda row: str(row["body"]), site_id=whose)
            if found is not None:
                return dict(json.loads(found))
        return {}

    def steps(self) -> list[tuple[int, int]]:
        """(step, minutes until the next one) of the policy for all, in order."""
        return list(enumerate(self.policy().get("minutes", []), start=1))

    def crisis_places(self) -> list[CrisisPlace]:
        return self._all(_places, into(CrisisPlace))

    def meeting_places(self) -> list[MeetingPlace]:
        """The register of places to meet, in its own order."""
        return self._all(_meeting_places, _made_place)

    def meeting_place(self, id: str | None) -> MeetingPlace | None:
        """None for an id that the register does not know."""
        return self._one(_meeting_place, _made_place, id=id) if id else None

    def put_sites(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Adds or changes sites. Each is a place to meet as well, under the same id."""
        for row in rows:
            self._put(sites, [row])
            known = self.meeting_place(row["id"])
            at = {"id": row["id"], "site_id": row["id"], "name": row["name"], "address": row["address"]}
            self.put_meeting_places([at if known else {**at, **UNPINNED}])

    def put_meeting_places(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Adds or changes places to meet; `ways` says by language code how one gets there."""
        self._put(meeting_places, map(_with_ways, rows))

    def put_offers(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._put(offers, rows)

    def replace_numbers(self, rows: list[dict[str, Any]]) -> None:
        self._change(delete(crisis_numbers))
        self._add(crisis_numbers.insert(), rows)

    def replace_policies(self, bodies: Mapping[str, Mapping[str, Any]]) -> None:
        """Sets the policies by site ("" is for all) for alarms that open from now on. Open ones keep theirs."""
        self._change(delete(policies))
        rows = [{"site_id": site, "body": json.dumps(dict(body))} for site, body in bodies.items()]
        self._add(policies.insert(), rows)

    def put_crisis_places(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._put(crisis_places, rows)

    def _put(self, into_table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            changes = {name: value for name, value in row.items() if name != "id"}
            changed = self._change(into_table.update().where(into_table.c.id == row["id"]).values(**changes))
            if not changed:
                self._add(into_table.insert(), row)
