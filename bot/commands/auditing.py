"""Looking from outside whether no alarm hangs on nothing, and telling whoever has to know."""

import asyncio
import contextlib
import signal
from functools import partial
from typing import Annotated

import typer

from bot import config, coredump
from bot.audit import audited
from bot.auditor import EVERY, Auditor, beat_at, teller
from bot.commands.opening import console, fail, settings
from bot.log import hide
from bot.loop import run as run_loop
from bot.pulse import BotsClock, audited_of, pulse_of, round_of


def audit(
    once: Annotated[
        bool, typer.Option("--once", help="Look once, tell nobody, and end: code 1 if anything is wrong.")
    ] = False,
    every: Annotated[float, typer.Option("--every", min=0.5, help="Seconds between two rounds.")] = EVERY,
    parent: Annotated[int | None, typer.Option("--parent", hidden=True)] = None,
) -> None:
    """Watches over the running bot from a process of its own: alarms, outbox, intake and heartbeat. It only reads."""
    coredump.leave_none()
    loaded = settings()
    try:
        if once:
            _look_once(loaded)
        else:
            run_loop(_watch(auditor_of(loaded, every), every, parent))
    except config.ConfigError as error:
        fail(error)


def _look_once(loaded: config.Settings) -> None:
    found = run_loop(auditor_of(loaded, EVERY, silent=True).found())
    for one in found:
        console.print(f"❌ {one}", markup=False, highlight=False)
    if found:
        raise typer.Exit(1)
    console.print("✅ All is well", markup=False, highlight=False)


def auditor_of(loaded: config.Settings, every: float, *, silent: bool = False) -> Auditor:
    """The auditor of these settings; a silent one tells nobody. Raises ConfigError."""
    url, address = loaded.beats_at, loaded.watcher
    hide(url, address)
    made = Auditor(
        look=partial(audited, loaded.store, loaded.key_place),
        clock=BotsClock(pulse_of(loaded.store)),
        well=audited_of(loaded.store),
        round_made=round_of(loaded.store),
    )
    made.again = min(made.again, every / 2)
    if not silent:
        made.tell = teller(address) if address else None
        made.beat = partial(beat_at, url) if url else None
    return made


async def _watch(auditor: Auditor, every: float, parent: int | None) -> None:
    rounds = asyncio.ensure_future(auditor.run(every, parent))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, rounds.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await rounds
