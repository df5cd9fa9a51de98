"""Lives of the bot for the kill story: each a process, warm from the nursery or a whole new one."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass
class Life:
    """A bot's process, warm from the nursery or a whole new one."""

    pid: int
    cold: asyncio.subprocess.Process | None


class Nursery:
    """Starts lives and kills them."""

    def __init__(self, arguments: list[str]) -> None:
        self.arguments = arguments
        self.keeper: asyncio.subprocess.Process | None = None

    async def opens(self) -> None:
        self.keeper = await self._process("tests.nursery", stdout=asyncio.subprocess.PIPE)
        await self._hears()

    async def _process(self, module: str, stdout: int | None = None) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *self.arguments,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=stdout,
        )

    async def _hears(self) -> int:
        assert self.keeper is not None
        assert self.keeper.stdout is not None
        said = (await self.keeper.stdout.readline()).strip()
        return int(said) if said.isdigit() else 0

    def _asks(self, what: bytes) -> None:
        assert self.keeper is not None
        assert self.keeper.stdin is not None
        self.keeper.stdin.write(what + b"\n")

    async def live(self, *, cold: bool = False) -> Life:
        if cold:
            process = await self._process("tests.unhurried")
            return Life(process.pid, process)
        self._asks(b"live")
        return Life(await self._hears(), None)

    async def ends(self, life: Life, how: signal.Signals = signal.SIGKILL) -> int:
        """The status it ended with: minus the signal for a new process, the signal for one of the nursery's."""
        os.kill(life.pid, how)
        if life.cold is not None:
            return await life.cold.wait()
        self._asks(b"bury")
        return await self._hears()

    async def closes(self) -> None:
        if self.keeper is not None:
            self.keeper.terminate()
            await self.keeper.wait()
