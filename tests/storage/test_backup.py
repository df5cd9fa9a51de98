"""Copies hold what the store holds and nothing that is under way; a copy brought back brings back nobody erased."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.commands.keeping import BREATH
from storage import backup, copykeys, rotation
from storage.backup import kept, made_at, name_of
from storage.engine import Archive
from storage.file import Error, StoreError, damage, open_file
from storage.head import Head
from storage.keyring import Keyring, Keys
from storage.masterkey import KeyFileError
from storage.restore import restored
from storage.store import Store
from storage.vault import Vault
from tests import template
from tests.storage.planting import DAY, House, house
from tests.storage.test_erasure import erase, every_byte


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


def copy(tmp_path: Path, archive: Archive, now: datetime) -> Path:
    target = tmp_path / "backups" / name_of(now)
    backup.copied(f"{tmp_path}/paenz.db", archive.vault.store_key, target)
    return target


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def reopened(tmp_path: Path, keyring: Keyring) -> Archive:
    return await Archive.open(f"sqlite:///{tmp_path}/paenz.db", keyring)


def rows(store: Store, table: str) -> int:
    return int(store.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - ours


# making a copy


async def test_a_copy_holds_what_lasts_and_nothing_under_way(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    await archive.write(lambda store: house(store, 3, now))
    file = copy(tmp_path, archive, now)
    assert names(folder) == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600
    other = await Archive.open(f"sqlite:///{file}", keyring)
    assert await other.damage() == []
    for table in ("families", "people", "appointments", "lines", "entrusted", "journal", "timers", "cards"):
        there = await archive.read(lambda store, name=table: rows(store, name))
        assert await other.read(lambda store, name=table: rows(store, name)) == there > -1
    for table in backup.EMPTIED:
        assert await other.read(lambda store, name=table: rows(store, name)) == 0
    assert await other.read(lambda store: store.updates.waiting()) == []
    await other.close()


async def test_a_copy_is_as_unreadable_as_the_store(
    tmp_path: Path, folder: Path, archive: Archive, now: datetime
) -> None:
    await archive.write(lambda store: house(store, 2, now))
    file = copy(tmp_path, archive, now)
    content = every_byte(folder)
    assert not content.startswith(b"SQLite")
    assert b"~family" not in content
    with pytest.raises(StoreError, match="its key is another one"):
        open_file(str(file), bytes(32))


async def test_copies_are_made_while_the_store_is_written_to(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    writing = True

    async def write() -> int:
        count = 0
        while writing:
            await archive.write(lambda store, n=count: store.people.met(10_000 + n, "de", now))
            count += 1
        return count

    busy = asyncio.ensure_future(write())
    for n in range(5):
        moment = now + n * DAY
        await asyncio.to_thread(copy, tmp_path, archive, moment)
    writing = False
    assert await busy > 5
    assert len(names(folder)) == 5


async def test_a_copy_that_can_not_be_made_leaves_nothing(
    tmp_path: Path, archive: Archive, now: datetime
) -> None:
    with pytest.raises(StoreError, match="could not be made"):
        copy(tmp_path, archive, now)  # there is no such folder
    (tmp_path / "backups").mkdir()
    with pytest.raises(StoreError, match="its key is another one"):
        backup.copied(f"{tmp_path}/paenz.db", bytes(32), tmp_path / "backups" / name_of(now))
    assert list((tmp_path / "backups").iterdir()) == []


async def test_a_damaged_store_is_not_copied(
    tmp_path: Path, folder: Path, archive: Archive, now: datetime
) -> None:
    await archive.write(lambda store: house(store, 5, now))
    await archive.close()  # nothing is left in the write-ahead log
    store = tmp_path / "paenz.db"
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "bad.db").write_bytes(content)
    with pytest.raises(StoreError):
        backup.copied(f"{tmp_path}/bad.db", archive.vault.store_key, folder / name_of(now))
    assert names(folder) == []


# which copies stay

MOMENTS = st.lists(st.integers(0, 400 * 24 * 60), max_size=200)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@given(ages=MOMENTS)
def test_the_newest_of_each_day_and_week_stay_and_none_older_than_60_days(ages: list[int]) -> None:
    made = {NOW - timedelta(minutes=age) for age in ages}
    stay = kept(made, NOW)
    assert stay <= made
    assert len(stay) <= backup.DAILY + backup.WEEKLY
    assert all(NOW - one < backup.OLDEST for one in stay)
    young = {one for one in made if NOW - one < backup.OLDEST}
    assert not young or max(young) in stay
    last_days = sorted({one.date() for one in young})[-backup.DAILY :]
    assert {max(one for one in young if one.date() == day) for day in last_days} <= stay
    assert kept(stay, NOW) == stay


def test_a_year_of_nightly_copies_leaves_a_fortnight_and_eight_weeks(tmp_path: Path) -> None:
    for day in range(365):
        now = NOW + day * DAY
        (tmp_path / name_of(now)).touch()
        backup.thinned_out(tmp_path, now)
    left = sorted(made_at(file) for file in tmp_path.iterdir())  # type: ignore[type-var]
    assert len(left) in {19, 20, 21}
    assert left[-1] == NOW + 364 * DAY
    assert left[0] > NOW + 364 * DAY - backup.OLDEST  # type: ignore[operator]


def test_what_is_no_copy_is_left_alone(tmp_path: Path) -> None:
    for name in ("note.txt", "paenz.db", "paenz-2020.db"):
        (tmp_path / name).touch()
    (tmp_path / name_of(NOW - 90 * DAY)).touch()
    assert [file.name for file in backup.thinned_out(tmp_path, NOW)] == [name_of(NOW - 90 * DAY)]
    assert len(list(tmp_path.iterdir())) == 3


# bringing a copy back


async def test_a_copy_comes_back_as_it_was_and_the_store_that_was_there_stays_aside(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    there = await archive.write(lambda store: house(store, 3, now))
    file = copy(tmp_path, archive, now)
    await archive.write(lambda store: store.families.add("later", there.caseworker, now))
    await archive.close()
    done = restored(file, tmp_path / "paenz.db", keyring, now + DAY)
    assert done.erased_again == []
    assert done.aside == tmp_path / "paenz.db.before-20261125-090000"
    back = await reopened(tmp_path, keyring)
    assert len(await back.read(lambda store: store.families.all())) == 3
    assert await back.damage() == []
    assert await back.read(lambda store: list(store.journal.faults())) == []
    assert (await back.read(lambda store: store.journal.newest(1)))[0]["act"] == "store.restored"
    head = Head(keyring.where.journal_head).get()
    assert head == await back.read(lambda store: store.journal.newest_head())
    await back.close()
    aside = await Archive.open(f"sqlite:///{done.aside}", keyring)
    assert len(await aside.read(lambda store: store.families.all())) == 4
    await aside.close()


async def test_last_weeks_copy_with_todays_keys_brings_back_all_but_the_erased(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    there = await archive.write(lambda store: house(store, 4, now))
    gone, *others = there.families
    await archive.write(lambda store: store.legal_holds.put(gone.family_id, "lifted since", there.lead, now))
    file = copy(tmp_path, archive, now)
    await archive.write(lambda store: store.legal_holds.lift(gone.family_id))
    holders = await erase(archive, gone.family_id, now + 3 * DAY)
    await archive.close()
    done = restored(file, tmp_path / "paenz.db", keyring, now + 7 * DAY)
    assert set(done.erased_again) == set(holders)
    back = await reopened(tmp_path, keyring)
    said = await back.read(lambda store: {word for _, _, word in store.sealed.opened()})
    assert not any(marker in word for marker in gone.markers for word in said)
    for other in others:
        lasting = [
            one for one in other.markers if any(kind in one for kind in ("label", "name", "note", "line"))
        ]
        assert all(any(marker in word for word in said) for marker in lasting)
    assert len(await back.read(lambda store: store.families.all())) == 3
    await back.close()


async def test_of_a_colleague_who_was_forgotten_since_a_nameless_row_is_left(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    """Families stand on her in the copy; they have to be handed over again."""

    def leave(store: Store) -> None:
        heir = store.people.met(77, "de", now)
        for planted in there.families:
            store.families.hand_over(planted.family_id, heir.id)
        for table in ("appointments", "entrusted"):
            store.connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - ours
        store.erasure.person(there.caseworker, now)
        store.erasure.shred(f"person:{there.caseworker}")

    there = await archive.write(lambda store: house(store, 2, now))
    file = copy(tmp_path, archive, now)
    await archive.write(leave)
    await archive.close()
    done = restored(file, tmp_path / "paenz.db", keyring, now + DAY)
    assert done.erased_again == [f"person:{there.caseworker}"]
    back = await reopened(tmp_path, keyring)
    nobody = await back.read(lambda store: store.people.get(there.caseworker))
    assert (nobody.name, nobody.telegram_id, nobody.roles, nobody.blocked) == ("", 0, frozenset(), True)
    assert len(await back.read(lambda store: store.families.all())) == 2
    assert await back.read(lambda store: store.sealed.unreadable()) == set()
    await back.close()


async def test_a_copy_older_than_its_keys_is_refused_and_erases_nobody(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    there = await archive.write(lambda store: house(store, 2, now))
    file = copy(tmp_path, archive, now)
    holder = f"family:{there.families[0].family_id}"
    await archive.write(lambda store: rotation.exchanged(store, holder, now))
    keyring.destroy_key(keyring.keys_of(holder)[0])
    await archive.close()
    before = (tmp_path / "paenz.db").read_bytes()
    with pytest.raises(StoreError, match="too old"):
        restored(file, tmp_path / "paenz.db", keyring, now + 70 * DAY)
    assert (tmp_path / "paenz.db").read_bytes() == before
    assert not [name for name in names(tmp_path) if "restoring" in name]


@pytest.mark.parametrize("kind", ["flipped", "cut", "nonsense", "plain"])
async def test_what_is_no_whole_copy_is_refused_and_changes_nothing(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime, kind: str
) -> None:
    await archive.write(lambda store: house(store, 2, now))
    file = copy(tmp_path, archive, now)
    content = bytearray(file.read_bytes())
    match kind:
        case "flipped":
            content[random.Random(5).randrange(len(content))] ^= 4
        case "cut":
            del content[len(content) // 2 :]
        case "nonsense":
            content = bytearray(b"nonsense" * 4096)
        case "plain":
            content = bytearray(b"SQLite format 3\0" + bytes(8192))
    file.write_bytes(content)
    await archive.close()
    before = (tmp_path / "paenz.db").read_bytes()
    with pytest.raises(StoreError):
        restored(file, tmp_path / "paenz.db", keyring, now + DAY)
    assert (tmp_path / "paenz.db").read_bytes() == before
    assert not [name for name in names(tmp_path) if "before" in name]


async def test_a_damaged_store_is_replaced_all_the_same(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    await archive.write(lambda store: house(store, 2, now))
    file = copy(tmp_path, archive, now)
    await archive.close()
    (tmp_path / "paenz.db").write_bytes(b"nonsense" * 1000)
    (tmp_path / "paenz.db-wal").write_bytes(b"more nonsense")
    restored(file, tmp_path / "paenz.db", keyring, now + DAY)
    assert (tmp_path / "paenz.db.before-20261125-090000-wal").read_bytes() == b"more nonsense"
    back = await reopened(tmp_path, keyring)
    assert len(await back.read(lambda store: store.families.all())) == 2
    await back.close()


async def test_a_copy_comes_back_where_no_store_is(
    tmp_path: Path, folder: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    await archive.write(lambda store: house(store, 1, now))
    file = copy(tmp_path, archive, now)
    done = restored(file, tmp_path / "elsewhere.db", keyring, now)
    assert done.aside is None
    assert (tmp_path / "elsewhere.db").exists()


# every bit counts


def damage_of(file: Path, key: bytes) -> bool:
    try:
        raw = open_file(str(file), key, reading_only=True)
    except StoreError:
        return True
    try:
        return bool(damage(raw))
    except Error:
        return True
    finally:
        raw.close()


async def flipped(tmp_path: Path, archive: Archive, now: datetime, how_many: int) -> None:
    await archive.write(lambda store: house(store, 3, now))
    await archive.close()  # nothing is left in the write-ahead log
    content, dice = (tmp_path / "paenz.db").read_bytes(), random.Random(1)
    for _ in range(how_many):
        at = dice.randrange(len(content) * 8)
        changed = bytearray(content)
        changed[at // 8] ^= 1 << at % 8
        file = tmp_path / "flipped.db"
        backup.remove(file)
        file.write_bytes(changed)
        assert damage_of(file, archive.vault.store_key), f"bit {at} was not missed"


async def test_three_hundred_flipped_bits_are_all_found(
    tmp_path: Path, archive: Archive, now: datetime
) -> None:
    await flipped(tmp_path, archive, now, 300)


@pytest.mark.soak
async def test_a_thousand_flipped_bits_are_all_found(tmp_path: Path, archive: Archive, now: datetime) -> None:
    await flipped(tmp_path, archive, now, 1000)


# copies of the keys


async def test_the_keys_copy_opens_with_the_master_key_alone(
    tmp_path: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    there: House = await archive.write(lambda store: house(store, 2, now))
    target = copykeys.copied(keyring, tmp_path, now)
    again = Keyring(Keys(keyring.where.file, target))
    assert again.holders() == keyring.holders()
    again.close()
    assert Vault(keyring).store_key not in target.read_bytes()
    assert there.caseworker.encode() in target.read_bytes()  # whose a key is stands open; it is an id


def test_copies_of_keys_are_young_and_the_old_ones_gone(tmp_path: Path, keyring: Keyring) -> None:
    for day in range(20):
        copykeys.copied(keyring, tmp_path, NOW + day * DAY)
    left = sorted(file.name for file in tmp_path.glob("keys-*"))
    assert len(left) == 7
    assert left[0] == "keys-20261207-090000.db"


def test_a_folder_that_can_not_be_written_to_is_told(tmp_path: Path, keyring: Keyring) -> None:
    with pytest.raises(KeyFileError, match="could not be copied"):
        copykeys.copied(keyring, tmp_path / "none", NOW)


# exchanging the keys of families


async def test_exchanged_under_load_no_row_is_lost_or_unreadable(
    tmp_path: Path, archive: Archive, keyring: Keyring, now: datetime
) -> None:
    """Another process exchanges all keys twice while this one writes and reads."""
    there = await archive.write(lambda store: house(store, 5, now, richly=3))
    ring = Keyring(template.keys_in(tmp_path))
    other = await Archive.open(f"sqlite:///{tmp_path}/paenz.db", ring)
    working, written = True, 0

    async def work() -> None:
        nonlocal written
        while working:
            planted = there.families[written % 5]
            await archive.write(
                lambda store, of=planted: store.entrusted.add(
                    of.family_id, there.caseworker, of.word("new"), now
                )
            )
            assert await archive.read(lambda store, of=planted: store.entrusted.of_family(of.family_id))
            written += 1

    busy = asyncio.ensure_future(work())
    for _ in range(2):
        for holder in await other.read(rotation.holders):
            await other.write(lambda store, of=holder: rotation.exchanged(store, of, now))
            await asyncio.sleep(BREATH)
    working = False
    await busy
    assert written > 20
    said = "\n".join(await archive.read(lambda store: [word for _, _, word in store.sealed.opened()]))
    missing = [m for one in there.families for m in one.markers if m not in said and "~typed~" not in m]
    assert missing == []

    # only now is it safe that the old keys go: nothing is left that needs one
    owed = [
        one
        for one in await archive.read(lambda store: store.timers.ahead(10_000))
        if one.kind == rotation.RETIRE
    ]
    assert len(owed) > 20
    for timer in owed:
        await archive.write(lambda store, of=timer: rotation.retire(store, of.scope, of.due_at))
    assert len(await archive.read(lambda store: list(store.sealed.opened()))) > 100
    for holder in await archive.read(rotation.holders):
        assert len(keyring.keys_of(holder)) == 1
    await other.close()
    ring.close()


async def test_a_key_that_is_still_needed_is_not_destroyed(
    archive: Archive, keyring: Keyring, now: datetime
) -> None:
    there = await archive.write(lambda store: house(store, 1, now))
    holder = f"family:{there.families[0].family_id}"
    (key,) = keyring.keys_of(holder)
    keyring.renew(holder)
    scope = f"{holder}:{key.hex()}"
    await archive.write(lambda store: rotation.retire(store, scope, now))
    assert key in keyring.keys_of(holder)
    assert await archive.read(lambda store: store.timers.due_at(rotation.RETIRE, scope)) == now + 61 * DAY


async def test_keys_of_nobody_go_after_all_copies_and_those_of_somebody_never(
    archive: Archive, keyring: Keyring, now: datetime
) -> None:
    there = await archive.write(lambda store: house(store, 1, now))
    keyring.current("family:nobody")
    assert await archive.write(lambda store: rotation.owe_orphans(store, now)) == 1
    assert await archive.write(lambda store: rotation.owe_orphans(store, now)) == 0
    for holder in ("family:nobody", f"family:{there.families[0].family_id}", f"person:{there.lead}"):
        await archive.write(lambda store, of=holder: rotation.destroy(store, of, now))
    assert keyring.keys_of("family:nobody") == []
    assert len(await archive.read(lambda store: store.families.all())) == 1


async def test_a_day_on_which_something_still_waits_keeps_its_key(archive: Archive, now: datetime) -> None:
    await archive.write(lambda store: store.updates.keep([(1, "a cry", 5)], now))
    assert await archive.write(lambda store: rotation.destroy_days(store, now + 8 * DAY)) == 0
    assert len(await archive.read(lambda store: store.updates.waiting())) == 1
    await archive.write(lambda store: store.updates.done(1))
    assert await archive.write(lambda store: rotation.destroy_days(store, now)) == 0
    assert await archive.write(lambda store: rotation.destroy_days(store, now + 8 * DAY)) == 1
