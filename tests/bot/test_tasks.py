"""Work in the background: held, heard of when it fails, and ended in order."""

import asyncio

import pytest

from bot.clock import ticks
from bot.tasks import Tasks


async def test_what_ends_may_have_started_something_more(caplog: pytest.LogCaptureFixture) -> None:
    tasks, done = Tasks(), []

    async def work(left: int) -> None:
        await asyncio.sleep(0.01)
        done.append(left)
        if left:
            tasks.start(work(left - 1), "more")

    tasks.start(work(5), "first")
    await tasks.finish(5.0)
    assert done == [5, 4, 3, 2, 1, 0]


async def test_what_does_not_end_is_cancelled_in_time() -> None:
    tasks = Tasks()
    endless = tasks.start(asyncio.Event().wait(), "endless")
    began = ticks()
    await tasks.finish(0.1)
    assert ticks() - began < 1
    assert endless.cancelled()


async def test_a_failure_is_logged_with_its_name(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise LookupError

    tasks = Tasks()
    tasks.start(fails(), "the one that fails")
    await tasks.finish(1.0)
    assert "task the one that fails failed" in caplog.text


async def test_nothing_to_end_takes_no_time() -> None:
    began = ticks()
    await Tasks().finish(10.0)
    assert ticks() - began < 0.5
