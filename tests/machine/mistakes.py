"""Mistakes as they are easily made, each put into one real function for as long as it is tried."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam

from bot.settle import settle
from handlers import house
from handlers.crisis import actions, answering, due, paging, policy, rules, sight
from handlers.crisis.paging import ESCALATE, REMIND
from storage.deliveries import Deliveries
from storage.holding import Holding
from storage.records import Alarm, AlarmState, DeliveryState, Happening, Lane, Person
from storage.store import Store
from storage.tables import alarms, deliveries
from tests.machine import evening
from tests.machine.phones import SENDS, Line

Patch = tuple[Any, str, Any]


def everywhere(function: Callable[..., Any], instead: Callable[..., Any]) -> list[Patch]:
    """The function under its name in every module that has taken it over."""
    name = function.__name__
    rooms = [module for path, module in sys.modules.items() if path.startswith("handlers.")]
    return [(module, name, instead) for module in rooms if getattr(module, name, None) is function]


def _after(function: Callable[..., Any], also: Callable[..., None]) -> list[Patch]:
    def wrapped(*given: Any, **named: Any) -> Any:
        result = function(*given, **named)
        also(*given)
        return result

    return everywhere(function, wrapped)


def paging_forgets_its_timer() -> list[Patch]:
    return _after(paging.page_next, lambda store, alarm, now: store.timers.drop(ESCALATE, alarm.id))


_take_any = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.state != AlarmState.ENDED)
    .values(state=AlarmState.TAKEN, taken_by=bindparam("by"), taken_at=bindparam("at"))
)


def taking_does_not_look_whether_it_is_open() -> list[Patch]:
    def take(self: Holding, id: str, by: str, now: datetime) -> bool:
        won = self._change(_take_any, key=id, by=by, at=now) == 1
        self.join(id, by, now)
        return won

    return [(Holding, "take", take)]


def escalating_does_not_look_whether_it_is_taken() -> list[Patch]:
    def escalate(store: Store, alarm_id: str, now: datetime) -> None:
        alarm = store.alarms.get(alarm_id)
        if alarm is not None:
            paging.page_next(store, alarm, now)
            sight.refresh(store, alarm, now)

    return [*everywhere(due.escalate, escalate), *_in_due(ESCALATE, escalate)]


def _in_due(kind: str, act: Callable[..., None]) -> list[Patch]:
    return [(evening, "DUE", house.due() | {kind: act})]


_settle_any = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"))
    .values(state=bindparam("to"), settled_at=bindparam("at"), failure=bindparam("reason"), lease_until=None)
)


def a_delivery_may_end_twice() -> list[Patch]:
    def settle(
        self: Deliveries, id: int, state: DeliveryState, now: datetime, reason: str | None = None
    ) -> bool:
        return self._change(_settle_any, key=id, to=state, at=now, reason=reason) == 1

    return [(Deliveries, "settle", settle)]


def withdrawing_drops_the_timer() -> list[Patch]:
    return _after(actions.withdraw, lambda store, alarm, now: store.timers.drop(ESCALATE, alarm.id))


def told_before_it_is_stored() -> list[Patch]:
    """What is posted leaves at once, before anything is committed."""
    post = Deliveries.post

    def at_once(self: Deliveries, *given: Any, **named: Any) -> Any:
        owed, playing = post(self, *given, **named), evening.NOW_PLAYING
        if owed.lane is Lane.CRISIS and owed.method == SENDS and playing is not None:
            store = Store(playing.ground.connection, playing.ground.vault)
            ended = playing.telegram.call(store, owed, Line.WELL)
            self._posted.remove(owed)
            settle(ended, playing.now, {}, store)
        return owed

    return [(Deliveries, "post", at_once)]


def the_person_is_left_out_of_refreshing() -> list[Patch]:
    def refresh(store: Store, alarm: Alarm, now: datetime) -> None:
        current = sight.fresh(store, alarm)
        seen = sight.looked_at(store, current, now)
        for card in store.cards.about(sight.about(alarm)):
            viewer = store.people.known(card.person_id)
            if viewer is not None and viewer.id != alarm.person_id:
                sight.desk.change(store, card, viewer, sight.shown_to(seen, viewer), now, Lane.PAGE)

    return everywhere(sight.refresh, refresh)


def who_has_blocked_the_bot_counts() -> list[Patch]:
    roster = sight.roster

    def blind(store: Store, alarm: Alarm, now: datetime) -> sight.Roster:
        found = roster(store, alarm, now)
        first = [*found.steps.get(1, []), *found.unreachable]
        return sight.Roster(found.steps | ({1: first} if first else {}), found.untested, [])

    return everywhere(roster, blind)


def taking_over_owes_no_reminder() -> list[Patch]:
    return _after(answering.take_over, lambda store, alarm, by, now: store.timers.drop(REMIND, alarm.id))


def an_empty_step_is_waited_for() -> list[Patch]:
    def next_page(frozen: Mapping[str, Any], step: int, round: int, staffed: Any) -> rules.NextPage | None:
        minutes = policy.followed(frozen).minutes
        at, lap = (step + 1, max(round, 1)) if step < len(minutes) else (1, round + 1)
        return rules.NextPage(at, lap, timedelta(minutes=minutes[at - 1])) if staffed else None

    class Everybody(dict[int, list[Person]]):
        def __missing__(self, step: int) -> list[Person]:
            return []

    roster = sight.roster

    def lenient(store: Store, alarm: Alarm, now: datetime) -> sight.Roster:
        found = roster(store, alarm, now)
        return sight.Roster(Everybody(found.steps), found.untested, found.unreachable)

    next_step = paging._next_step

    def chosen(*given: Any, **named: Any) -> Any:
        try:
            return next_step(*given, **named)
        except KeyError:
            found = next_page(given[1].policy, given[1].step, given[1].round, [0])
            return found, []

    return [
        *everywhere(rules.next_page, next_page),
        *everywhere(roster, lenient),
        (paging, "_next_step", chosen),
    ]


def everybody_may_join() -> list[Patch]:
    """A second winner: whoever comes later is written down as the one who took it."""

    def log(store: Store, alarm: Alarm, by: Person, now: datetime) -> None:
        store.alarms.log(alarm.id, Happening.TAKEN, now, by=by.id)

    return _after(answering.acknowledge, log)


def a_start_leaves_the_leases_of_the_dead() -> list[Patch]:
    return [(Deliveries, "release_all", lambda self: None)]


def a_holder_who_leaves_is_not_noticed() -> list[Patch]:
    return everywhere(answering.taker_left, lambda store, alarm, now: False)


MISTAKES = (
    paging_forgets_its_timer,
    taking_does_not_look_whether_it_is_open,
    escalating_does_not_look_whether_it_is_taken,
    a_delivery_may_end_twice,
    withdrawing_drops_the_timer,
    told_before_it_is_stored,
    the_person_is_left_out_of_refreshing,
    who_has_blocked_the_bot_counts,
    taking_over_owes_no_reminder,
    an_empty_step_is_waited_for,
    everybody_may_join,
    a_start_leaves_the_leases_of_the_dead,
)
HIDDEN = (a_holder_who_leaves_is_not_noticed,)  # takes thousands of evenings to come to light


@contextmanager
def made(mistake: Callable[[], list[Patch]]) -> Iterator[None]:
    """As long as it lasts, the bot makes this mistake."""
    patches = mistake()
    assert patches, "the mistake meets no function"
    before = [(where, name, getattr(where, name)) for where, name, _ in patches]
    try:
        for where, name, instead in patches:
            setattr(where, name, instead)
        yield
    finally:
        for where, name, was in before:
            setattr(where, name, was)
