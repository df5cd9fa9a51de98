"""Rooms are tried with nobody asked for codes; what codes change is tried in tests/rooms/login and the stories."""

import pytest

from storage.engine import Archive


@pytest.fixture
async def archive(archive: Archive) -> Archive:
    await archive.write(lambda store: store.settings.ask_for_codes(False))
    return archive
