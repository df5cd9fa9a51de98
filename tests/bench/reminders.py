"""What reminders take: `python -m tests.bench.reminders [--due N] [--lone N]`. The double holds Telegram's rules."""

import argparse
import asyncio
import os
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from bot.clock import SystemClock, ticks
from handlers import consenting, quiet
from handlers.reminding import DUE, rank
from storage.records import AppointmentKind, DeliveryState, Lane, Purpose, ReminderKind, ReminderState, Role
from storage.store import Store
from storage.tables import deliveries, reminders
from tests.bench.crises import all_over, spread
from tests.bench.places import PATIENCE, House, house
from tests.bench.prepared import person

PER_SECOND = 30  # what Telegram lets through
AT_A_TIME = 500
STRIDE = 7919
CRY_EVERY = 4.0  # seconds
WARM_UP = 8.0


def families(there: House, count: int, first: int) -> list[int]:
    """So many parents with an account each, who sleep at no hour; their chats."""
    accounts = [
        there.world.account(f"P{first + n}", language_code=("de", "tr", "ar")[n % 3]) for n in range(count)
    ]
    for account in accounts:
        account.started = True
    return [account.id for account in accounts]


def planned(store: Store, chats: list[int], starts: list[datetime], due_at: datetime, now: datetime) -> None:
    """An appointment for each, of which they are to be reminded at that moment."""
    worker = person(store, 1, "Frau Baum", "de", Role.CASEWORKER, now)
    for chat, starts_at in zip(chats, starts, strict=True):
        parent = person(store, chat, f"Amina {chat}", "de", Role.PARENT, now)
        family = store.families.add(f"Familie {chat}", worker.id, now)
        store.families.join(family.id, parent.id)
        store.people.set_quiet(parent.id, quiet.OFF)
        consenting.give(store, parent, Purpose.CONTACT, now)
        made = store.appointments.add(
            family.id, worker.id, AppointmentKind.HOME_VISIT, starts_at, "Bonner Str. 1"
        )
        owed = store.reminders.owe(made.id, parent.id, ReminderKind.TWO_HOURS, due_at)
        store.timers.set(DUE, owed.id, due_at, rank(starts_at))


async def lone(count: int) -> dict[str, Any]:
    """One reminder after the other, each due at its own moment: from then until Telegram has it."""
    async with house(steps=(1,)) as there:
        now = SystemClock().now()
        chats = families(there, count, 0)
        # a second and a bit apart, so that every phase of the heartbeat is met
        due = [now + timedelta(seconds=WARM_UP + 1.37 * n) for n in range(count)]
        for chat, at in zip(chats, due, strict=True):
            starts = [at + timedelta(hours=2)]
            await there.archive.write(lambda store, c=chat, s=starts, a=at: planned(store, [c], s, a, now))
        there.starts()
        await there.is_up()
        await _all_delivered(there, count)
        rows = await there.counted(_came)
    return spread("lone reminder s", [(row.settled_at - row.due_at).total_seconds() for row in rows])


_came = select(reminders.c.due_at, reminders.c.settled_at).where(reminders.c.state == ReminderState.DELIVERED)


async def drain(count: int) -> dict[str, Any]:
    """So many due in the same moment, in no order, and every now and then somebody cries for help."""
    async with house(steps=(1,)) as there:
        clock = SystemClock()
        now = clock.now()
        chats = families(there, count, 0)
        # each has a start of its own, in an order that has nothing to do with theirs
        starts = [now + timedelta(hours=1, seconds=3 * (n * STRIDE % count)) for n in range(count)]
        due_at = now + timedelta(seconds=WARM_UP + count / 50)
        for at in range(0, count, AT_A_TIME):
            some = slice(at, at + AT_A_TIME)
            await there.archive.write(lambda store, s=some: planned(store, chats[s], starts[s], due_at, now))
        there.starts()
        await there.is_up()
        late = (clock.now() - due_at).total_seconds()
        await asyncio.sleep(max(0.0, -late))
        waits: list[float] = []
        pages = asyncio.ensure_future(_pages_amid(there, waits))
        await _all_delivered(there, count)
        pages.cancel()
        times = sorted(row.settled_at for row in await there.counted(_sent))
        span = (times[-1] - times[0]).total_seconds()
        others = _others_amid(there, set(chats))
        order = _starts_in_order(there, dict(zip(chats, starts, strict=True)))
    return {
        "reminders": count,
        "late at the start s": max(late, 0.0),
        "reminders /s": (count - 1) / span,
        "calls for cries amid them": others,
        "all calls, of 30/s %": 100 * (count - 1 + others) / span / PER_SECOND,
        "out of order": sum(a > b for a, b in pairwise(order)),
        "429 answers": sum(request.status == 429 for request in there.world.requests),
        **(spread("page amid it s", waits) if len(waits) > 1 else {}),
    }


_sent = select(deliveries.c.settled_at).where(
    deliveries.c.lane == Lane.REMINDER, deliveries.c.state == DeliveryState.DELIVERED
)


async def _all_delivered(there: House, count: int) -> None:
    wanted = select(func.count()).where(reminders.c.state == ReminderState.DELIVERED)
    async with asyncio.timeout(PATIENCE + count / 15):
        while (await there.counted(wanted))[0][0] < count:
            await asyncio.sleep(0.2)


async def _pages_amid(there: House, waits: list[float]) -> None:
    """A cry every few seconds; how long until the page is on the phone. The one before is over."""
    phone = there.on_call[0].account
    while True:
        await there.archive.write(all_over)
        await asyncio.sleep(CRY_EVERY)
        before = len(there.world.requests)
        there.cries()
        began = ticks()

        def paged(before: int = before) -> bool:
            calls = list(there.world.requests)[before:]
            return any(int(one.params.get("chat_id") or 0) == phone.id and one.status == 200 for one in calls)

        waits.append(await there.until(paged) - began)


def _others_amid(there: House, chats: set[int]) -> int:
    """How many calls that count went to others while reminders were leaving: a cry takes its share first."""
    to = [int(one.params.get("chat_id") or 0) for one in there.world.requests if one.status == 200]
    ours = [at for at, chat in enumerate(to) if chat in chats]
    return sum(chat != 0 and chat not in chats for chat in to[ours[0] : ours[-1]])


def _starts_in_order(there: House, starts: dict[int, datetime]) -> list[datetime]:
    """The starts of the appointments in the order in which their reminders reached Telegram."""
    chats = (int(one.params.get("chat_id") or 0) for one in there.world.requests if one.status == 200)
    return [starts[chat] for chat in dict.fromkeys(chats) if chat in starts]


MEASURED = {"lone": lone, "drain": drain}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reminders", description=__doc__)
    parser.add_argument("--lone", type=int, default=60, help="how many single reminders (0: none)")
    parser.add_argument("--due", type=int, default=10_000, help="how many due in one moment (0: none)")
    asked = parser.parse_args()
    table = Table("what", "figure", "value", title="Reminders")
    for name, count in (("lone", asked.lone), ("drain", asked.due)):
        if count:
            load = os.getloadavg()[0]
            found = asyncio.run(MEASURED[name](count))
            for key, value in found.items():
                table.add_row(f"{name} (load {load:.1f})", key, f"{value:.4g}")
    Console().print(table, highlight=False)


if __name__ == "__main__":
    main()
