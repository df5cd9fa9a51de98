"""Keys in trouble: exchanged by two at once, exchanged behind a bot's back, full, or out of reach for a moment."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from storage import keyring as keyrings
from storage import masterkey
from storage.copykeys import copied
from storage.engine import Archive
from storage.keyring import Keyring, Keys, KeysUnwell
from storage.masterkey import KeyFileError
from tests import template


@pytest.fixture
def service(keyring: Keyring, tmp_path: Path) -> Iterator[Keyring]:
    """A bot that got its master as a credential: a copy made when it started."""
    handed = tmp_path / "handed.key"
    shutil.copy2(keyring.where.file, handed)
    with closing(Keyring(Keys(handed, keyring.where.database))) as ring:
        yield ring


def raws(ring: Keyring) -> dict[bytes, bytes]:
    return {id: ring.by_id(id).raw for holder in ring.holders() for id in ring.keys_of(holder)}


def test_of_two_who_exchange_at_once_the_second_is_sent_away(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, wrap = raws(keyring), aes_key_wrap
    within, go_on = threading.Event(), threading.Event()

    def slowly(master: bytes, key: bytes) -> bytes:
        within.set()
        go_on.wait(5)
        return wrap(master, key)

    monkeypatch.setattr(keyrings, "aes_key_wrap", slowly)
    with closing(Keyring(keyring.where)) as first, closing(Keyring(keyring.where)) as second:
        thread = threading.Thread(target=first.exchange_master)
        thread.start()
        assert within.wait(5)
        with pytest.raises(KeyFileError, match="somebody else"):
            second.exchange_master()
        go_on.set()
        thread.join()
        second.exchange_master()  # now it may
    with closing(Keyring(keyring.where)) as again:
        assert raws(again) == before


def test_lines_put_into_the_file_meanwhile_are_kept(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, true = raws(keyring), masterkey.replace
    (old,), foreign = masterkey.read(keyring.where.file), b"f" * 32

    def replace(path: Path, keys: list[bytes]) -> None:
        true(path, keys)
        if len(keys) == 2 and keys[1] == old:
            monkeypatch.setattr(masterkey, "replace", true)
            true(path, [foreign, old])

    monkeypatch.setattr(masterkey, "replace", replace)
    keyring.exchange_master()
    assert masterkey.read(keyring.where.file)[:2] == [foreign, old]
    with closing(Keyring(keyring.where)) as again:
        assert raws(again) == before


def test_whoever_holds_the_old_master_learns_the_new_one(keyring: Keyring, service: Keyring) -> None:
    for generation in range(3):
        fresh = keyring.renew(f"family:{generation}")
        keyring.exchange_master()
        after = keyring.renew(f"person:{generation}")
        service.follow()
        assert service.by_id(fresh.id).raw == fresh.raw
        assert service.current(f"person:{generation}").raw == after.raw
    made = service.current("family:made by the service")
    with closing(Keyring(keyring.where)) as started_anew:
        assert started_anew.by_id(made.id).raw == made.raw
    with pytest.raises(KeyFileError, match="not the one"):  # it goes on, but nobody starts with the old one
        Keyring(service.where)


def test_without_an_heir_it_goes_on_reading_and_seals_with_nothing_outdated(
    keyring: Keyring, service: Keyring
) -> None:
    known = keyring.current("family:a")
    service.follow()
    newer = keyring.renew("family:a")
    keyring.exchange_master(heir=False)
    service.follow()
    assert service.by_id(known.id).raw == known.raw
    with pytest.raises(KeysUnwell, match="start the bot anew"):
        service.by_id(newer.id)
    with pytest.raises(KeysUnwell, match="start the bot anew"):
        service.current("family:a")
    with pytest.raises(KeysUnwell):  # wrapped with the old master it would be lost after the next exchange
        service.current("family:new")
    masterkey.replace(service.where.file, masterkey.read(keyring.where.file))
    assert service.current("family:a").raw == newer.raw


def test_no_copy_of_the_keys_tells_the_next_master(keyring: Keyring, tmp_path: Path, now: datetime) -> None:
    keyring.exchange_master()
    (heir,) = keyring._heirs()
    (tmp_path / "copies").mkdir()
    assert heir in keyring.where.database.read_bytes()
    assert heir not in copied(keyring, tmp_path / "copies", now).read_bytes()
    keyring.exchange_master()
    assert heir not in keyring.where.database.read_bytes()


def test_a_master_key_out_of_reach_for_a_moment_is_remembered(keyring: Keyring) -> None:
    keyring.where.file.chmod(0o444)
    made = keyring.current("family:a")
    keyring.where.file.chmod(0o400)
    with closing(Keyring(keyring.where)) as again:
        assert again.by_id(made.id).raw == made.raw


def test_full_keys_say_so_and_go_on_when_there_is_room(keyring: Keyring) -> None:
    fill(keyring)
    with pytest.raises(KeysUnwell, match="full"):
        keyring.renew("family:a")
    keyring._raw.execute("PRAGMA max_page_count=100000")
    assert keyring.renew("family:a").id in keyring.keys_of("family:a")


async def test_what_needs_no_key_is_written_while_the_keys_are_locked(tmp_path: Path, now: datetime) -> None:
    where = template.keys_in(tmp_path)
    with closing(Keyring(where)) as ring, closing(Keyring(where)) as other:
        archive = await Archive.open(template.store_in(tmp_path, "paenz.db"), ring)
        ring._raw.execute("PRAGMA busy_timeout=10")
        other.renew("family:a")
        other._raw.execute("BEGIN EXCLUSIVE")
        await archive.write(lambda store: store.settings.put("x", "y"))
        with pytest.raises(KeysUnwell, match="locked"):
            await archive.write(lambda store: store.people.met(1, "de", now))
        other._raw.execute("ROLLBACK")
        assert (await archive.write(lambda store: store.people.met(1, "de", now))).telegram_id == 1
        await archive.close()


def fill(ring: Keyring) -> None:
    """Until not one key more finds room."""
    pages = ring._raw.execute("PRAGMA page_count").fetchone()[0]
    ring._raw.execute(f"PRAGMA max_page_count={pages}")
    with suppress(KeysUnwell):
        while True:
            ring.renew("person:padding")
