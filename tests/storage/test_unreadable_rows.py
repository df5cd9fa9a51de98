"""What no key opens any more holds up nobody else: lists pass over it, queues put it aside, erasing goes on."""

import json
from datetime import datetime

import pytest

from storage.engine import Archive
from storage.keyring import Shredded
from storage.records import Lane, Person, Role
from storage.store import Store
from storage.tables import updates
from tests.storage.planting import DAY, agency, somebody


async def two_on_call(archive: Archive, now: datetime) -> tuple[Person, Person]:
    """Koch can be read, Neu can't any more."""
    koch, neu = await archive.write(
        lambda store: [somebody(store, n, name, Role.ON_CALL, now) for n, name in ((1, "Koch"), (2, "Neu"))]
    )
    archive.vault.keyring.destroy(f"person:{neu.id}")
    return koch, neu


async def test_lists_of_people_pass_over_the_unreadable_and_a_single_look_tells(
    archive: Archive, now: datetime
) -> None:
    koch, neu = await two_on_call(archive, now)

    def look(store: Store) -> None:
        assert [one.id for one in store.people.with_role(Role.ON_CALL)] == [koch.id]
        assert store.people.known(neu.id) is None
        assert store.people.known("nobody") is None
        known = store.people.known(koch.id)
        assert known is not None
        assert known.name == "Koch"
        with pytest.raises(Shredded):
            store.people.get(neu.id)

    await archive.read(look)


async def test_lists_of_families_and_their_members_pass_over_the_unreadable(
    archive: Archive, now: datetime
) -> None:
    koch, neu = await two_on_call(archive, now)

    def plant(store: Store) -> tuple[str, str]:
        here, gone = (store.families.add(label, koch.id, now) for label in ("Ahorn", "Birke"))
        for person in (koch, neu):
            store.families.join(here.id, person.id)
        return here.id, gone.id

    here, gone = await archive.write(plant)
    archive.vault.keyring.destroy(f"family:{gone}")

    def look(store: Store) -> None:
        assert [one.id for one in store.people.of_family(here)] == [koch.id]
        assert [one.id for one in store.families.caseload(koch.id)] == [here]
        with pytest.raises(Shredded):
            store.families.get(gone)

    await archive.read(look)


async def test_an_unreadable_update_is_put_aside_and_the_others_are_recovered(
    archive: Archive, now: datetime
) -> None:
    await archive.write(lambda store: store.updates.keep([(1, "yesterday", 5)], now - DAY))
    await archive.write(lambda store: store.updates.keep([(2, "a cry", 5)], now))
    archive.vault.keyring.destroy("day:2026-11-23")
    recovered = await archive.write(lambda store: store.updates.recovered())
    assert [(one.update_id, one.raw) for one in recovered] == [(2, "a cry")]
    assert await archive.read(lambda store: store.updates.count_parked()) == 1
    assert [one.update_id for one in await archive.read(lambda store: store.updates.waiting())] == [2]


async def test_an_unreadable_delivery_ends_as_undeliverable_and_the_others_are_claimed(
    archive: Archive, now: datetime
) -> None:
    koch, neu = await two_on_call(archive, now)

    def post(store: Store) -> list[int]:
        # what is posted after the key went would be sealed with a new one
        return [
            store.deliveries.post(Lane.CRISIS, 1, "sendMessage", {"text": "x"}, now, person_id=whom).id
            for whom in (neu.id, koch.id)
        ]

    _, readable = await archive.write(post)
    archive.vault.keyring.destroy(f"person:{neu.id}")
    claimed = await archive.write(lambda store: store.deliveries.claim(now + DAY, 10))
    assert [one.id for one in claimed] == [readable]
    assert await archive.read(lambda store: store.deliveries.count_undeliverable()) == 1


async def two_families(archive: Archive, now: datetime) -> tuple[str, str, str]:
    """The caseworker, the lead, and the family of the caseworker's."""

    def plant(store: Store) -> tuple[str, str, str]:
        agency(store)
        klein = somebody(store, 1, "Klein", Role.CASEWORKER, now)
        weber = somebody(store, 2, "Weber", Role.LEAD, now)
        return klein.id, weber.id, store.families.add("Ahorn", klein.id, now).id

    return await archive.write(plant)


async def test_a_conversation_that_names_the_erased_deep_inside_ends(archive: Archive, now: datetime) -> None:
    klein, weber, family = await two_families(archive, now)

    def converse(store: Store) -> None:
        before = {"then": {"room": "caseload", "content": json.dumps({"family": f"f:{family}"})}}
        store.dialogues.put(klein, "login", "code", before, now)
        store.dialogues.put(weber, "login", "code", {"then": "something else"}, now)

    await archive.write(converse)
    await archive.write(lambda store: store.erasure.family(family, now))
    left = [
        one
        for one in (klein, weber)
        if await archive.read(lambda store, who=one: store.dialogues.of(who, now)) is not None
    ]
    assert left == [weber]


async def test_a_conversation_nobody_can_read_does_not_keep_a_family_from_being_erased(
    archive: Archive, now: datetime
) -> None:
    klein, weber, family = await two_families(archive, now)
    await archive.write(lambda store: store.dialogues.put(weber, "a", "b", {"family": "another"}, now))
    await archive.write(lambda store: store.dialogues.put(klein, "a", "b", {"family": "another"}, now))
    archive.vault.keyring.destroy(f"person:{weber}")
    await archive.write(lambda store: store.erasure.family(family, now))

    def look(store: Store) -> None:
        assert store.families.all() == []
        kept = store.connection.exec_driver_sql("SELECT person_id FROM dialogues").scalars().all()
        assert kept == [klein]

    await archive.read(look)


async def test_erasing_leaves_what_waits_and_forgets_what_has_been_dealt_with(
    archive: Archive, now: datetime
) -> None:
    guest = await archive.write(lambda store: store.people.met(77, "de", now))

    def arrive(store: Store) -> None:
        store.updates.keep([(1, "done", 77), (2, "parked", 77), (3, "a cry", 77)], now)
        store.updates.done(1)
        store.updates.park(2, "ValueError")

    await archive.write(arrive)
    await archive.write(lambda store: store.erasure.person(guest.id, now))

    def look(store: Store) -> None:
        assert [(one.update_id, one.raw) for one in store.updates.waiting()] == [(3, "a cry")]
        rows = store.connection.execute(updates.select().order_by(updates.c.update_id)).mappings().all()
        assert [(row["state"], row["sender"] is None) for row in rows] == [
            ("done", True),
            ("done", True),
            ("waiting", False),
        ]

    await archive.read(look)
