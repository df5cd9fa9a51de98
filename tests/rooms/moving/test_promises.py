"""Whatever people press in whatever order, an open wish has a timer, and nobody shares a slot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest

from handlers import appointed, slots, wishing
from handlers.moving import actions, due, rules
from storage.appointments import Circle
from storage.engine import Archive
from storage.records import (
    Answer,
    AppointmentKind,
    AppointmentState,
    DayPart,
    Move,
    MoveState,
    Person,
    Role,
)
from storage.store import Store

EVENINGS, STEPS = 60, 30
HOURS = (1, 5, 24, 30, 72)


@dataclass
class Stage:
    """Two families of one caseworker, an appointment each, a colleague, and the clock."""

    store: Store
    now: datetime
    klein: Person
    gross: Person
    parents: list[Person]
    appointments: list[str]
    families: list[str]

    def circle(self, n: int) -> Circle:
        return appointed.known(self.store, self.appointments[n % 2])

    def move(self, n: int) -> Move | None:
        return self.store.moves.open_by(self.appointments[n % 2], self.parents[n % 2].id)

    def is_ahead(self, n: int) -> bool:
        found = self.circle(n).appointment
        return found.state is AppointmentState.PLANNED and found.starts_at > self.now

    def free(self, n: int) -> list[datetime]:
        circle = self.circle(n)
        busy = wishing.busy(self.store, circle, self.now, self.move(n))
        return slots.offers(wishing.wanted(circle.appointment), busy, self.now)


def wish_slot(on: Stage, n: int) -> None:
    found = on.free(n)
    if on.is_ahead(n) and found:
        chosen = found[n // 2 % len(found)]
        actions.wish(on.store, on.circle(n), by=on.parents[n % 2], now=on.now, slot_at=chosen)


def wish_same_slot(on: Stage, n: int) -> None:
    """What the other family holds already."""
    other, circle, who = on.move(n + 1), on.circle(n), on.parents[n % 2]
    if other is None or other.slot_at is None or other.caseworker_id != circle.caseworker.id:
        return
    if on.is_ahead(n) and other.slot_at > on.now:
        assert actions.wish(on.store, circle, by=who, now=on.now, slot_at=other.slot_at) is None


def wish_part(on: Stage, n: int) -> None:
    if on.is_ahead(n):
        day = slots.working_days(on.now.date() + timedelta(days=1 + n % 3), 1)[0]
        part = list(DayPart)[n % 3]
        actions.wish(on.store, on.circle(n), by=on.parents[n % 2], now=on.now, day=day, part=part)


def keep(on: Stage, n: int) -> None:
    actions.withdraw(on.store, on.circle(n), by=on.parents[n % 2], now=on.now)


def accept(on: Stage, n: int) -> None:
    move = on.move(n)
    if move is not None and move.offered_at is None and move.slot_at is not None and move.slot_at > on.now:
        assert actions.accept(on.store, move, on.circle(n), move.slot_at, by=on.klein, now=on.now)


def offer(on: Stage, n: int) -> None:
    move, found = on.move(n), on.free(n)
    if move is not None and found:
        assert actions.offer(on.store, move, on.circle(n), found[-1], by=on.klein, now=on.now)


def agree(on: Stage, n: int) -> None:
    move = on.move(n)
    if move is not None and move.offered_at is not None and move.offered_at > on.now:
        who = on.parents[n % 2]
        assert actions.accept(on.store, move, on.circle(n), move.offered_at, by=who, now=on.now)


def refuse(on: Stage, n: int) -> None:
    move = on.move(n)
    if move is not None:
        actions.refuse(on.store, move, on.circle(n), by=on.parents[n % 2], now=on.now)


def call(on: Stage, n: int) -> None:
    move = on.move(n)
    if move is not None:
        actions.call(on.store, move, on.circle(n), by=on.klein, now=on.now)


def stay(on: Stage, n: int) -> None:
    move = on.move(n)
    if move is not None:
        decides = actions.stay if n % 3 else actions.talked
        assert decides(on.store, move, on.circle(n), by=on.klein, now=on.now)


def shift(on: Stage, n: int) -> None:
    found = on.free(n)
    if on.is_ahead(n) and found:
        assert appointed.moved(on.store, on.circle(n), found[0], by=on.klein, now=on.now)


def cancel(on: Stage, n: int) -> None:
    if n % 4 == 0 and on.is_ahead(n):
        assert appointed.cancelled(on.store, on.circle(n), by=on.klein, now=on.now)


def hand_over(on: Stage, n: int) -> None:
    to = on.gross if n % 3 else on.klein
    on.store.families.hand_over(on.families[n % 2], to.id)
    on.store.appointments.hand_over(on.families[n % 2], to.id)
    wishing.hand_over(on.store, on.families[n % 2], to, on.now)


def restart(on: Stage, n: int) -> None:
    due.owe_all(on.store, on.now)


def time_passes(on: Stage, n: int) -> None:
    on.now += timedelta(hours=HOURS[n % len(HOURS)])
    for scope in on.store.timers.scopes(wishing.OPEN, on.now):
        on.store.timers.drop(wishing.OPEN, scope)
        due.look(on.store, scope, on.now)


ALL: list[Callable[[Stage, int], None]] = [
    wish_slot,
    wish_slot,
    wish_same_slot,
    wish_part,
    keep,
    accept,
    offer,
    offer,
    agree,
    refuse,
    call,
    stay,
    shift,
    cancel,
    hand_over,
    restart,
    time_passes,
    time_passes,
]


def check(on: Stage) -> None:
    moves = on.store.moves.all_open()
    held = [(move.caseworker_id, move.slot_at) for move in moves if move.slot_at is not None]
    assert len(held) == len(set(held))
    whose = [(move.appointment_id, move.person_id) for move in moves]
    assert len(whose) == len(set(whose))
    for move in moves:
        due_at = on.store.timers.due_at(wishing.OPEN, move.id)
        circle = appointed.known(on.store, move.appointment_id)
        assert due_at is not None, "an open wish without a timer"
        assert due_at <= max(on.now, rules.lapses_at(move, circle.appointment))
        assert circle.appointment.state is AppointmentState.PLANNED
        assert move.caseworker_id == circle.caseworker.id
        assert circle.answers[move.person_id] is Answer.MOVE
        assert (move.state is MoveState.OFFERED) == (move.offered_at is not None)
    open_ids = {move.id for move in moves}
    timed = set(on.store.timers.scopes(wishing.OPEN, on.now + timedelta(days=365)))
    assert timed == open_ids, "a timer of a wish that was decided"


def gathered(store: Store, now: datetime) -> Stage:
    numbers = iter(
        range(1 + store.connection.exec_driver_sql("SELECT count(*) FROM people").scalar_one(), 10**6)
    )
    staff: list[Person] = []
    parents: list[Person] = []
    families: list[str] = []
    made: list[str] = []
    for _ in range(2):
        person = store.people.met(next(numbers), "de", now)
        store.people.grant(person.id, Role.CASEWORKER, now)
        staff.append(store.people.get(person.id))
    for n, language in enumerate(("tr", "ar")):
        person = store.people.met(next(numbers), language, now)
        family = store.families.add(f"Ahorn {n}", staff[0].id, now)
        store.families.join(family.id, person.id)
        parents.append(store.people.get(person.id))
        families.append(family.id)
        at = now + timedelta(days=2 + n, hours=1)
        made.append(store.appointments.add(family.id, staff[0].id, AppointmentKind.COUNSELLING, at, "").id)
    klein, gross = staff
    return Stage(store, now, klein, gross, parents, made, families)


class Undone(Exception):  # noqa: N818 - it is no error: one sequence is over, and leaves nothing behind
    """Nothing of a sequence stays."""


async def test_an_open_wish_always_has_a_timer(archive: Archive, now: datetime) -> None:
    seen: set[str] = set()
    for seed in range(EVENINGS):
        dice = Random(seed)

        def play(store: Store, dice: Random = dice) -> None:
            on = gathered(store, now)
            for step in dice.choices(ALL, k=STEPS):
                before = store.moves.all_open()
                step(on, dice.randrange(12))
                if store.moves.all_open() != before:
                    seen.add(step.__name__)
                check(on)
            raise Undone

        with pytest.raises(Undone):
            await archive.write(play)
    assert seen >= {step.__name__ for step in ALL} - {"wish_same_slot", "restart", "call"}
