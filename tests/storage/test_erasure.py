"""Whoever is erased is nowhere any more: not in the store, its log, the keys, the copies, nor behind any key."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import backup, copykeys
from storage.engine import Archive
from storage.erasure import DESTROY, Held, StillNeeded
from storage.file import core_engine, open_file
from storage.keyring import Keyring, Shredded
from storage.records import Happening, Role
from storage.sealed import FIELDS
from storage.store import Store
from storage.vault import Vault
from tests.storage.planting import DAY, House, house, rota, somebody

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


async def erase(archive: Archive, family_id: str, now: datetime) -> list[str]:
    """Erases the family and lets the keys follow, as the beat would."""
    erased = await archive.write(lambda store: store.erasure.family(family_id, now))
    owed = [one for one in await archive.read(lambda store: store.timers.due(now)) if one.kind == DESTROY]
    assert {timer.scope for timer in owed} == set(erased.holders)
    for timer in owed:
        await archive.write(lambda store, whose=timer.scope: store.erasure.shred(whose))
    return erased.holders


def readable(store: Store) -> Iterator[str]:
    """Everything that the keys there are open, wherever it lies."""
    for sealed in FIELDS:
        for row, value in store.sealed.of(sealed):
            try:
                yield store._vault.open(sealed.field, sealed.holder(row), row[sealed.row], value)
            except Shredded:
                continue


def readable_in(file: Path, keyring: Keyring) -> str:
    vault = Vault(keyring)
    raw = open_file(str(file), vault.store_key)
    engine = core_engine(lambda: raw, "BEGIN")
    with engine.connect() as connection:
        found = "\n".join(readable(Store(connection, vault)))
    engine.dispose()
    raw.close()
    return found


def every_byte(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_of_ten_thousand_planted_words_none_is_found_after_erasure(
    tmp_path: Path, archive: Archive, keyring: Keyring, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    there = await archive.write(lambda store: house(store, 4, now, richly=40))
    gone = there.families[0]
    await archive.write(lambda store: [gone.word("more") for _ in range(10_000 - len(gone.markers))])
    await archive.write(lambda store: _more(store, there))
    assert len(gone.markers) == 10_000
    (tmp_path / "backups").mkdir()
    copy = tmp_path / "backups" / backup.name_of(now)
    backup.copied(f"{tmp_path}/paenz.db", archive.vault.store_key, copy)
    before = readable_in(copy, keyring)
    assert sum(marker in before for marker in gone.markers) > 9_000

    await erase(archive, gone.family_id, now)
    copykeys.copied(keyring, tmp_path / "backups", now)  # a copy made after it holds no key of theirs either
    everywhere = "\n".join(await archive.read(lambda store: list(readable(store))))
    everywhere += readable_in(copy, keyring)
    found = [marker for marker in gone.markers if marker in everywhere]
    assert found == []
    for other in there.families[1:]:
        assert [marker for marker in other.markers if marker not in everywhere and lasting(marker)] == []

    assert b"~family 0~" not in every_byte(tmp_path)
    assert "~family 0~" not in caplog.text
    assert [one for one in keyring.holders() if gone.family_id in one or one[7:] in gone.people] == []
    await archive.read(lambda store: list(store.sealed.opened()))  # nothing is left that can't be read


def lasting(marker: str) -> bool:
    """What is said in a conversation gives way to what is said next."""
    return "~typed~" not in marker


def _more(store: Store, there: House) -> None:
    """The rest of the ten thousand, as words entrusted."""
    gone = there.families[0]
    for marker in sorted(gone.markers):
        if "~more~" in marker:
            store.entrusted.add(gone.family_id, there.caseworker, marker, MIDNIGHT)


async def test_what_others_were_shown_can_be_taken_back_and_nothing_queued_leaves(
    archive: Archive, now: datetime
) -> None:
    withdrawn: list[int] = []
    there = await archive.write(lambda store: house(store, 2, now))
    archive.on_withdrawn = withdrawn.extend
    queued = await archive.read(lambda store: {row["id"] for row in store.deliveries.newest()})
    erased = await archive.write(lambda store: store.erasure.family(there.families[0].family_id, now))
    assert [(who, number) for who, number, _ in erased.left_in_chats] == [(there.caseworker, 7)]
    assert set(withdrawn) < queued
    assert len(withdrawn) == 3
    left = await archive.read(lambda store: store.deliveries.newest())
    assert not {row["id"] for row in left} & set(withdrawn)


async def test_the_number_of_an_erased_delivery_is_never_given_again(archive: Archive, now: datetime) -> None:
    there = await archive.write(lambda store: house(store, 1, now))
    newest = (await archive.read(lambda store: store.deliveries.newest(1)))[0]["id"]
    await archive.write(lambda store: store.erasure.family(there.families[0].family_id, now))
    fresh = await archive.write(lambda store: store.deliveries.post(2, 1, "sendMessage", {}, now))  # type: ignore[arg-type]
    assert fresh.id == newest + 1
    assert await archive.write(lambda store: store.deliveries.claim(now + DAY, 10)) == [fresh]


async def test_a_legal_hold_forbids_it(archive: Archive, now: datetime) -> None:
    there = await archive.write(lambda store: house(store, 1, now))
    family = there.families[0]
    await archive.write(lambda store: store.legal_holds.put(family.family_id, "court", there.lead, now))
    with pytest.raises(Held):
        await archive.write(lambda store: store.erasure.family(family.family_id, now))
    assert await archive.read(lambda store: store.families.get(family.family_id)) is not None
    assert await archive.write(lambda store: store.legal_holds.lift(family.family_id))
    await erase(archive, family.family_id, now)
    assert await archive.read(lambda store: store.families.all()) == []


async def test_a_caseworker_who_once_opened_a_familys_invitation_does_not_go_with_it(
    archive: Archive, now: datetime
) -> None:
    """Her row would take all her families along."""
    there = await archive.write(lambda store: house(store, 3, now))
    gone, *_ = there.families
    await archive.write(lambda store: store.families.join(gone.family_id, there.caseworker))
    await archive.write(lambda store: store.families.join(gone.family_id, there.lead))
    erased = await archive.write(lambda store: store.erasure.family(gone.family_id, now))
    assert set(erased.holders) == {f"family:{gone.family_id}", *(f"person:{id}" for id in gone.people)}
    assert len(await archive.read(lambda store: store.families.all())) == 2
    assert (await archive.read(lambda store: store.people.get(there.caseworker))).name == "Frau Baum"


async def test_a_parent_of_two_families_stays_with_the_other(archive: Archive, now: datetime) -> None:
    there = await archive.write(lambda store: house(store, 2, now))
    first, second = there.families
    await archive.write(lambda store: store.families.join(second.family_id, first.people[1]))
    await erase(archive, first.family_id, now)
    members = await archive.read(lambda store: store.people.of_family(second.family_id))
    assert {person.id for person in members} == {*second.people, first.people[1]}


async def test_nobody_on_whom_families_stand_is_erased(archive: Archive, now: datetime) -> None:
    there = await archive.write(lambda store: house(store, 1, now))
    with pytest.raises(StillNeeded):
        await archive.write(lambda store: store.erasure.person(there.caseworker, now))
    assert len(await archive.read(lambda store: store.families.all())) == 1


async def test_an_alarm_outlives_who_took_it(archive: Archive, now: datetime) -> None:
    def take(store: Store) -> tuple[str, str]:
        koch = somebody(store, 50, "Frau Koch", Role.ON_CALL, now)
        amina = store.people.met(51, "tr", now)
        alarm = store.alarms.open(amina.id, None, {}, now)
        store.alarms.take(alarm.id, koch.id, now)
        return alarm.id, koch.id

    alarm_id, koch = await archive.write(take)
    await archive.write(lambda store: store.erasure.person(koch, now))
    alarm = await archive.read(lambda store: store.alarms.get(alarm_id))
    assert alarm is not None
    assert alarm.taken_by is None


OF_AN_ALARM = ("alarms", "pages", "takes", "lines", "happenings", "debriefs", "rings")
OF_ONE_ON_CALL = ("patterns", "shifts", "swaps", "probes", "second_ways", "rings")


def count(store: Store, table: str) -> int:
    return int(store.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608


async def test_all_that_came_of_a_cry_goes_with_the_family(archive: Archive, now: datetime) -> None:
    there = await archive.write(lambda store: house(store, 1, now))
    await archive.write(lambda store: rota(store, there.lead, there.caseworker, now))
    erased = await archive.write(lambda store: store.erasure.family(there.families[0].family_id, now))
    for table in (*OF_AN_ALARM, "worries", "concerns", "concern_marks"):
        assert erased.rows[table] > 0, table
        assert await archive.read(lambda store, of=table: count(store, of)) == 0, table
    for table in ("shifts", "second_ways", "drills", "holds", "crisis_places"):
        assert await archive.read(lambda store, of=table: count(store, of)) > 0, table


async def test_what_somebody_on_staff_did_stays_and_no_longer_says_who(
    archive: Archive, now: datetime
) -> None:
    there = await archive.write(lambda store: house(store, 1, now))
    family_id = there.families[0].family_id
    await archive.write(lambda store: rota(store, there.lead, there.caseworker, now))
    await archive.write(lambda store: store.erasure.person(there.lead, now))

    def look(store: Store) -> None:
        (alarm,) = store.alarms.of_family(family_id)
        assert (alarm.taken_by, store.alarms.takers_of(alarm.id)) == (None, [])
        assert [(one.what, one.done_by is None) for one in store.alarms.logged(alarm.id)] == [
            (Happening.RAISED, False),
            (Happening.TAKEN, True),
        ]
        (debrief,) = store.alarms.debriefs(alarm)
        assert debrief.written_by is None
        assert "~debrief~" in debrief.text
        (concern,) = store.concerns.of_family(family_id)
        (mark,) = store.concerns.marks(concern.id)
        assert (concern.opened_by, mark.marked_by) == (None, there.caseworker)
        assert [count(store, table) for table in OF_ONE_ON_CALL] == [0] * len(OF_ONE_ON_CALL)
        assert [count(store, table) for table in ("drills", "holds", "crisis_places")] == [1, 1, 1]

    await archive.read(look)


async def test_what_is_rung_over_a_way_goes_with_it(archive: Archive, now: datetime) -> None:
    def arrange(store: Store) -> str:
        there = house(store, 1, now)
        rota(store, there.lead, there.caseworker, now)
        return str(store.connection.exec_driver_sql("SELECT way_id FROM rings").scalar_one())

    way_id = await archive.write(arrange)
    assert await archive.write(lambda store: store.erasure.rows("second_ways", [way_id], now)) == 1
    assert await archive.read(lambda store: count(store, "rings")) == 0
    assert await archive.read(lambda store: count(store, "alarms")) == 1


async def test_a_guest_is_erased_with_their_key(archive: Archive, now: datetime) -> None:
    guest = await archive.write(lambda store: store.people.met(99, "tr", now).id)
    erased = await archive.write(lambda store: store.erasure.person(guest, now))
    assert erased.holders == [f"person:{guest}"]
    assert await archive.read(lambda store: store.people.by_telegram(99)) is None


async def test_what_was_erased_lies_in_no_log_of_the_store(
    tmp_path: Path, archive: Archive, now: datetime
) -> None:
    there = await archive.write(lambda store: house(store, 2, now))
    await archive.write(lambda store: store.erasure.family(there.families[0].family_id, now))
    assert (tmp_path / "paenz.db-wal").stat().st_size == 0


async def test_a_day_of_updates_is_gone_with_its_key(archive: Archive, now: datetime) -> None:
    await archive.write(lambda store: store.updates.keep([(1, "secret", 5)], now))
    assert archive.vault.keyring.holders("day:") == ["day:2026-11-24"]
    await archive.write(lambda store: store.erasure.shred("day:2026-11-24"))
    with pytest.raises(Shredded):
        await archive.read(lambda store: store.updates.waiting())
    assert archive.vault.keyring.holders("day:") == []
