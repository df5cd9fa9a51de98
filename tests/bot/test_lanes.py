"""The lanes: the most urgent first, one call at a time to each chat, nothing lost and nothing doubled."""

from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.lanes import Lanes
from storage.records import Delivery, Lane

THEN = datetime(2026, 11, 24, tzinfo=UTC)


def owed(
    id: int,
    chat: int = 1,
    lane: Lane = Lane.ANSWER,
    card: str | None = None,
    edits: bool = False,
    rank: int = 0,
) -> Delivery:
    return Delivery(id, lane, None, chat, "sendMessage", "{}", card, edits, "", 0, THEN, rank)


def taken(lanes: Lanes, now: float = 0.0) -> list[int]:
    found = []
    while lanes.peek(now) is not None:
        found.append(lanes.take(now).id)
    return found


def test_the_most_urgent_lane_of_all_chats_goes_first() -> None:
    lanes = Lanes()
    for id, lane in enumerate([Lane.BROADCAST, Lane.REMINDER, Lane.ANSWER, Lane.CRISIS], start=1):
        lanes.add(owed(id, chat=id, lane=lane))
    assert taken(lanes) == [4, 3, 2, 1]


def test_a_crisis_overtakes_what_waits_for_the_same_person() -> None:
    lanes = Lanes()
    lanes.add(owed(1))
    lanes.add(owed(2, lane=Lane.CRISIS))
    assert lanes.peek(0.0) is Lane.CRISIS
    assert lanes.take(0.0).id == 2
    assert lanes.peek(0.0) is None
    lanes.done(1, 0.0, 0.0)
    assert lanes.take(0.0).id == 1


def test_a_chat_rests_while_others_go_on() -> None:
    lanes = Lanes()
    for id, chat in enumerate([1, 1, 2], start=1):
        lanes.add(owed(id, chat=chat))
    assert lanes.take(0.0).id == 1
    lanes.done(1, opens_at=5.0, now=1.0)
    assert taken(lanes, 1.0) == [3]
    assert lanes.opens_at() == 5.0
    assert lanes.peek(4.99) is None
    assert lanes.take(5.0).id == 2


def test_what_comes_for_a_resting_chat_rests_with_it() -> None:
    lanes = Lanes()
    lanes.add(owed(1))
    lanes.take(0.0)
    lanes.done(1, opens_at=5.0, now=0.0)
    lanes.add(owed(2, lane=Lane.CRISIS))
    assert lanes.peek(1.0) is None
    assert lanes.take(5.0).id == 2


def test_nobody_is_next_in_empty_lanes() -> None:
    with pytest.raises(LookupError):
        Lanes().take(0.0)


def test_a_later_change_of_a_card_takes_the_place_of_an_earlier_one() -> None:
    lanes = Lanes()
    lanes.add(owed(1, card="c"))
    lanes.add(owed(2, card="c", edits=True))
    lanes.add(owed(3, card="other", edits=True))
    assert [one.id for one in lanes.add(owed(4, card="c", edits=True, lane=Lane.CRISIS))] == [2]
    assert len(lanes) == 3


def test_an_earlier_change_that_comes_late_never_replaces_a_later_one() -> None:
    # a retry is claimed in the moment in which a newer change of the same card is committed
    lanes = Lanes()
    lanes.add(owed(7, card="c", edits=True))
    assert [one.id for one in lanes.add(owed(3, card="c", edits=True))] == [3]
    assert taken(lanes) == [7]
    assert len(lanes) == 0


def test_within_a_lane_the_lowest_rank_leaves_first_whoever_came_first() -> None:
    lanes = Lanes()
    for id, rank in enumerate([30, 10, 20, 10], start=1):
        lanes.add(owed(id, chat=id, lane=Lane.REMINDER, rank=rank))
    lanes.add(owed(5, chat=1, lane=Lane.REMINDER, rank=5))  # for a chat that waits already
    lanes.add(owed(6, chat=9, lane=Lane.NEWS, rank=99))
    assert taken(lanes) == [6, 5, 2, 4, 3]
    lanes.done(1, 0.0, 0.0)
    assert taken(lanes) == [1]


