"""A bot at work as soon as its store can be opened; until then cries are answered from memory."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError

from bot.app import AlreadyRunning, Machine, holding, running, whole
from bot.clock import SystemClock
from bot.config import FeedPlace
from bot.lastword import LastWord
from bot.standin import StandIn
from bot.wire import Wire
from locales.translator import preload
from storage.file import StoreError, database_path
from storage.keyring import Keyring, Keys
from storage.masterkey import KeyFileError

log = logging.getLogger("paenz.opening")

SHUT = (StoreError, KeyFileError, OperationalError, OSError)


class Opening:
    """Where the store and its keys lie, and how to reach Telegram; all as in the settings."""

    def __init__(
        self, api_url: str, token: str, store: str, keys: Keys, *, feed: FeedPlace | None = None
    ) -> None:
        self._api_url, self._token, self._store, self._keys, self._feed = api_url, token, store, keys, feed
        self._path = database_path(store)

    @property
    def was_there(self) -> bool:
        """Whether there is a store that families may rely on already."""
        try:
            return Path(self._path).exists()
        except OSError:
            return True  # something is there, out of our reach

    @asynccontextmanager
    async def at_work(self, ended: asyncio.Event) -> AsyncIterator[Machine | None]:
        """The machine; None when somebody ended it all before there was one.

        Raises AlreadyRunning when another holds the store, and why a store that never was can't be made.
        """
        wire = Wire(self._api_url, self._token)
        try:
            async with AsyncExitStack() as stack:
                yield await self._opened(stack, LastWord(wire, SystemClock()), wire, ended)
        finally:
            await wire.close()

    async def _opened(
        self, stack: AsyncExitStack, last_word: LastWord, wire: Wire, ended: asyncio.Event
    ) -> Machine | None:
        while True:
            try:
                at_work = (self._api_url, self._token, self._store, self._keys)
                machine = running(*at_work, last_word=last_word, feed=self._feed)
                return await stack.enter_async_context(machine)
            except SHUT as error:
                if not self.was_there:
                    raise
                _tell(error)
            preload()
            if not await StandIn(wire, last_word).until(self._opens, ended):
                await last_word.stop()
                return None

    async def _opens(self, conflict: bool) -> bool:
        """Whether all is well again. Raises AlreadyRunning when another bot has come in our place."""
        try:
            with holding(self._path):
                await self._looked_through()
        except AlreadyRunning:
            if conflict:
                raise
            log.warning("somebody else is at work on the store just now")
            return False
        except SHUT as error:
            _tell(error)
            return False
        log.warning("the store can be opened again: all that has come in meanwhile is dealt with now")
        return True

    async def _looked_through(self) -> None:
        keyring = Keyring(self._keys)
        try:
            await (await whole(self._store, keyring)).close()
        finally:
            keyring.close()


def _tell(error: BaseException) -> None:
    """A driver's error may hold a statement; ours are made to be read."""
    said = error if isinstance(error, StoreError | KeyFileError) else type(error).__name__
    log.critical(
        "THE STORE CAN'T BE OPENED: %s. Cries are answered from memory and nobody is alarmed; "
        "everything waits at Telegram until the store is back",
        said,
    )
