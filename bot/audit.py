"""What an auditor looks for: that no alarm hangs on nothing, that nothing of crisis lies too long, that the bot lives.

It reads, and never writes. What it finds names alarms by their number, and nobody.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import TOLERANCE
from bot.pulse import felt, pulse_of
from handlers.crisis.paging import ESCALATE, REMIND
from handlers.crisis.policy import followed
from handlers.crisis.rules import LOOK_AGAIN, RING_LEADS_EVERY
from handlers.oncall import helps
from storage.file import Error, StoreError, core_engine, database_path, open_file
from storage.keyring import Keyring, Keys, KeysUnwell, Shredded
from storage.masterkey import KeyFileError
from storage.records import Alarm, AlarmState
from storage.store import Store
from storage.timers import URGENT
from storage.vault import Vault

OVERDUE = timedelta(seconds=10)  # the bot looks once a second at what is due
LONGEST_OWED = timedelta(seconds=45)
LONGEST_WAITING = timedelta(seconds=10)
LONGEST_SILENT = timedelta(seconds=30)
SLACK = timedelta(minutes=1)  # beyond what an alarm's rule may wait
OFTEN = 2  # what failed once may have met a busy store


class What(StrEnum):
    """Each thing that may be wrong, as the operator reads it."""

    STORE = "the store can't be read"
    PULSE = "the bot's heart does not beat"
    NO_NEXT_STEP = "an open alarm has no next step"
    NO_HOLDER = "a taken alarm is held by nobody"
    NO_REMINDER = "nobody will be asked about a taken alarm"
    OVERDUE = "what is due for alarms does not happen"
    FAILING = "what is due for alarms fails again and again"
    TELEGRAM = "Telegram can't be reached with what is urgent"
    STUCK = "what is urgent does not leave"
    SECOND_WAY = "the second way can't be reached"
    INTAKE = "what people sent lies unheard"


@dataclass(frozen=True, slots=True)
class Found:
    """Something wrong; `where` is an alarm's number or a kind of error."""

    what: What
    where: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.where}" if self.where else str(self.what)


def audited(store: str, keys: Keys, now: datetime) -> list[Found]:
    """All that is wrong now, nothing when all is well. `store` is a SQLAlchemy URL. Never raises for its state."""
    beaten = felt(pulse_of(store))
    # a beat that is still to come was one before somebody set the clock back
    silent = beaten is None or not -TOLERANCE <= now - beaten <= LONGEST_SILENT
    found = [Found(What.PULSE)] if silent else []
    try:
        return found + _looked_into(database_path(store), keys, now)
    except (StoreError, KeyFileError, KeysUnwell, Shredded, SQLAlchemyError, Error, OSError) as error:
        return [*found, Found(What.STORE, type(error).__name__)]


def _looked_into(path: str, keys: Keys, now: datetime) -> list[Found]:
    if not Path(path).exists():
        raise FileNotFoundError(path)  # opening it would make an empty one
    with closing(Keyring(keys)) as keyring:
        vault = Vault(keyring)
        with closing(open_file(path, vault.store_key, reading_only=True)) as raw:
            engine = core_engine(lambda: raw, "BEGIN")
            with engine.connect() as connection, connection.begin():
                found = list(findings(Store(connection, vault), now))
            engine.dispose()
    return found


def findings(store: Store, now: datetime) -> Iterator[Found]:
    """What is wrong with what the store says."""
    for alarm in store.alarms.not_ended():
        yield from _of_alarm(store, alarm, now)
    if any(timer.kind.startswith(URGENT) for timer in store.timers.due(now - OVERDUE)):
        yield Found(What.OVERDUE)
    for kind in store.timers.failing(OFTEN):
        yield Found(What.FAILING, kind)
    owed, tries = store.delays.crisis_deliveries(now - LONGEST_OWED)
    if owed:
        yield Found(What.TELEGRAM if tries else What.STUCK)
    if store.delays.rings(now - LONGEST_OWED):
        yield Found(What.SECOND_WAY)
    if store.delays.updates(now - LONGEST_WAITING):
        yield Found(What.INTAKE)


def _of_alarm(store: Store, alarm: Alarm, now: datetime) -> Iterator[Found]:
    if alarm.state is AlarmState.OPEN:
        if not _is_near(store, ESCALATE, alarm, now):
            yield Found(What.NO_NEXT_STEP, alarm.called)
        return
    if not _is_held(store, alarm):
        yield Found(What.NO_HOLDER, alarm.called)
    if not _is_near(store, REMIND, alarm, now):
        yield Found(What.NO_REMINDER, alarm.called)


def _is_held(store: Store, alarm: Alarm) -> bool:
    """Whether whoever has taken it still is somebody who helps."""
    holder = store.people.known(alarm.taken_by) if alarm.taken_by is not None else None
    return holder is not None and helps(holder)


def _is_near(store: Store, kind: str, alarm: Alarm, now: datetime) -> bool:
    """Whether it comes at all, and no later than the alarm's own rule or a promise lets it."""
    due_at = store.timers.due_at(kind, alarm.id)
    return due_at is not None and now - OVERDUE <= due_at <= _latest(alarm, now) + SLACK


def _latest(alarm: Alarm, now: datetime) -> datetime:
    """The last moment at which the next thing of this alarm may be due."""
    rule = followed(alarm.policy)
    steps = [timedelta(minutes=number) for number in rule.minutes]
    latest = now + max(*steps, rule.remind, rule.forgotten, LOOK_AGAIN, RING_LEADS_EVERY)
    return max(latest, alarm.promised_for) if alarm.promised_for is not None else latest
