"""What can be told about an update before anybody opens the door: whose it is, when it was sent, what it says. Pure."""

from dataclasses import dataclass
from typing import Any

from bot.wire import parsed
from storage.records import RawUpdate

NOBODY = -1
WITH_SENDER = ("callback_query", "message", "edited_message", "my_chat_member", "inline_query")


@dataclass(frozen=True, slots=True)
class Knock:
    """An update that is stored. `whose` is the sender's id; what has none stands in a line of its own.

    `sent_at` is Telegram's own time of a message in unix seconds; presses carry none. `text` is what was
    typed, `caption` what stands below a picture, `carried` what a pressed button carries, `query_id` how a
    press is answered, `wrote` Telegram's number of the message they wrote, `language` what their app is set to.
    """

    raw: RawUpdate
    whose: int = NOBODY
    kind: str = ""
    private: bool = False
    sent_at: float | None = None
    text: str = ""
    caption: str = ""
    carried: str = ""
    query_id: str | None = None
    wrote: int | None = None
    language: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it is a message in the private chat that nobody has read before."""
        return self.private and self.kind == "message"

    @property
    def counts(self) -> bool:
        """Whether it is something a person typed, sent or pressed in the private chat."""
        return self.private and self.kind in {"message", "edited_message", "callback_query"}


def knock(raw: RawUpdate) -> Knock:
    """Reads an update, however malformed it is."""
    try:
        update = parsed(raw.raw)
        kind = next((kind for kind in WITH_SENDER if kind in update), "")
        return _read(raw, kind, update[kind]) if kind else Knock(raw)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return Knock(raw)


def _read(raw: RawUpdate, kind: str, said: dict[str, Any]) -> Knock:
    whose = int(said["from"]["id"])
    message = (said.get("message") or {}) if kind == "callback_query" else said
    sent_at = message.get("edit_date", message.get("date")) if kind != "callback_query" else None
    chat, number = message.get("chat"), said.get("message_id")
    return Knock(
        raw,
        whose,
        kind,
        # a press on a message too old to be shown comes without its chat; buttons stand in private chats alone
        private=chat["type"] == "private" if chat else kind == "callback_query",
        sent_at=float(sent_at) if type(sent_at) is int else None,
        text=_text(said.get("text")),
        caption=_text(said.get("caption")),
        carried=_text(said.get("data")) if kind == "callback_query" else "",
        query_id=_text(said["id"]) if kind == "callback_query" else None,
        wrote=number if type(number) is int else None,
        language=_text(said["from"].get("language_code")),
    )


def _text(given: object) -> str:
    return given if isinstance(given, str) else ""
