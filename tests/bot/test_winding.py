"""The demo's clock: it stops wherever something is due, in order, and nothing is left out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.beat import Beat
from bot.clock import WoundClock
from bot.demo.winding import MOST_STOPS, wind
from storage.engine import Archive
from storage.store import Store

HOUR = timedelta(hours=1)


class Post:
    crowded = False

    async def claim(self) -> None: ...


@dataclass
class Show:
    """As much of a machine as winding needs."""

    archive: Archive
    clock: WoundClock
    beat: Beat
    fired: list[tuple[str, datetime]] = field(default_factory=list)
    settled: int = 0

    async def settle_down(self, within: float = 5.0) -> None:
        self.settled += 1


@pytest.fixture
def show(archive: Archive) -> Show:
    clock = WoundClock()

    def once(store: Store, scope: str, now: datetime) -> None:
        made.fired.append((scope, now))

    def again(store: Store, scope: str, now: datetime) -> None:
        made.fired.append((scope, now))
        store.timers.set("again", scope, now + HOUR)

    made = Show(archive, clock, Beat(archive, clock, Post(), {"once": once, "again": again}))  # type: ignore[arg-type]
    return made


async def test_each_thing_happens_at_its_own_time(show: Show) -> None:
    began = show.clock.now()
    for scope, hours in (("late", 5), ("early", 1), ("beyond", 9)):
        await show.archive.write(
            lambda store, scope=scope, hours=hours: store.timers.set("once", scope, began + hours * HOUR)
        )
    await wind(show, show.clock, 8 * HOUR)  # type: ignore[arg-type]
    assert [scope for scope, _ in show.fired] == ["early", "late"]
    for (_, at), hours in zip(show.fired, (1, 5), strict=True):
        assert timedelta(0) <= at - (began + hours * HOUR) < timedelta(seconds=5)
    assert timedelta(0) <= show.clock.now() - (began + 8 * HOUR) < timedelta(seconds=30)
    assert show.settled == 3


async def test_what_sets_itself_anew_happens_again_on_the_way(show: Show) -> None:
    first = show.clock.now() + HOUR
    await show.archive.write(lambda store: store.timers.set("again", "x", first))
    await wind(show, show.clock, 6 * HOUR + HOUR / 2)  # type: ignore[arg-type]
    assert len(show.fired) == 6


async def test_a_very_long_way_has_an_end(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.demo.winding.MOST_STOPS", 5)
    assert MOST_STOPS > 5
    first = show.clock.now() + HOUR
    await show.archive.write(lambda store: store.timers.set("again", "x", first))
    began = show.clock.now()
    await wind(show, show.clock, 100 * HOUR)  # type: ignore[arg-type]
    assert show.clock.now() - began >= 100 * HOUR
    assert 5 <= len(show.fired) <= 6


async def test_nothing_due_only_moves_the_clock(show: Show) -> None:
    before = show.clock.now()
    await wind(show, show.clock, HOUR)  # type: ignore[arg-type]
    assert show.clock.now() - before >= HOUR
    assert show.fired == []
