"""Crisis places in the store: one winner, however many want the same place, and only a human frees a stay."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy.exc import DBAPIError

from storage.engine import Archive
from storage.records import Hold, HoldState
from storage.store import Store
from storage.tables import holds

HALF = timedelta(minutes=30)


def agency(store: Store) -> None:
    store.agency.put_sites([{"id": "s", "name": "S", "address": "", "places": 4}])
    store.agency.put_crisis_places(
        {"id": f"p{n}", "site_id": "s", "label": f"Platz {n}", "position": n} for n in (2, 1)
    )


def somebody(store: Store, number: int, now: datetime) -> str:
    return store.people.met(number, "de", now).id


def hold(store: Store, who: str, now: datetime, place: str = "p1") -> Hold | None:
    return store.holds.hold(place, who, 412, now, now + HALF, from_porz=True)


def grant(store: Store, id: str, now: datetime) -> bool:
    return store.holds.grant(id, "p1", now + HALF)


async def test_of_a_hundred_who_want_the_same_place_one_has_it(archive: Archive, now: datetime) -> None:
    await archive.write(agency)
    people = await archive.write(lambda store: [somebody(store, n, now) for n in range(1, 101)])
    tries = (archive.write(partial(hold, who=who, now=now)) for who in people)
    got = [made for made in await asyncio.gather(*tries) if made is not None]
    assert len(got) == 1
    assert await archive.read(lambda store: store.holds.current()) == got


async def test_of_a_hundred_who_wait_one_is_given_the_place(archive: Archive, now: datetime) -> None:
    await archive.write(agency)
    who = await archive.write(lambda store: somebody(store, 1, now))
    waiting = await archive.write(
        lambda store: [store.holds.wait(who, None, now, from_porz=False).id for _ in range(100)]
    )
    given = await asyncio.gather(*(archive.write(partial(grant, id=one, now=now)) for one in waiting))
    assert sum(given) == 1
    current, left = await archive.read(lambda store: (store.holds.current(), store.holds.waiting()))
    assert [one.place_id for one in current] == ["p1"]
    assert len(left) == 99


async def test_the_store_itself_refuses_a_second_one_in_the_same_place(
    archive: Archive, now: datetime
) -> None:
    """Whoever goes around the drawer, or commits beside it on a store of several writers, is stopped too."""
    await archive.write(agency)

    def twice(store: Store) -> None:
        made = hold(store, somebody(store, 1, now), now)
        assert made is not None
        row = {"from_porz": 0, "asked_at": now, "place_id": "p1"}
        store.connection.execute(holds.insert(), {**row, "id": "x", "state": "released"})
        with pytest.raises(DBAPIError):
            store.connection.execute(holds.insert(), {**row, "id": "y", "state": "taken"})

    await archive.write(twice)


async def test_a_hold_becomes_a_stay_once_and_lapses_only_in_time(archive: Archive, now: datetime) -> None:
    await archive.write(agency)

    def story(store: Store) -> None:
        who, other = somebody(store, 1, now), somebody(store, 2, now)
        made = hold(store, who, now)
        assert made is not None
        assert hold(store, other, now) is None
        assert not store.holds.lapse(made.id, now + HALF - timedelta(seconds=1))
        assert store.holds.confirm(made.id, other, now + timedelta(days=1), now)
        assert not store.holds.confirm(made.id, who, now + timedelta(days=2), now)
        assert not store.holds.lapse(made.id, now + HALF)
        assert not store.holds.release(made, now)  # it is a stay by now, no hold
        assert not store.holds.prolong(made, now + timedelta(days=9))
        taken = store.holds.get(made.id)
        assert taken is not None
        assert (taken.state, taken.taken_by, taken.until) == (HoldState.TAKEN, other, now + timedelta(days=1))
        assert store.holds.prolong(taken, now + timedelta(days=3))
        assert store.holds.release(taken, now)
        assert not store.holds.release(taken, now)
        assert hold(store, other, now) is not None

    await archive.write(story)


async def test_a_hold_that_lapses_frees_the_place(archive: Archive, now: datetime) -> None:
    await archive.write(agency)

    def story(store: Store) -> None:
        who = somebody(store, 1, now)
        made = hold(store, who, now)
        assert made is not None
        assert store.holds.lapse(made.id, now + HALF)
        assert store.holds.current() == []
        assert [one.state for one in store.holds.past()] == [HoldState.LAPSED]
        waits = store.holds.wait(who, None, now, from_porz=False)
        assert store.holds.release(waits, now)
        assert not store.holds.grant(waits.id, "p1", now + HALF)

    await archive.write(story)


async def test_of_two_leads_who_start_a_drill_one_does(archive: Archive, now: datetime) -> None:
    who = await archive.write(lambda store: somebody(store, 1, now))
    made = await asyncio.gather(
        *(archive.write(lambda store: store.drills.start(who, now, now + HALF)) for _ in range(20))
    )
    (drill,) = (one for one in made if one is not None)
    assert await archive.read(lambda store: store.drills.running()) == drill
    assert await archive.write(lambda store: store.drills.end(drill.id, now))
    assert not await archive.write(lambda store: store.drills.end(drill.id, now))
    assert await archive.write(lambda store: store.drills.start(who, now, now + HALF)) is not None
