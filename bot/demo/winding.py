"""Winds the clock on as life would: it stops wherever something is due, and lets that happen first."""

from contextlib import suppress
from datetime import timedelta

from bot.app import Machine
from bot.clock import WoundClock

# an unanswered alarm pages again and again; a whole week of that in one go would keep everybody waiting
MOST_STOPS = 400
A_MOMENT = timedelta(milliseconds=1)


async def wind(machine: Machine, clock: WoundClock, by: timedelta) -> None:
    """Moves the clock on, stopping at every due moment on the way until all it brings has been delivered."""
    until = clock.now() + by
    for _ in range(MOST_STOPS):
        due_at = await machine.archive.read(lambda store: store.timers.next_due())
        if due_at is None or due_at > until:
            break
        await _stop_at(machine, clock, max(due_at + A_MOMENT - clock.now(), timedelta(0)))
    await _stop_at(machine, clock, max(until - clock.now(), timedelta(0)))


async def _stop_at(machine: Machine, clock: WoundClock, by: timedelta) -> None:
    clock.forward(by)
    await machine.beat.tick()
    with suppress(TimeoutError):  # a Telegram that is down or slow delivers later; time goes on all the same
        await machine.settle_down()
