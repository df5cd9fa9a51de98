"""Many alarms at once: whoever is on call gets a few pages, then one list that follows, and none is lost."""

from storage.records import AlarmState, Happening, Role
from tests.oncall import alarms, speaks_english
from tests.phones import Phone, plain, read_all
from tests.stage import Stage


async def cries(stage: Stage, *languages: str) -> list[Phone]:
    """So many people raise an alarm one after the other."""
    phones = [stage.stranger(f"P{n}", language) for n, language in enumerate(languages)]
    for phone in phones:
        await phone.types("/alarm")
        await read_all(phone)
    return phones


def pages_of(phone: Phone) -> list[str]:
    said = [plain(one.words) for one in phone.account.messages.values() if one.from_bot]
    return [one for one in said if "Jemand braucht Hilfe" in one]


def lists_of(phone: Phone) -> list[str]:
    said = [plain(one.words) for one in phone.account.messages.values() if one.from_bot]
    return [one for one in said if "Viele Alarme" in one or "Many alarms" in one]


async def delivered(stage: Stage) -> int:
    """How many pages have reached somebody."""

    def count(store) -> int:  # type: ignore[no-untyped-def]
        known = [page for one in store.alarms.newest(100) for page in store.alarms.paged(one.id)]
        return sum(page.delivered for page in known)

    return await stage.machine.archive.read(count)


async def test_the_fourth_page_within_a_minute_begins_a_list(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    smith = await stage.staff("Mrs Smith", Role.ON_CALL, language="en")
    await speaks_english(smith, stage)
    await cries(stage, "tr", "ar", "de", "tr", "ar", "de", "tr")
    await stage.forward(seconds=1)

    assert len(pages_of(koch)) == 3
    (listed,) = lists_of(koch)
    assert "Offen: 7" in listed
    assert [f"{n:04d}" in listed for n in range(1, 8)] == [True] * 7
    await smith.sees("Open: 7")
    assert await delivered(stage) == 14
    await read_all(*stage.phones)

    await koch.presses("✅ A-0005")
    await koch.toasted("Alarm A-0005 gehört jetzt Ihnen")
    await koch.sees("Übernommen von: Frau Koch")
    await koch.sees("🤝 Frau Koch: 0005")
    await smith.sees("🤝 Frau Koch: 0005", within=2.0)
    await read_all(*stage.phones)


async def test_each_family_reads_that_it_was_sent_only_after_the_list_has_arrived(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await cries(stage, *["de"] * 4)
    amina = stage.stranger("Amina", "tr")
    stage.world.faults.set("error500", chat_id=koch.account.id)
    await amina.types("/alarm")
    await amina.sees("Şimdi ekibe gönderiyoruz")
    await stage.forward(seconds=1)
    assert await delivered(stage) == 4
    await amina.sees_nothing()
    stage.world.faults.set("none")
    await stage.forward(seconds=60)
    assert await delivered(stage) == 5
    await amina.sees("Kişi sayısı: 1")
    await read_all(*stage.phones)


async def test_a_list_that_grew_rings_again_and_one_that_is_done_says_so(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await cries(stage, *["de"] * 5)
    await stage.forward(seconds=31)
    assert len(lists_of(koch)) == 1
    await cries(stage, "de")
    await stage.forward(seconds=2)
    (listed,) = lists_of(koch)
    assert "Offen: 6" in listed
    await koch.sees("Weiter unten steht die neue Liste")
    await read_all(*stage.phones)

    for number in range(1, 7):
        if number > 3:
            await koch.presses(f"✅ A-000{number}")
        else:
            await koch.presses("✅ Ich übernehme")
        await stage.quiet()
    await stage.forward(seconds=1)
    await koch.sees("kein Alarm mehr offen")
    assert {one.state for one in await alarms(stage)} == {AlarmState.TAKEN}
    await read_all(*stage.phones)


async def test_later_a_single_alarm_is_a_page_of_its_own_again(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await cries(stage, *["de"] * 4)
    for _ in range(3):
        await koch.presses("✅ Ich übernehme")
        await stage.quiet()
    await koch.presses("✅ A-0004")
    await stage.forward(minutes=2)
    before = len(pages_of(koch))
    await cries(stage, "de")
    assert len(pages_of(koch)) == before + 1
    await read_all(*stage.phones)


async def test_what_was_taken_by_another_a_moment_ago_stays_a_list(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    await cries(stage, *["de"] * 6)
    await stage.forward(seconds=1)
    shown = next(
        one for one in koch.account.messages.values() if one.from_bot and "Viele Alarme" in one.words
    )
    fifth = next(one for one in await alarms(stage) if one.number == 5)
    await weber.presses("✅ A-0005")
    late = koch.hand.forges(shown.message_id, f"crisis:take:{fifth.id}")
    assert await late.answer(5.0)
    assert "Herr Weber war schneller" in late.text
    await stage.quiet()
    (listed,) = lists_of(koch)
    assert "🤝 Herr Weber: 0005" in listed
    await read_all(*stage.phones)


async def test_nobody_on_duty_and_many_alarms_are_one_list_for_the_lead(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    await cries(stage, *["de"] * 6)
    await stage.forward(seconds=1)
    (listed,) = lists_of(lead)
    assert "Offen: 6" in listed
    logged = await stage.machine.archive.read(
        lambda store: [line.what for line in store.alarms.logged(store.alarms.newest(1)[0].id)]
    )
    assert logged == [Happening.RAISED, Happening.NOBODY, Happening.PAGED, Happening.DELIVERED]
    await read_all(*stage.phones)
