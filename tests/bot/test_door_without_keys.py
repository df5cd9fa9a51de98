"""The door while the keys can't be written or read: nobody's cry is swallowed, and what fails is told."""

import asyncio
from contextlib import suppress

import pytest

from storage.engine import Archive
from storage.keyring import Keyring, KeysUnwell
from storage.people import People
from storage.records import Person, Role, UpdateState
from tests.bot.test_door import House, house, message, owed

__all__ = ["house"]


async def test_a_strangers_words_wait_first_in_line_until_the_keys_have_room(
    house: House, keyring: Keyring
) -> None:
    await house.comes(message(9, "so that the day has its key", chat=9))
    await house.quiet()
    house.heard.clear()
    fill(keyring)
    await house.comes(message(1, "/alarm"), message(2, "behind"))
    await asyncio.sleep(1.5)
    assert house.heard == []
    assert house.door.waiting == 2
    keyring._raw.execute("PRAGMA max_page_count=100000")
    await house.quiet()
    assert house.heard == ["/alarm", "behind"]
    assert set((await house.states()).values()) == {UpdateState.DONE}


async def test_a_stranger_is_heard_while_the_master_key_is_out_of_reach(
    house: House, keyring: Keyring
) -> None:
    keyring.where.file.chmod(0o444)
    await house.comes(message(1, "/alarm"))
    await house.quiet()
    assert house.heard == ["/alarm"]
    assert await house.states() == {1: UpdateState.DONE}


async def test_what_nobody_can_be_met_for_is_parked_and_the_lead_told(
    house: House, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = house.door._clock.now()
    await archive.write(lambda store: store.people.grant(store.people.met(99, "de", now).id, Role.LEAD, now))
    known = People.met

    def breaks(self: People, telegram_id: int, *others: object) -> Person:
        if telegram_id == 1:
            raise LookupError
        return known(self, telegram_id, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(People, "met", breaks)
    await house.comes(message(1, "odd"))
    await house.quiet(12)
    assert await house.states() == {1: "parked"}
    assert [one.chat_id for one in await owed(archive)] == [99]


async def test_an_act_that_needs_a_key_waits_and_is_never_parked(house: House) -> None:
    failures = [KeysUnwell("full")] * 2

    def act(_turn: object) -> None:
        if failures:
            raise failures.pop()

    house.acts = act
    await house.comes(message(1, "please"))
    await house.quiet()
    assert house.heard == ["please"]
    assert await house.states() == {1: UpdateState.DONE}


def fill(ring: Keyring) -> None:
    """Until not one key more finds room."""
    pages = ring._raw.execute("PRAGMA page_count").fetchone()[0]
    ring._raw.execute(f"PRAGMA max_page_count={pages}")
    with suppress(KeysUnwell):
        while True:
            ring.renew("person:padding")
