"""The event loop's side of one update: opens the transaction, then answers the press."""

import logging
from typing import Any

import orjson
from telegram import ChatMember, Update

from bot.clock import Clock
from bot.tasks import Tasks
from bot.wire import Wire
from handlers import codes, house
from handlers.callback import read
from handlers.desk import voice_of
from handlers.oversight.actions import reachable_again
from handlers.refusal import NeedsCode, Refusal
from handlers.room import Act
from handlers.screen import screen
from handlers.turn import Asked, Spoken, Turn
from storage.engine import Archive
from storage.records import Person
from storage.store import Store

log = logging.getLogger("paenz.visit")

LONGEST_TOAST = 200
GONE = {ChatMember.BANNED, ChatMember.LEFT}


class Visit:
    """What python-telegram-bot's handlers get as their context. `args` and `matches` are set by them."""

    args: list[str] | None = None
    matches: Any = None

    def __init__(self, archive: Archive, wire: Wire, clock: Clock, update: Update, tasks: Tasks) -> None:
        self._archive, self._wire, self._clock, self._update, self._tasks = (
            archive,
            wire,
            clock,
            update,
            tasks,
        )
        self._asked, self._said = asked(update), own_words(update)

    async def run(self, act: Act) -> None:
        """The act's whole effect, and that the update is done, in one transaction; then the press is answered.

        A refusal undoes the act and is told instead.
        """
        try:
            turn = await self._archive.write(lambda store: self._turn(store, act))
        except Refusal as no:
            refusal = no
            turn = await self._archive.write(
                lambda store: self._turn(store, lambda turn: refuse(turn, refusal))
            )
        if self._asked.query_id is not None:
            self._tasks.start(self._answer_press(turn), "answer press")

    async def leave(self) -> None:
        """Nothing is to be done with this update."""
        await self._archive.write(lambda store: store.updates.done(self._update.update_id))

    def _turn(self, store: Store, act: Act) -> Turn:
        now = self._clock.now()
        turn = Turn(store, self._met(store), now, self._asked)
        if self._asked.wrote is not None:
            store.traces.add(turn.person.id, self._asked.wrote, now)
        act(turn)
        if self._said:
            house.listens(turn, self._said)
        store.updates.done(self._update.update_id)
        return turn

    def _met(self, store: Store) -> Person:
        account = self._update.effective_user
        if account is None:
            raise ValueError("an update without a sender")
        now = self._clock.now()
        person = store.people.met(account.id, account.language_code or "", now)
        if person.blocked and self._update.my_chat_member is None:
            reachable_again(store, person, now)
            return store.people.get(person.id)
        return person

    async def _answer_press(self, turn: Turn) -> None:
        """Stops the button's spinner. Lost when we die right now: the press has had its effect all the same."""
        body: dict[str, Any] = {"callback_query_id": self._asked.query_id}
        if turn.toast is not None:
            said = voice_of(turn.person).say(turn.toast)
            body |= {"text": said[:LONGEST_TOAST], "show_alert": turn.alert}
        reply = await self._wire.call("answerCallbackQuery", orjson.dumps(body))
        if not reply.ok:
            log.info("a press stayed unanswered: %s", reply.status)


def refuse(turn: Turn, no: Refusal) -> None:
    """Says no in the person's language: over the screen for a press, as a message for a text.

    Where only a code is missing, it is asked for.
    """
    if isinstance(no, NeedsCode):
        turn.flash(no.phrase)
        codes.ask(turn, fresh=no.fresh)
    elif turn.asked.query_id is not None:
        turn.flash(no.phrase, alert=True)
    else:
        turn.say(screen(no.phrase))


def asked(update: Update) -> Asked:
    """What came in, in our own words; text freed of what no store can hold."""
    query = update.callback_query
    if query is not None:
        shown = query.message.message_id if query.message else None
        return Asked(press=read(query.data or ""), message_id=shown, query_id=query.id)
    member = update.my_chat_member
    if member is not None:
        return Asked(gone=member.new_chat_member.status in GONE)
    message = update.effective_message
    if message is None:
        return Asked()
    voice = message.voice
    # the library's own attribute warns of becoming something else
    spoken = Spoken(voice.file_id, int(voice.to_dict()["duration"])) if voice is not None else None
    return Asked(text=clean(message.text or ""), wrote=message.message_id, voice=spoken)


def own_words(update: Update) -> str:
    """What the person typed themselves, also below a picture; "" for what somebody else wrote."""
    message = update.effective_message if update.callback_query is None else None
    if message is None or message.forward_origin is not None:
        return ""
    return clean(message.text or message.caption or "")


def clean(text: str) -> str:
    """Without NUL and lone surrogates, which the store refuses."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "").strip()
