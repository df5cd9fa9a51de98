"""The store can't be written: whoever cries gets numbers and the truth at once, and the alarm when it is back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import sleep

import pytest

from storage.file import open_file
from storage.records import Role
from tests.stage import Stage

UNSAVED = {
    "de": "Noch ist niemand alarmiert",
    "tr": "Henüz kimseye haber verilmedi",
    "ar": "لم يتم إبلاغ أحد بعد",
    "en": "Noch ist niemand alarmiert",
}
SENT = {"de": "Personen: 1", "tr": "Kişi sayısı: 1", "ar": "عدد الأشخاص: 1", "en": "Personen: 1"}


@asynccontextmanager
async def locked(stage: Stage) -> AsyncIterator[None]:
    """Another program holds the store, longer than anybody waits for it."""
    vault = stage.machine.archive.vault
    path = await stage.machine.archive.read(
        lambda store: store.connection.exec_driver_sql("PRAGMA database_list").all()[0][2]
    )
    other = open_file(path, vault.store_key)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@asynccontextmanager
async def full(stage: Stage) -> AsyncIterator[None]:
    """Not one page more finds room on the disk."""

    async def most(pages: str) -> None:
        await stage.machine.archive._writer.look(
            lambda raw: raw.execute(f"PRAGMA max_page_count={pages}").fetchone()
        )

    size = await stage.machine.archive._writer.look(
        lambda raw: raw.execute("PRAGMA page_count").fetchone()[0]
    )
    await most(str(size))
    try:
        yield
    finally:
        await most("4294967294")


@pytest.mark.parametrize("language", UNSAVED)
async def test_numbers_come_from_memory_and_the_alarm_when_the_store_is_back(
    stage: Stage, language: str
) -> None:
    stage.expects_error("is answered from memory")
    stage.expects_error("updates could not be written down")
    stage.expects_error("the beat missed")
    stage.expects_error("waits for the store")
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", language)
    await amina.types("/sos")
    await amina.sees("112")
    await amina.reads_everything()
    async with locked(stage):
        await amina.presses("🚨")
        told = await amina.sees(UNSAVED[language], within=6)
        assert "112" in told.words
        assert any("🚨" in label for label in amina.keyboard)
        await koch.sees_nothing()
        await amina.presses("🚨")  # once a minute is enough
        await asyncio.sleep(3)
        assert amina.screen.count(UNSAVED[language]) == 1

    await koch.sees("Alarm A-0001", within=20)
    await amina.sees(SENT[language], within=10)
    await stage.quiet()
    assert amina.screen.count(UNSAVED[language]) == 1
    await amina.reads_everything()
    await koch.reads_everything()


@pytest.mark.parametrize(
    "cry", ["yardm edin", "مسعادة", "Hlife!!", "he beats me, I can't go on", "🆘 Yardım"]
)
async def test_a_full_disk_swallows_no_cry(stage: Stage, cry: str) -> None:
    stage.expects_error("is answered from memory")
    stage.expects_error("could not be written down")
    stage.expects_error("the beat missed")
    stage.expects_error("waits for the store")
    chidi, ben = stage.stranger("Chidi", "en"), stage.stranger("Ben", "tr")
    async with full(stage):
        for number in range(40):  # until the pages that lie free are used up
            ben.hand.types("x" * 3000 + str(number))
        await asyncio.sleep(0.5)
        await chidi.types(cry)
        await chidi.sees("Noch ist niemand alarmiert", within=8)
    ben.ignores("")
    await stage.machine.until(lambda: _dealt_with(stage), within=30)
    await chidi.reads_everything()
    assert "Noch ist niemand" not in ben.screen


async def _dealt_with(stage: Stage) -> bool:
    return not len(stage.world.updates) and not stage.machine.door.waiting and stage.machine.dispatcher.idle


async def test_a_long_line_before_the_store_is_no_trouble_of_the_stores(stage: Stage) -> None:
    """Whoever cries while much is being written waits with the others, and is told nothing untrue."""
    amina = stage.stranger("Amina", "tr")
    await amina.types("/sos")
    await amina.sees("112")
    await amina.reads_everything()
    busy = [asyncio.ensure_future(stage.machine.archive.write(lambda _: sleep(0.1))) for _ in range(35)]
    await amina.presses("🚨")
    seen = await amina.sees("Acil çağrınız kaydedildi", within=10)
    assert UNSAVED["tr"] not in amina.screen, seen.words
    await asyncio.gather(*busy)