def test_what_stays_when_something_is_withdrawn_is_served_all_the_same() -> None:
    lanes = Lanes()
    lanes.add(owed(1, lane=Lane.NEWS))
    lanes.add(owed(2, lane=Lane.REMINDER))
    assert [one.id for one in lanes.drop({1})] == [1]
    assert lanes.waiting(Lane.REMINDER) == len(lanes) == 1
    assert taken(lanes) == [2]


CHATS = st.integers(1, 4)


class Post(RuleBasedStateMachine):
    """Deliveries come in, leave and end in any order; a plain model keeps count."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes = Lanes()
        self.ids = count(1)
        self.now = 0.0
        self.waiting: dict[int, Delivery] = {}
        self.busy: set[int] = set()
        self.opens: dict[int, float] = {}

    @initialize()
    def nothing_yet(self) -> None:
        assert len(self.lanes) == 0

    @rule(
        chat=CHATS,
        lane=st.sampled_from(Lane),
        card=st.sampled_from([None, "a", "b"]),
        edits=st.booleans(),
        rank=st.integers(0, 2),
    )
    def add(self, chat: int, lane: Lane, card: str | None, edits: bool, rank: int) -> None:
        named = f"{chat}{card}" if card else None
        fresh = owed(next(self.ids), chat, lane, named, edits and card is not None, rank)
        expected = [
            one.id
            for one in self.waiting.values()
            if fresh.edits and one.edits and one.card_id == fresh.card_id
        ]
        assert sorted(one.id for one in self.lanes.add(fresh)) == expected
        for id in expected:
            del self.waiting[id]
        self.waiting[fresh.id] = fresh

    def _servable(self) -> list[Delivery]:
        return [
            one
            for one in self.waiting.values()
            if one.chat_id not in self.busy and self.opens.get(one.chat_id, 0.0) <= self.now
        ]

    @rule()
    def take(self) -> None:
        servable = self._servable()
        lane = self.lanes.peek(self.now)
        assert lane == min((one.lane for one in servable), default=None)
        if lane is None:
            return
        chosen = self.lanes.take(self.now)
        same = [one for one in servable if (one.chat_id, one.lane) == (chosen.chat_id, lane)]
        assert chosen.id == min(same, key=lambda one: (one.rank, one.id)).id
        assert chosen.rank == min(one.rank for one in servable if one.lane == lane)
        assert chosen.lane == lane
        del self.waiting[chosen.id]
        self.busy.add(chosen.chat_id)

    @precondition(lambda self: self.busy)
    @rule(rest=st.sampled_from([0.0, 0.5, 3.0]), which=st.integers(0, 10))
    def end(self, rest: float, which: int) -> None:
        chat = sorted(self.busy)[which % len(self.busy)]
        self.lanes.done(chat, self.now + rest, self.now)
        self.busy.discard(chat)
        self.opens[chat] = self.now + rest

    @rule(seconds=st.sampled_from([0.1, 0.5, 2.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def the_next_look_is_never_too_late(self) -> None:
        # whoever sleeps until opens_at must not oversleep anybody who could be served earlier
        if self.lanes.peek(self.now) is not None:
            return
        resting = [self.opens[one.chat_id] for one in self.waiting.values() if one.chat_id not in self.busy]
        if resting:
            opens_at = self.lanes.opens_at()
            assert opens_at is not None
            assert self.now < opens_at <= min(resting)

    @invariant()
    def the_count_is_right(self) -> None:
        assert len(self.lanes) == len(self.waiting)

    def teardown(self) -> None:
        """In the end everything that came in has left or was replaced: once."""
        left = []
        for chat in sorted(self.busy):
            self.lanes.done(chat, 0.0, self.now)
        while len(self.lanes):
            self.now += 10
            one = self.lanes.take(self.now)
            left.append(one.id)
            self.lanes.done(one.chat_id, 0.0, self.now)
        assert sorted(left) == sorted(self.waiting)


TestPost = Post.TestCase
TestPost.settings = settings(deadline=None, max_examples=80, stateful_step_count=60)
