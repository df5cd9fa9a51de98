"""What every test may ask for."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.engine import Archive
from storage.keyring import Keyring
from tests import template
from tests.stage import Stage, opened

pytest_plugins = ("tests.whispers", "tests.loopback")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On a person's machine a skip is told; in CI, which installs everything, it is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("In CI nothing may be skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: stories wait for clocks and sockets a third of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def now() -> datetime:
    """A Tuesday morning in Köln: 10:00 in winter time."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def keyring(tmp_path: Path) -> Iterator[Keyring]:
    """Keys beside the test's store."""
    with closing(Keyring(template.keys_in(tmp_path))) as ring:
        yield ring


@pytest.fixture
async def archive(tmp_path: Path, keyring: Keyring) -> AsyncIterator[Archive]:
    """An empty, migrated store."""
    opened_archive = await Archive.open(template.store_in(tmp_path, "paenz.db"), keyring)
    yield opened_archive
    await opened_archive.close()


@pytest.fixture
async def stage(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Stage]:
    """The real bot and the Telegram double; in the end no unread surprise, and no error but expected ones."""
    async with opened(tmp_path) as evening:
        yield evening
        await evening.hangs_up()
    evening.logged([*caplog.get_records("call"), *caplog.records])
