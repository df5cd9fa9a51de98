"""Messages and the accounts whose private chat with the bot they lie in."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram.bell import Bell

Json = dict[str, Any]

_COLOURS = ("#c0392b", "#b9770e", "#1e8449", "#2471a3", "#7d3c98", "#af601a", "#117a65")


@dataclass(slots=True, eq=False)
class Message:
    """One message of a private chat. `body` holds what Telegram puts beside the envelope: text, photo, …"""

    message_id: int
    account: "Account"
    from_bot: bool
    sender: Json
    date: int  # unix seconds
    body: Json
    inline: list[list[Json]] | None = None
    other_markup: bool = False  # came with a reply keyboard, so it can never be edited
    edit_date: int = 0
    silent: bool = False
    protected: bool = False
    reply_to: "Message | None" = None
    fresh: bool = True  # not yet looked at by a story

    def api(self, with_reply: bool = True) -> Json:
        """The Message object of the Bot API."""
        shape: Json = {"message_id": self.message_id, "from": self.sender, "chat": self.account.chat}
        shape["date"] = self.date
        if self.edit_date:
            shape["edit_date"] = self.edit_date
        if self.reply_to is not None and with_reply:
            shape["reply_to_message"] = self.reply_to.api(with_reply=False)
        shape.update(self.body)
        if self.protected:
            shape["has_protected_content"] = True
        if self.inline:
            shape["reply_markup"] = {"inline_keyboard": self.inline}
        return shape

    @property
    def words(self) -> str:
        """The text or caption, empty when there is neither."""
        return str(self.body.get("text") or self.body.get("caption") or "")


@dataclass(slots=True, eq=False)
class Account:
    """A person's Telegram account, and the private chat with the bot as the person sees it."""

    id: int
    first_name: str
    language_code: str | None = None
    last_name: str | None = None
    username: str | None = None
    phone: str = ""
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    reply_keyboard: Json | None = None
    keyboard_from: int = 0  # the message that brought it; the keyboard goes with that message
    pinned: list[int] = field(default_factory=list)
    menu_button: Json | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    moved_to: int | None = None
    revision: int = 0
    typing_until: float = 0.0
    sent: list[float] = field(default_factory=list)
    changed: Bell = field(default_factory=Bell)
    toasted: Bell = field(default_factory=Bell)
    chat: Json = field(init=False)
    user: Json = field(init=False)

    def __post_init__(self) -> None:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        known = {name: value for name, value in names.items() if value}
        self.chat = {"id": self.id, **known, "type": "private"}
        self.user = {"id": self.id, "is_bot": False, **known}
        if self.language_code:
            self.user["language_code"] = self.language_code

    def loses(self, message_id: int) -> None:
        """The message is gone from the chat, and with it the keyboard it brought."""
        self.messages.pop(message_id, None)
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        if message_id == self.keyboard_from:
            self.reply_keyboard = None

    @property
    def color(self) -> str:
        """The colour of the account's picture, the same every time."""
        return _COLOURS[self.id % len(_COLOURS)]

    def newest(self) -> Message | None:
        """The last message of the chat."""
        return next(reversed(self.messages.values()), None)


@dataclass(slots=True, eq=False)
class Query:
    """A pressed inline button waiting for its answer."""

    query_id: str
    account: Account
    message_id: int
    data: str
    asked_at: float  # unix seconds by the injected clock
    answered: bool = False
    text: str = ""
    show_alert: bool = False
    url: str = ""
    bell: Bell = field(default_factory=Bell)

    async def answer(self, within: float) -> bool:
        """Waits up to `within` real seconds for the bot's answer. Says whether it came."""
        return self.answered or await self.bell.heard(within) or self.answered
