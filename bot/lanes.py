"""Who is next: lanes of deliveries, one at a time to each chat, the most urgent lane first. Pure.

Within a lane the lowest rank goes first, and of the same rank whoever has waited longest.
"""

import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count

from storage.records import Delivery, Lane

LANES = tuple(Lane)  # the most urgent first
Turn = tuple[Lane, int]


@dataclass
class _Chat:
    waiting: dict[Lane, deque[Delivery]] = field(default_factory=lambda: {lane: deque() for lane in LANES})
    busy: bool = False
    opens_at: float = 0.0

    def best(self) -> Turn | None:
        """The lane and rank of what is next for this chat."""
        return next(((lane, waiting[0].rank) for lane, waiting in self.waiting.items() if waiting), None)

    def queue(self, owed: Delivery) -> None:
        """Behind all of its lane that have its rank or a lower one."""
        waiting, at = self.waiting[owed.lane], len(self.waiting[owed.lane])
        while at > 0 and waiting[at - 1].rank > owed.rank:
            at -= 1
        waiting.insert(at, owed)


def _has_newer(chat: _Chat, change: Delivery) -> bool:
    return any(
        one.edits and one.card_id == change.card_id and one.id > change.id
        for waiting in chat.waiting.values()
        for one in waiting
    )


class Lanes:
    """Deliveries held in memory. A chat that is busy or resting never stands in another's way."""

    def __init__(self) -> None:
        self._chats: dict[int, _Chat] = {}
        self._ready: list[tuple[Turn, int, int]] = []
        self._resting: list[tuple[float, int]] = []
        self._order = count()
        self._held = dict.fromkeys(LANES, 0)

    def __len__(self) -> int:
        return sum(self._held.values())

    def waiting(self, lane: Lane) -> int:
        """How many of a lane are here."""
        return self._held[lane]

    def add(self, owed: Delivery) -> list[Delivery]:
        """Takes a delivery in; returns earlier changes of the same card, which it replaces.

        One that comes after a later change of its card is not taken in: it is returned itself.
        """
        chat = self._chats.get(owed.chat_id) or self._chats.setdefault(owed.chat_id, _Chat())
        if owed.edits and owed.card_id and _has_newer(chat, owed):
            return [owed]
        replaced = self._drop_older_edits(chat, owed) if owed.edits and owed.card_id else []
        chat.queue(owed)
        self._held[owed.lane] += 1
        if not chat.busy:
            self._ready_or_resting(owed.chat_id, chat)
        return replaced

    def _drop_older_edits(self, chat: _Chat, newer: Delivery) -> list[Delivery]:
        replaced = []
        for lane, waiting in chat.waiting.items():
            older = [d for d in waiting if d.edits and d.card_id == newer.card_id]
            if older:
                chat.waiting[lane] = deque(d for d in waiting if d not in older)
                self._held[lane] -= len(older)
                replaced += older
        return replaced

    def drop(self, ids: set[int]) -> list[Delivery]:
        """Takes out those that may not leave any more; returns the ones that were still here."""
        dropped: list[Delivery] = []
        for chat_id, chat in list(self._chats.items()):
            for lane, waiting in chat.waiting.items():
                gone = [owed for owed in waiting if owed.id in ids]
                if gone:
                    chat.waiting[lane] = deque(owed for owed in waiting if owed.id not in ids)
                    self._held[lane] -= len(gone)
                    dropped += gone
            if chat.best() is None and not chat.busy and chat.opens_at <= 0:
                del self._chats[chat_id]
            elif not chat.busy:
                self._ready_or_resting(chat_id, chat)  # what is next for it may be something else now
        return dropped

    def _ready_or_resting(self, chat_id: int, chat: _Chat) -> None:
        best = chat.best()
        if best is None:
            return
        if chat.opens_at > 0:
            heapq.heappush(self._resting, (chat.opens_at, chat_id))
        else:
            heapq.heappush(self._ready, (best, next(self._order), chat_id))

    def peek(self, now: float) -> Lane | None:
        """The lane of whoever is next; None when nobody can be served now."""
        self._wake(now)
        while self._ready:
            turn, _, chat_id = self._ready[0]
            chat = self._chats.get(chat_id)
            if chat is not None and not chat.busy and chat.opens_at <= now and chat.best() == turn:
                return turn[0]
            heapq.heappop(self._ready)
        return None

    def take(self, now: float) -> Delivery:
        """The next delivery; its chat is busy until `done`. Raises LookupError when nobody is next."""
        lane = self.peek(now)
        if lane is None:
            raise LookupError("nobody is next")
        _, _, chat_id = heapq.heappop(self._ready)
        chat = self._chats[chat_id]
        chat.busy = True
        self._held[lane] -= 1
        return chat.waiting[lane].popleft()

    def done(self, chat_id: int, opens_at: float, now: float) -> None:
        """The call to this chat has ended; the next may start at `opens_at`."""
        chat = self._chats[chat_id]
        chat.busy, chat.opens_at = False, opens_at if opens_at > now else 0.0
        if chat.best() is not None:
            self._ready_or_resting(chat_id, chat)
        elif chat.opens_at <= 0:
            del self._chats[chat_id]
        else:
            heapq.heappush(self._resting, (chat.opens_at, chat_id))

    def opens_at(self) -> float | None:
        """When the next resting chat may be written to again."""
        return self._resting[0][0] if self._resting else None

    def _wake(self, now: float) -> None:
        while self._resting and self._resting[0][0] <= now:
            _, chat_id = heapq.heappop(self._resting)
            chat = self._chats.get(chat_id)
            if chat is None or chat.busy or chat.opens_at > now:
                continue
            chat.opens_at = 0.0
            if chat.best() is None:
                del self._chats[chat_id]
            else:
                self._ready_or_resting(chat_id, chat)
