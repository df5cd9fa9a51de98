"""A question that is answered twice has one answer: whoever taps twice keeps one place."""

from datetime import datetime

import pytest

from handlers.callback import Press
from handlers.places import chat
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Person
from storage.store import Store
from tests.rooms.places.test_states import agency


def taps(store: Store, person: Person, now: datetime, place: str, porz: int = 1) -> Turn:
    turn = Turn(
        store, person, now, Asked(press=Press("places", "hold", (place, "0", str(porz))), message_id=7)
    )
    chat.hold(turn)
    return turn


def open_requests(store: Store) -> list[str | None]:
    return [one.asked_by for one in (*store.holds.current(), *store.holds.waiting())]


@pytest.mark.parametrize("place", ["p0", "-"])
async def test_two_taps_are_one_place(archive: Archive, now: datetime, place: str) -> None:
    def story(store: Store) -> None:
        koch, *_ = agency(store, now)
        first = taps(store, koch, now, place)
        second = taps(store, koch, now.replace(second=now.second + 1), place)
        assert open_requests(store) == [koch.id]
        assert "too_late" not in str((first.toast, second.toast))
        assert "places.yours.toast" in str(second.toast)

    await archive.write(story)


async def test_who_waits_twice_stands_in_the_queue_once(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch, weber, haas, *_ = agency(store, now)
        taps(store, koch, now, "p0")
        taps(store, weber, now, "p1")
        for porz in (1, 0, 1):
            taps(store, haas, now, "-", porz)
        assert [one.asked_by for one in store.holds.waiting()] == [haas.id]

    await archive.write(story)


async def test_somebody_else_is_still_too_late(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch, weber, *_ = agency(store, now)
        taps(store, koch, now, "p0")
        assert "too_late" in str(taps(store, weber, now, "p0").toast)
        assert open_requests(store) == [koch.id]

    await archive.write(story)
