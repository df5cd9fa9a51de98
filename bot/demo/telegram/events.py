"""What happens in the world, for those who watch: newest state per subject, never an endless backlog."""

import asyncio
from collections import OrderedDict
from typing import Any

_KEPT = 1000


class Watcher:
    """One listener's mailbox. Later news about the same subject replaces earlier news not yet read."""

    def __init__(self) -> None:
        self._news: OrderedDict[tuple[str, Any], dict[str, Any]] = OrderedDict()
        self._ready = asyncio.Event()

    def put(self, kind: str, subject: Any, news: dict[str, Any]) -> None:
        """Leaves news in the box."""
        self._news[kind, subject] = news
        if len(self._news) > _KEPT:
            self._news.popitem(last=False)
        self._ready.set()

    async def next(self) -> tuple[str, dict[str, Any]]:
        """The oldest news as (kind, what), waiting for it if need be."""
        while not self._news:
            self._ready.clear()
            await self._ready.wait()
        (kind, _), news = self._news.popitem(last=False)
        return kind, news


class Hub:
    """Hands news to every watcher; costs nothing while nobody watches."""

    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()

    def watch(self) -> Watcher:
        """A new mailbox; give it back with `leave`."""
        watcher = Watcher()
        self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        """Ends a subscription."""
        self._watchers.discard(watcher)

    def tell(self, kind: str, subject: Any, news: dict[str, Any]) -> None:
        """Spreads news: `event: kind` with the object `news`."""
        for watcher in self._watchers:
            watcher.put(kind, subject, news)
