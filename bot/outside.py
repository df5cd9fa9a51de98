"""Whoever meets the bot anywhere but alone: a friendly word, the way to the private chat, and it goes."""

import logging

import orjson
from telegram import Chat, ChatMemberRestricted, InlineQuery, Update

from bot.bucket import Allowance, Buckets
from bot.clock import Clock, ticks
from bot.tasks import Tasks
from bot.visit import GONE
from bot.wire import Wire
from handlers import outside
from storage.engine import Archive
from storage.store import Store

log = logging.getLogger("paenz.outside")

# coming in is told twice and commands may follow before we are out: once a minute we say it and go
ONCE = Allowance(at_once=1, per_second=1 / 60)


class Outside:
    """Groups, channels and inline queries. Of none of them anything is kept."""

    def __init__(self, archive: Archive, wire: Wire, clock: Clock, tasks: Tasks) -> None:
        self._archive, self._wire, self._clock, self._tasks = archive, wire, clock, tasks
        self._goodbyes = Buckets(ONCE)

    async def meet(self, update: Update) -> None:
        """Ends the update; leaves the group it came from, or answers the inline query."""
        if update.inline_query is not None:
            return await self._shows_the_way(update.update_id, update.inline_query)
        chat = update.effective_chat
        goes = chat is not None and is_there(update) and self._goodbyes.take(chat.id, ticks())

        def write(store: Store) -> None:
            store.updates.done(update.update_id)
            if chat is not None and goes:
                self._go(store, chat, update)

        return await self._archive.write(write)

    def _go(self, store: Store, chat: Chat, update: Update) -> None:
        account = update.effective_user
        by, hint = (account.id, account.language_code or "") if account else (0, "")
        words = None if chat.type == Chat.CHANNEL else outside.goodbye(store, by, hint)
        outside.leave(store, chat.id, words, self._clock.now())

    async def _shows_the_way(self, update_id: int, query: InlineQuery) -> None:
        account = query.from_user

        def write(store: Store) -> str:
            store.updates.done(update_id)
            return outside.way_in(store, account.id, account.language_code or "")

        label = await self._archive.write(write)
        self._tasks.start(self._answer(query.id, label), "answer inline query")

    async def _answer(self, query_id: str, label: str) -> None:
        """Lost when we die right now: whoever goes on typing asks again."""
        body = orjson.dumps(outside.only_a_door(query_id, label))
        reply = await self._wire.call("answerInlineQuery", body)
        if not reply.ok:
            log.info("an inline query stayed unanswered: %s", reply.status)


def is_there(update: Update) -> bool:
    """Whether the bot is in the chat after this update."""
    if update.my_chat_member is None:
        return True
    now = update.my_chat_member.new_chat_member
    return now.status not in GONE and not (isinstance(now, ChatMemberRestricted) and not now.is_member)
