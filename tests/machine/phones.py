"""Telegram as the machine sees it: what was handed to it, what stands on each phone, and how its answers fail."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import orjson

from bot.dispatch import NEVER
from bot.outcomes import Fate, Outcome
from bot.settle import Ended
from storage.records import Delivery
from storage.store import Store

SENDS, EDITS = "sendMessage", "editMessageText"


class Line(StrEnum):
    """What the line does with one call."""

    WELL = "well"
    LOST = "lost"  # it happened, and the answer never came
    DOWN = "down"  # it did not happen
    FLOOD = "flood"  # come back later


@dataclass
class Shown:
    """A message on a phone: what it says, what its buttons carry, and which delivery brought it last."""

    text: str
    buttons: list[str]
    delivery: int


@dataclass
class Phone:
    messages: dict[int, Shown] = field(default_factory=dict)
    blocked: bool = False


class Telegram:
    """The phones, and the deliveries our process holds in its memory."""

    def __init__(self, chats: Iterable[int]) -> None:
        self.phones = {chat: Phone() for chat in chats}
        self.held: dict[int, Delivery] = {}
        self.times: Counter[int] = Counter()  # how often each delivery has happened
        self._number = 0

    def accept(self, posted: Iterable[Delivery]) -> None:
        """Takes over what was committed; of two changes of a card only the later one is still of use."""
        for owed in posted:
            if owed.edits and owed.card_id is not None:
                for older in [one for one in self.held.values() if one.edits and one.card_id == owed.card_id]:
                    del self.held[older.id]
            self.held[owed.id] = owed

    def withdraw(self, ids: Iterable[int]) -> None:
        for id in ids:
            self.held.pop(id, None)

    def next_for(self, chat: int) -> Delivery | None:
        """One at a time to each chat, the most urgent first."""
        waiting = [owed for owed in self.held.values() if owed.chat_id == chat]
        return min(waiting, key=lambda owed: (owed.lane, owed.id), default=None)

    def call(self, store: Store, owed: Delivery, line: Line) -> Ended:
        """What comes of one call."""
        body = orjson.loads(owed.body)
        if owed.edits and owed.card_id is not None and "message_id" not in body:
            card = store.cards.get(owed.card_id)
            if card is None or card.message_id is None:
                coming = Outcome(Fate.RETRY, "its message has not left yet", 1.0)
                return Ended(owed, coming if store.deliveries.is_owed(owed.card_id) else NEVER, None)
            body["message_id"] = card.message_id
        if line is Line.DOWN:
            return Ended(owed, Outcome(Fate.RETRY, "no answer", 0.5), None)
        if line is Line.FLOOD:
            return Ended(owed, Outcome(Fate.WAIT, "429", 2.0), None)
        outcome, number = self._acts(owed, body)
        if line is Line.LOST:
            return Ended(owed, Outcome(Fate.RETRY, "no answer", 0.5), None)
        return Ended(owed, outcome, number)

    def _acts(self, owed: Delivery, body: dict[str, object]) -> tuple[Outcome, int | None]:
        phone = self.phones[owed.chat_id]
        if phone.blocked:
            return Outcome(Fate.BLOCKED, "403 forbidden"), None
        self.times[owed.id] += 1
        shown = Shown(str(body.get("text", "")), carried(body), owed.id)
        if owed.method == SENDS:
            self._number += 1
            phone.messages[self._number] = shown
            return Outcome(Fate.DELIVERED), self._number
        number = body.get("message_id")
        if owed.method == EDITS and isinstance(number, int):
            if number not in phone.messages:
                return Outcome(Fate.VANISHED, "the message is gone"), None
            phone.messages[number] = shown
        return Outcome(Fate.DELIVERED), None


def carried(body: dict[str, object]) -> list[str]:
    """What the inline buttons of a message carry."""
    match body.get("reply_markup"):
        case {"inline_keyboard": rows}:
            return [str(one.get("callback_data", "")) for row in rows for one in row]
    return []
