"""What every test may ask for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.engine import Archive
from storage.migrate import upgrade
from tests.stage import Stage, opened


@pytest.fixture
def now() -> datetime:
    """A Tuesday morning in Köln: 10:00 in winter time."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    """An empty, migrated store."""
    url = f"sqlite:///{tmp_path}/paenz.db"
    upgrade(url)
    opened_archive = await Archive.open(url)
    yield opened_archive
    await opened_archive.close()


@pytest.fixture
async def stage(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Stage]:
    """The real bot and the Telegram double; in the end no unread surprise, and no error but expected ones."""
    async with opened(tmp_path) as evening:
        yield evening
        evening.hangs_up()
    evening.logged([*caplog.get_records("call"), *caplog.records])
