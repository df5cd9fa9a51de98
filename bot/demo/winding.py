"""Winds the clock on as life would: it stops wherever something is due, and lets that happen first."""

from datetime import timedelta

from bot.app import Machine
from bot.clock import WoundClock

# an unanswered alarm pages again and again; a whole week of that in one go would keep everybody waiting
MOST_STOPS = 400
A_MOMENT = timedelta(milliseconds=1)
# seconds until all has been delivered; where it once was not, Telegram is down, and nobody waits so long again
PATIENCE, LITTLE_PATIENCE = 5.0, 0.5


async def wind(machine: Machine, clock: WoundClock, by: timedelta) -> None:
    """Moves the clock on, stopping at every due moment on the way until all it brings has been delivered."""
    until, patience = clock.now() + by, PATIENCE
    for _ in range(MOST_STOPS):
        due_at = await machine.archive.read(lambda store: store.timers.next_due())
        if due_at is None or due_at > until:
            break
        if not await _stop_at(machine, clock, max(due_at + A_MOMENT - clock.now(), timedelta(0)), patience):
            patience = LITTLE_PATIENCE
    await _stop_at(machine, clock, max(until - clock.now(), timedelta(0)), patience)


async def _stop_at(machine: Machine, clock: WoundClock, by: timedelta, patience: float) -> bool:
    """False where not all has been delivered: a Telegram that is down or slow does it later, and time goes on."""
    clock.forward(by)
    await machine.beat.tick()
    try:
        await machine.settle_down(patience)
    except TimeoutError:
        return False
    return True
