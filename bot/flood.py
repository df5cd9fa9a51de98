"""What is too much from one person: dealt with many at a time, and still heard by whoever comes to help."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import orjson
from telegram import Message
from telegram.ext import CallbackQueryHandler, MessageHandler
from telegram.ext.filters import MessageFilter

from bot.clock import Clock
from bot.knock import Knock
from bot.tasks import Tasks
from bot.visit import clean
from bot.wire import Wire
from handlers import house
from handlers.room import Handler
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Person
from storage.store import Store

log = logging.getLogger("paenz.flood")

# the latest presses: only those can still be answered, and an answer each would be a flood of our own
ANSWERED = 5


class Flood:
    """Ends updates nobody visits. Nothing typed into an open alarm is among what is lost."""

    def __init__(self, archive: Archive, wire: Wire, clock: Clock, tasks: Tasks) -> None:
        self._archive, self._wire, self._clock, self._tasks = archive, wire, clock, tasks

    async def ends(self, knocks: Sequence[Knock], *, tell: bool) -> bool:
        """All of one person's in one transaction; True when the crisis team reads what was typed."""
        heard = await self._archive.write(lambda store: self._end(store, knocks, tell))
        self._stop_spinners(knocks)
        return heard

    async def repeats(self, knocks: Sequence[Knock]) -> bool:
        """The same as what has just been heard: that was answered for all of them."""
        await self._archive.write(lambda store: self._pass(store, knocks))
        self._stop_spinners(knocks)
        return False

    def _stop_spinners(self, knocks: Sequence[Knock]) -> None:
        queries = [knock.query_id for knock in knocks if knock.query_id]
        for query_id in queries[-ANSWERED:]:
            self._tasks.start(self._stop_spinner(query_id), "stop spinner")

    def _pass(self, store: Store, knocks: Sequence[Knock]) -> Person | None:
        """Ends these, and keeps their numbers, so that they too can be cleared; whose they are, if that is known."""
        _done(store, knocks)
        person = store.people.by_telegram(knocks[0].whose)
        if person is not None:
            written = {knock.wrote for knock in knocks if knock.private and knock.wrote is not None}
            store.traces.add_all(person.id, written, self._clock.now())
        return person

    def _end(self, store: Store, knocks: Sequence[Knock], tell: bool) -> bool:
        person = self._pass(store, knocks)
        if person is None:
            return False
        said = "\n".join(clean(knock.text) for knock in knocks if knock.is_new and knock.text)
        turn = Turn(store, person, self._clock.now(), Asked(text=said, flood=True))
        heard = house.overheard_in_crisis(turn)
        if tell and not heard:
            house.slowly(turn)
        if said:
            house.listens(turn, said)
        return heard

    async def _stop_spinner(self, query_id: str) -> None:
        reply = await self._wire.call("answerCallbackQuery", orjson.dumps({"callback_query_id": query_id}))
        if not reply.ok:
            log.info("a press stayed unanswered: %s", reply.status)


def _done(store: Store, knocks: Sequence[Knock]) -> None:
    for knock in knocks:
        store.updates.done(knock.raw.update_id)


@dataclass(frozen=True, slots=True)
class Said:
    """As much of a message as the crisis room listens to; a whole one costs thirty times the work."""

    text: str | None
    caption: str | None


def is_cry(knock: Knock, hears: Sequence[Handler]) -> bool:
    """Whether one of these hears the update, be it new or corrected."""
    said = Said(knock.text or None, knock.caption or None)
    return any(_hears(handler, knock, said) for handler in hears)


def _hears(handler: Handler, knock: Knock, said: Said) -> bool:
    if isinstance(handler, MessageHandler):
        listens = cast(MessageFilter, handler.filters)
        return knock.query_id is None and bool(listens.filter(cast(Message, said)))
    if isinstance(handler, CallbackQueryHandler) and callable(handler.pattern):
        return bool(knock.carried and handler.pattern(knock.carried))
    return True
