"""One example: acts in transactions that can be killed, a clock that can be wound, and phones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from telegram.ext import CallbackQueryHandler

from bot.beat import AT_A_LOOK
from bot.settle import Ended, settle
from bot.visit import refuse
from handlers import house
from handlers.callback import read
from handlers.crisis.boards import BOARD
from handlers.oversight.actions import reachable_again
from handlers.refusal import Refusal
from handlers.room import Act
from handlers.turn import Asked, Turn
from storage.records import Alarm, Delivery, DeliveryState, Person, Timer
from storage.store import Store
from storage.tables import deliveries
from tests.machine.ground import BEGAN, Ground, ground
from tests.machine.phones import Line, Telegram

SETTLED, DUE = house.settled(), house.due()
PRESSES = [one for one in house.handlers() if isinstance(one, CallbackQueryHandler) and callable(one.pattern)]
TELL = "crisis.tell"  # owed to a family while many pages arrive in one list
MOST_BEATS = 200  # timers that set each other for ever would hang the machine


NOW_PLAYING: "Evening | None" = None


class Killed(BaseException):
    """The process dies before it has committed."""


@dataclass
class Evening:
    """Everything an example needs. Nothing of it is ever committed for good."""

    ground: Ground = field(default_factory=ground)
    now: datetime = BEGAN
    latest: datetime = BEGAN  # the furthest the clock has ever been
    watch: Callable[[Store], None] = lambda store: None  # looks at each transaction before it is committed
    posted_last: dict[str, Delivery] = field(default_factory=dict)  # by card
    out_of_reach: set[int] = field(default_factory=set)  # chats that have missed something
    under_way: dict[int, Ended] = field(
        default_factory=dict
    )  # calls whose answer is not written down yet, by chat

    written_down: Ended | None = None  # the last answer

    def __post_init__(self) -> None:
        global NOW_PLAYING
        NOW_PLAYING = self
        self._transaction = self.ground.connection.begin()
        whose = (*self.ground.parents, *self.ground.on_call, self.ground.lead)
        self.telegram = Telegram(whose)

    def over(self) -> None:
        self._transaction.rollback()

    def write(self, job: Callable[[Store], Any], *, killed: bool = False) -> Any:
        """The job in a transaction of its own. `killed` is a kill -9 just before it is committed."""
        store, raw = Store(self.ground.connection, self.ground.vault), self.ground.raw
        raw.execute("SAVEPOINT act")
        try:
            result = job(store)
            self._ends(store, killed)
        except BaseException:
            raw.execute("ROLLBACK TO act")
            raw.execute("RELEASE act")
            raise
        raw.execute("RELEASE act")
        posted = store.take_posted()
        self.posted_last |= {owed.card_id: owed for owed in posted if owed.card_id is not None}
        self.telegram.accept(posted)
        self.telegram.withdraw(store.take_withdrawn())
        return result

    def _ends(self, store: Store, killed: bool) -> None:
        if killed:
            raise Killed
        self.watch(store)

    def read(self, job: Callable[[Store], Any]) -> Any:
        return job(Store(self.ground.connection, self.ground.vault))

    def starts_again(self) -> None:
        """Whatever was in memory is forgotten; a new life begins as the bot's does, and takes up all that is owed."""
        self.telegram.held.clear()
        self.under_way.clear()
        self.write(lambda store: house.opens(store, self.now))
        self.claims()
        left = self.read(lambda store: owed_by(store, self.now)) - self.telegram.held.keys()
        assert not left, f"nobody takes up the deliveries {left}"

    def claims(self) -> None:
        """What is owed and held by nobody."""
        self.telegram.accept(self.write(lambda store: store.deliveries.claim(self.now, 500)))

    def acts(self, chat: int, act: Act, asked: Asked, *, killed: bool = False) -> Turn | None:
        """Somebody's turn, as the door gives it to them; None for a press that was refused."""

        def turn(store: Store, act: Act) -> Turn:
            person = store.people.met(chat, "de", self.now)
            if person.blocked:
                reachable_again(store, person, self.now)
                person = store.people.get(person.id)
            made = Turn(store, person, self.now, asked)
            act(made)
            return made

        try:
            made: Turn = self.write(lambda store: turn(store, act), killed=killed)
        except Refusal as no:
            refusal = no
            self.write(lambda store: turn(store, lambda made: refuse(made, refusal)))
            return None
        except Killed:
            self.starts_again()
            return None
        return made

    def presses(self, chat: int, carries: str, message: int | None, *, killed: bool = False) -> Turn | None:
        """Somebody presses a button; the room that hears it acts."""
        asked = Asked(press=read(carries), message_id=message, query_id="1")
        update = SimpleNamespace(callback_query=SimpleNamespace(data=carries))
        for handler in PRESSES:
            if handler.pattern(carries):
                visit = _Visit()
                _run(handler.callback(update, visit))
                return self.acts(chat, visit.act, asked, killed=killed)
        return self.acts(chat, house.stale, asked, killed=killed)

    def delivers(self, chat: int, line: Line, *, killed: bool = False, slow: bool = False) -> bool:
        """The next call to a chat. False when nothing is to be sent there. `slow`: the answer is still under way."""
        owed = self.telegram.next_for(chat) if chat not in self.under_way else None
        if owed is None:
            return False
        self.under_way[chat] = self.read(lambda store: self.telegram.call(store, owed, line))
        if killed:  # it happened, and nobody wrote it down
            self.starts_again()
        elif not slow:
            self.answer_comes(chat)
        return True

    def answer_comes(self, chat: int) -> None:
        """What became of a call is written down."""
        ended = self.under_way.pop(chat, None)
        if ended is not None:
            self.telegram.held.pop(ended.owed.id, None)
            self.written_down = ended
            self.write(lambda store: settle(ended, self.now, SETTLED, store))

    def answer_comes_again(self) -> None:
        """As when nobody knows whether it was written down."""
        ended = self.written_down
        if ended is not None:
            self.winds(timedelta(milliseconds=1))
            self.write(lambda store: settle(ended, self.now, SETTLED, store))

    def delivers_all(self) -> None:
        for chat in self.telegram.phones:
            self.answer_comes(chat)
            while self.delivers(chat, Line.WELL):
                pass

    def winds(self, by: timedelta) -> None:
        self.now += by
        self.latest = max(self.latest, self.now)

    def beats(self) -> None:
        """All that is due now, as the heartbeat does it; then what the outbox may try again."""
        for _ in range(MOST_BEATS):
            timers = self.read(lambda store: store.timers.due(self.now, AT_A_LOOK))
            if not timers:
                return self.claims()
            for timer in timers:
                self.write(lambda store, timer=timer: self._fire(store, timer))
        raise AssertionError(f"what is due never ends: {timers}")

    def _fire(self, store: Store, timer: Timer) -> None:
        if store.timers.due_at(timer.kind, timer.scope) == timer.due_at:
            store.timers.drop(timer.kind, timer.scope)
            DUE[timer.kind](store, timer.scope, self.now)

    def calms_down(self) -> None:
        """The line is well, and everything that is due or owed has had its time."""
        self.winds(max(timedelta(), self.latest - self.now))  # a clock that went back has caught up
        for _ in range(100):
            self.beats()
            self.delivers_all()
            if not self.telegram.held and not self.read(lambda store: owes_anything(store, self.now)):
                return
            self.winds(timedelta(seconds=5))
        raise AssertionError("it never calms down")

    def alarms(self) -> list[Alarm]:
        found: list[Alarm] = self.read(lambda store: store.alarms.not_ended())
        return found

    def person(self, chat: int) -> Person:
        found: Person | None = self.read(lambda store: store.people.by_telegram(chat))
        assert found is not None
        return found


def owes_anything(store: Store, now: datetime) -> bool:
    """Whether something is queued or due, or a list or a family is told in a moment."""
    soon = [scope for kind in (BOARD, TELL) for scope in store.timers.scopes(kind, now + timedelta(days=1))]
    return bool(soon or store.timers.due(now, 1) or owed_by(store, None))


def owed_by(store: Store, moment: datetime | None) -> set[int]:
    """The ids of what may leave until then; with None, of all that is queued."""
    due = () if moment is None else (deliveries.c.not_before <= moment,)
    queued = select(deliveries.c.id).where(deliveries.c.state == DeliveryState.QUEUED, *due)
    return set(store.connection.execute(queued).scalars())


class _Visit:
    """Takes down which act a handler would have run."""

    act: Act

    async def run(self, act: Act) -> None:
        self.act = act


def _run(callback: Any) -> None:
    """What never waits needs no loop."""
    try:
        callback.send(None)
    except StopIteration:
        return
    raise AssertionError("a handler waited")
