"""Seats of a course: never more taken than there are, none free while somebody waits, and first come, first served."""

import asyncio
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine import Archive
from storage.records import Course, CourseState, Role, SeatState
from storage.retention import Class
from storage.store import Store

THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def a_course(store: Store, seats: int, families: int) -> tuple[str, list[str]]:
    """A course with so many seats, and as many invited families; their ids."""
    leads = store.people.met(len(store.families.all()) + 1, "de", THEN)
    store.people.grant(leads.id, Role.CASEWORKER, THEN)
    store.agency.put_sites([{"id": "s", "name": "S", "address": "", "places": 1}])
    store.agency.put_offers([{"id": "o", "site_id": "s", "kind": "parent_training"}])
    wanted = Course("", "o", leads.id, "x", "P", None, THEN, 90, seats, True, ("de",), CourseState.OPEN, THEN)
    course = store.courses.add(wanted)
    ids = [store.families.add(f"F{n}", leads.id, THEN).id for n in range(families)]
    for id in ids:  # one person stands for the parents of all: who has none does not move up
        store.families.join(id, leads.id)
    assert all(store.courses.invite(course.id, id, THEN) for id in ids)
    assert not store.courses.invite(course.id, ids[0], THEN)
    return course.id, ids


def come(store: Store, course: str, family: str, now: datetime = THEN) -> SeatState:
    if store.courses.take(course, family, now):
        return SeatState.TAKEN
    store.courses.wait(course, family, now)
    return SeatState.WAITING


async def test_a_hundred_presses_at_once_give_the_last_seat_to_one(archive: Archive) -> None:
    course, ids = await archive.write(lambda store: a_course(store, seats=4, families=103))
    for id in ids[:3]:
        assert await archive.write(lambda store, family=id: come(store, course, family)) is SeatState.TAKEN

    presses = (archive.write(lambda store, family=id: come(store, course, family)) for id in ids[3:])
    became = await asyncio.gather(*presses)

    assert became.count(SeatState.TAKEN) == 1
    seats = await archive.read(lambda store: store.courses.seats(course))
    assert [seat.state for seat in seats].count(SeatState.TAKEN) == 4
    waiting = [seat for seat in seats if seat.state is SeatState.WAITING]
    assert len(waiting) == 99
    # all came in the same millisecond, and still each has a place of their own
    assert len({seat.at for seat in waiting}) == 99


async def test_a_family_has_one_seat_however_often_it_presses(archive: Archive) -> None:
    course, ids = await archive.write(lambda store: a_course(store, seats=4, families=2))
    first, again = await asyncio.gather(
        *(archive.write(lambda store: store.courses.take(course, ids[0], THEN)) for _ in range(2))
    )
    assert {first, again} == {True, False}


async def test_nobody_takes_a_seat_of_a_course_that_is_off(archive: Archive) -> None:
    course, ids = await archive.write(lambda store: a_course(store, seats=4, families=2))
    assert await archive.write(lambda store: store.courses.cancel(course))
    assert not await archive.write(lambda store: store.courses.cancel(course))
    assert not await archive.write(lambda store: store.courses.take(course, ids[0], THEN))


async def test_a_course_goes_after_a_year_unless_a_held_family_had_a_seat(archive: Archive) -> None:
    course, ids = await archive.write(lambda store: a_course(store, seats=4, families=2))
    later = THEN + timedelta(days=366)
    found = await archive.read(lambda store: store.courses.get(course))
    assert found is not None
    await archive.write(lambda store: store.legal_holds.put(ids[0], "court", found.caseworker_id, THEN))
    await archive.write(lambda store: store.retention.purge(Class.OPERATIVE, later))
    assert await archive.read(lambda store: store.courses.get(course)) is not None
    await archive.write(lambda store: store.legal_holds.lift(ids[0]))
    await archive.write(lambda store: store.retention.purge(Class.OPERATIVE, later))
    assert await archive.read(lambda store: store.courses.get(course)) is None
    assert await archive.read(lambda store: store.courses.of_family(ids[0])) == []


steps = st.lists(st.tuples(st.sampled_from(["come", "leave", "decline"]), st.integers(0, 7)), max_size=40)


async def test_whoever_waits_the_longest_moves_up(archive: Archive) -> None:
    drawn: list[list[tuple[str, int]]] = []

    @settings(max_examples=60, deadline=None)
    @given(steps)
    def draw(some: list[tuple[str, int]]) -> None:
        drawn.append(some)

    draw()
    for some in drawn:
        await archive.write(lambda store, some=some: lived_through(store, some))


def lived_through(store: Store, some: list[tuple[str, int]]) -> None:
    """Every step, against a list kept by hand."""
    course, ids = a_course(store, seats=2, families=8)
    taken, queue = set[str](), list[str]()
    for n, (verb, who) in enumerate(some):
        id, now = ids[who], THEN + timedelta(milliseconds=n // 3)
        if verb == "come" and id not in taken and id not in queue:
            come(store, course, id, now)
            taken.add(id) if len(taken) < 2 else queue.append(id)
        elif verb == "leave" and id in taken:
            assert store.courses.leave(course, id, now)
            taken.discard(id)
        elif verb == "decline" and id not in taken:
            store.courses.decline(course, id, now)
            queue = [one for one in queue if one != id]
        while (seat := store.courses.move_up(course, now)) is not None:
            assert seat.family_id == queue.pop(0)
            taken.add(seat.family_id)
        seats = store.courses.seats(course)
        assert {seat.family_id for seat in seats if seat.state is SeatState.TAKEN} == taken
        assert [seat.family_id for seat in seats if seat.state is SeatState.WAITING] == queue
        assert not queue or len(taken) == 2
