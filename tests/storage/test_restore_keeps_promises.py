"""A copy brought back comes after what was promised since: erasures, discreet mode; and it tells of open alarms."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.commands.keeping import _tell
from storage import backup, rotation
from storage.engine import Archive
from storage.keyring import Keyring
from storage.records import Role
from storage.restore import Restored, restored
from storage.store import Store
from tests.storage.planting import DAY, agency, somebody


def copy(tmp_path: Path, archive: Archive, now: datetime) -> Path:
    (tmp_path / "backups").mkdir(exist_ok=True)
    target = tmp_path / "backups" / backup.name_of(now)
    backup.copied(f"{tmp_path}/paenz.db", archive.vault.store_key, target)
    return target


def leftovers(folder: Path) -> list[Path]:
    return [*folder.glob("*.looked-at*"), *folder.glob("*.restoring*")]


async def bring_back(
    tmp_path: Path, archive: Archive, keyring: Keyring, file: Path, now: datetime
) -> tuple[Restored, Archive]:
    await archive.close()
    done = restored(file, tmp_path / "paenz.db", keyring, now)
    assert not leftovers(tmp_path)
    return done, await Archive.open(f"sqlite:///{tmp_path}/paenz.db", keyring)


def family(store: Store, now: datetime) -> str:
    agency(store)
    klein = somebody(store, 1, "Klein", Role.CASEWORKER, now)
    return store.families.add("Ahorn", klein.id, now).id


async def test_whoever_was_erased_stays_erased_even_when_the_keys_had_no_time_to_go(
    tmp_path: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    id = await archive.write(lambda store: family(store, now))
    file = copy(tmp_path, archive, now)
    await archive.write(lambda store: store.erasure.family(id, now + DAY))
    done, back = await bring_back(tmp_path, archive, keyring, file, now + DAY)
    assert done.erased_again == [f"family:{id}"]
    assert await back.read(lambda store: store.families.get(id)) is None
    assert keyring.keys_of(f"family:{id}") == []
    await back.close()


async def test_keys_kept_for_a_copy_that_may_come_back_still_open_it(
    tmp_path: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    empty = copy(tmp_path, archive, now)
    id = await archive.write(lambda store: family(store, now))
    full = copy(tmp_path, archive, now + DAY)
    _, back = await bring_back(tmp_path, archive, keyring, empty, now + DAY)
    assert await back.write(lambda store: rotation.owe_orphans(store, now + DAY)) > 0
    done, back = await bring_back(tmp_path, back, keyring, full, now + 2 * DAY)
    assert done.erased_again == []
    found = await back.read(lambda store: store.families.get(id))
    assert found is not None
    assert found.label == "Ahorn"
    await back.close()


async def test_discreet_mode_lasts_and_open_alarms_are_told(
    tmp_path: Path,
    archive: Archive,
    keyring: Keyring,
    now: datetime,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def meet(store: Store) -> None:
        for number in (1, 2, 3):
            store.alarms.open(store.people.met(number, "de", now).id, None, {}, now)

    def live_on(store: Store) -> None:
        one, _, three = (store.people.by_telegram(number) for number in (1, 2, 3))
        assert one is not None
        assert three is not None
        store.people.set_discreet(one.id, True)
        for cries in (three, store.people.met(4, "de", now)):
            store.alarms.end(store.alarms.open(cries.id, None, {}, now).id, None, now)
        store.people.set_discreet(store.people.met(5, "de", now).id, True)
        store.alarms.open(store.people.met(6, "de", now).id, None, {}, now)

    await archive.write(meet)
    file = copy(tmp_path, archive, now)
    await archive.write(live_on)
    done, back = await bring_back(tmp_path, archive, keyring, file, now + DAY)
    assert list(done.lost_alarms) == [6]

    def look(store: Store) -> None:
        found = [store.people.by_telegram(number) for number in (1, 2, 3, 5)]
        assert [one and one.discreet for one in found] == [True, False, False, None]

    await back.read(look)
    await back.close()
    _tell(done, file)
    assert "1 alarms had not ended and are not in this copy: A-0006." in capsys.readouterr().out


async def test_a_store_nobody_can_read_holds_up_no_copy_and_is_told(
    tmp_path: Path,
    archive: Archive,
    keyring: Keyring,
    now: datetime,
    capsys: pytest.CaptureFixture[str],
) -> None:
    id = await archive.write(lambda store: family(store, now))
    file = copy(tmp_path, archive, now)
    await archive.close()
    (tmp_path / "paenz.db").write_bytes(b"\x07" * 8192)
    done, back = await bring_back(tmp_path, archive, keyring, file, now + DAY)
    assert not done.before_was_readable
    assert await back.read(lambda store: store.families.get(id)) is not None
    await back.close()
    _tell(done, file)
    assert "What was there before can't be read" in capsys.readouterr().out
