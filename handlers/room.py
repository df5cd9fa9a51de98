"""What a room offers the house, and the few kinds of knocking it can hear (python-telegram-bot handlers)."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, MessageHandler
from telegram.ext.filters import MessageFilter

from handlers.turn import Turn
from locales.translator import everywhere
from storage.records import Delivery, DeliveryState
from storage.store import Store

Act = Callable[[Turn], None]
Handler = BaseHandler[Update, Any, None]
Due = Callable[[Store, str, datetime], None]


class Visit(Protocol):
    """The event loop's side of a turn: opens the transaction in which the act runs."""

    async def run(self, act: Act) -> None: ...


class Settled(Protocol):
    """What a room does when a delivery about one of its things has ended, within the same transaction."""

    def __call__(self, store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None: ...


@dataclass(frozen=True)
class Room:
    """A room's name, whom it hears, and what time and deliveries do in it.

    `overhears` is asked about every text nobody heard as a button or a command; True means it was for the room.
    `secrets` names the dialogues in which staff write what is for nobody else: not even a team they have called.
    `voices` are the dialogues that wait for a voice message; anywhere else nobody listens to one.
    `listens` hears everything typed besides, once it has been answered.
    `opens` is called at every start: what time owes for good is set there.
    """

    name: str
    handlers: tuple[Handler, ...] = ()
    dialogues: Mapping[str, Act] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()
    voices: Mapping[str, Act] = field(default_factory=dict)
    overhears: Callable[[Turn], bool] | None = None
    listens: Callable[[Turn, str], None] | None = None
    due: Mapping[str, Due] = field(default_factory=dict)
    settled: Mapping[str, Settled] = field(default_factory=dict)
    opens: Callable[[Store, datetime], None] | None = None


class _Saying(MessageFilter):
    """Texts of reply-keyboard buttons, understood in every language whatever the person has set."""

    def __init__(self, acts: Mapping[str, Act]) -> None:
        super().__init__()
        self.acts = {text: act for key, act in acts.items() for text in everywhere(key)}

    def filter(self, message: Message) -> bool:
        return message.text is not None and message.text.strip() in self.acts


def on_words(acts: Mapping[str, Act]) -> Handler:
    """Hears the reply-keyboard buttons with these message keys."""
    saying = _Saying(acts)

    async def heard(update: Update, visit: Any) -> None:
        message = update.effective_message
        await visit.run(saying.acts[(message.text or "").strip() if message else ""])

    return MessageHandler(saying, heard)


class _Presses(CallbackQueryHandler[Any, None]):
    """The library's own takes a press that carries nothing for any room's; it is nobody's."""

    def check_update(self, update: object) -> bool | object | None:
        query = update.callback_query if isinstance(update, Update) else None
        return super().check_update(update) if query is not None and query.data else None


def on_presses(room: str, verbs: Mapping[str, Act]) -> Handler:
    """Hears the inline buttons of a room, by their verb. Others fall through to the door's own answer."""

    def known(carried: object) -> bool:
        parts = str(carried).split(":")
        return parts[0] == room and len(parts) > 1 and parts[1] in verbs

    async def pressed(update: Update, visit: Any) -> None:
        carried = update.callback_query.data if update.callback_query else None
        await visit.run(verbs[str(carried).split(":")[1]])

    return _Presses(pressed, pattern=known)


class _Command(MessageFilter):
    """The library's own command handler must have asked Telegram for the bot's name first; help can't wait."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.command = f"/{name}"

    def filter(self, message: Message) -> bool:
        first = (message.text or "").split(maxsplit=1)[:1]
        return bool(first) and first[0].partition("@")[0].casefold() == self.command


def on_command(name: str, act: Act) -> Handler:
    """Hears /name, with or without the bot's own name behind it."""
    return MessageHandler(_Command(name), runs(act))


def on_blocking(act: Act) -> Handler:
    """Hears that somebody blocked the bot, or unblocked it."""
    return ChatMemberHandler(runs(act), ChatMemberHandler.MY_CHAT_MEMBER)


def runs(act: Act) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
    """A python-telegram-bot callback that runs the act in the visit's transaction."""

    async def callback(update: Update, visit: Any) -> None:
        await visit.run(act)

    return callback
