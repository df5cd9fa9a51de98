"""A bell others can wait for, so that nobody has to poll."""

import asyncio


class Bell:
    """Wakes everybody who listens at the moment it rings; who comes later waits for the next ring."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Wakes the listeners."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for future in waiting:
                if not future.done():
                    future.set_result(None)

    async def heard(self, within: float | None = None) -> bool:
        """Waits for the next ring, at most `within` real seconds. Says whether it rang."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            # not wait_for, which loses a cancellation that comes together with the ring (Python 3.11)
            async with asyncio.timeout(within):
                await future
        except TimeoutError:
            return False
        finally:
            if not future.done() or future.cancelled():
                self._waiting = [other for other in self._waiting if other is not future]
        return True
