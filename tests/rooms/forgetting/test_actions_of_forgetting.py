"""What can't be undone asks for a fresh code, and for a second person."""

from collections.abc import Callable
from datetime import datetime

import pytest

from handlers.access import Asking
from handlers.forgetting import actions, holds
from handlers.forgetting.rules import Reason
from handlers.refusal import NeedsCode, Refusal
from handlers.rights import actions as rights
from storage.engine import Archive
from storage.records import Person, Request, Role
from storage.settings import CODES_ASKED
from storage.store import Store

Does = Callable[[Asking, Request], object]


def person(store: Store, number: int, role: Role, now: datetime) -> Person:
    fresh = store.people.met(number, "de", now)
    store.people.grant(fresh.id, role, now)
    return store.people.get(fresh.id)


def wish(store: Store, now: datetime) -> tuple[Person, Person, Request]:
    """A caseworker, a lead and a parent's wish that was filed."""
    klein, weber = person(store, 1, Role.CASEWORKER, now), person(store, 2, Role.LEAD, now)
    amina = person(store, 3, Role.PARENT, now)
    family = store.families.add("Ahorn 12", klein.id, now)
    store.families.join(family.id, amina.id)
    asked = actions.wish(Asking(store, amina, now))
    store.requests.exported(asked.id, now)
    return klein, weber, store.requests.get(asked.id) or asked


CASEWORKERS: dict[str, Does] = {
    "propose": actions.propose,
    "file": lambda asks, one: rights.about_family(asks, one.family_id or ""),
    "hold": lambda asks, one: holds.put(asks, one.family_id or "", "ground"),
}
LEADS: dict[str, Does] = {
    "grant": actions.grant,
    "refuse": lambda asks, one: actions.refuse(asks, one, Reason.KEEP),
    "lift": lambda asks, one: holds.lift(asks, one.family_id or ""),
}


@pytest.mark.parametrize("name", [*CASEWORKERS, *LEADS])
async def test_a_fresh_code_is_asked_for(archive: Archive, now: datetime, name: str) -> None:
    def tries(store: Store) -> None:
        klein, weber, asked = wish(store, now)
        store.settings.put(CODES_ASKED, "on")
        whoever, does = (klein, CASEWORKERS[name]) if name in CASEWORKERS else (weber, LEADS[name])
        with pytest.raises(NeedsCode) as needed:
            does(Asking(store, whoever, now), asked)
        assert needed.value.fresh

    await archive.write(tries)


@pytest.mark.parametrize("name", [*CASEWORKERS, *LEADS])
async def test_nobody_else_may(archive: Archive, now: datetime, name: str) -> None:
    def tries(store: Store) -> None:
        _, _, asked = wish(store, now)
        store.settings.put(CODES_ASKED, "off")
        does = (CASEWORKERS | LEADS)[name]
        for role, number in ((Role.CASEWORKER, 4), (Role.ON_CALL, 5), (Role.PARENT, 6)):
            with pytest.raises(Refusal):
                does(Asking(store, person(store, number, role, now), now), asked)
        assert store.requests.get(asked.id) == asked

    await archive.write(tries)


async def test_the_caseworker_may_stop_an_erasure_and_only_a_lead_lifts_it(
    archive: Archive, now: datetime
) -> None:
    def tries(store: Store) -> None:
        klein, weber, asked = wish(store, now)
        store.settings.put(CODES_ASKED, "off")
        family = asked.family_id or ""
        holds.put(Asking(store, klein, now), family, "Gericht")
        with pytest.raises(Refusal):
            holds.lift(Asking(store, klein, now), family)
        holds.lift(Asking(store, weber, now), family)
        assert store.legal_holds.of(family) is None

    await archive.write(tries)
