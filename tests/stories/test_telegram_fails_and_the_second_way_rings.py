"""Telegram fails: whoever is on call is rung beside it, with the alarm's number and nothing else."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.records import Happening, Role
from storage.store import Store
from tests.pager import Pager, carries, paging, rings_here
from tests.phones import Phone
from tests.stage import Stage
from tests.wishes import ids_of

RUNG = "Alarm A-0001, bitte Bot öffnen"
PATIENCE = 12.0


@pytest.fixture
async def pager() -> AsyncIterator[Pager]:
    async with paging() as made:
        yield made


async def cries(stage: Stage, name: str = "Amina") -> Phone:
    phone = stage.stranger(name, "de")
    await phone.types("/alarm")
    return phone.ignores("")


async def on_call(stage: Stage, pager: Pager, name: str = "Koch", step: int = 1) -> Phone:
    phone = await stage.staff(f"Frau {name}", Role.ON_CALL, step=step)
    await carries(stage, phone, pager, name.lower())
    return phone.ignores("")


def fails_for(stage: Stage, phone: Phone, mode: str = "error500", **more: float) -> None:
    methods = ["sendmessage", "editmessagetext"]
    stage.world.faults.set(mode, chat_id=phone.account.id, methods=methods, **more)


async def second_ways_logged(stage: Stage) -> int:
    def look(store: Store) -> int:
        logged = [line.what for alarm in store.alarms.newest() for line in store.alarms.logged(alarm.id)]
        return logged.count(Happening.SECOND_WAY)

    return await stage.machine.archive.read(look)


async def test_no_ok_within_15_seconds(stage: Stage, pager: Pager) -> None:
    koch = await on_call(stage, pager)
    fails_for(stage, koch, "slow", delay=4.0)
    await cries(stage)
    await stage.machine.until(lambda: waits_for_telegram(stage))
    await later(stage, 13)
    await pager.stays_silent()

    await later(stage, 2)

    assert await pager.rings("koch") == RUNG
    stage.world.faults.set("none")
    await koch.sees("Alarm A-0001", within=PATIENCE)
    await stage.forward(seconds=50)
    assert pager.told("koch") == [RUNG]
    assert await second_ways_logged(stage) == 1


async def later(stage: Stage, seconds: float) -> None:
    """As `forward`, without waiting until Telegram has said something."""
    stage.clock.forward(timedelta(seconds=seconds))
    await stage.machine.beat.tick()


async def waits_for_telegram(stage: Stage) -> bool:
    return await stage.machine.archive.read(
        lambda store: any(timer.kind == "crisis.second" for timer in store.timers.ahead())
    )


async def test_two_tries_in_vain_are_enough(stage: Stage, pager: Pager) -> None:
    koch = await on_call(stage, pager)
    fails_for(stage, koch)
    await cries(stage)
    assert await pager.rings("koch") == RUNG
    stage.world.faults.set("none")
    await koch.sees("Alarm A-0001", within=PATIENCE)


async def test_telegram_is_well_and_nothing_rings(stage: Stage, pager: Pager) -> None:
    koch = await on_call(stage, pager)
    await cries(stage)
    await koch.sees("Alarm A-0001")
    await stage.quiet()
    await stage.forward(minutes=2)
    await pager.stays_silent()
    assert await second_ways_logged(stage) == 0


async def test_who_has_blocked_the_bot_is_rung_at_once(stage: Stage, pager: Pager) -> None:
    koch = await on_call(stage, pager)
    weber = (await stage.staff("Herr Weber", Role.ON_CALL, step=2)).ignores("")
    koch.blocks_the_bot()
    await stage.quiet()
    await cries(stage)
    assert await pager.rings("koch") == RUNG
    await weber.sees("Alarm A-0001")


async def test_taken_means_that_rings_stop(stage: Stage, pager: Pager) -> None:
    koch = await on_call(stage, pager)
    weber = (await stage.staff("Herr Weber", Role.ON_CALL)).ignores("")
    fails_for(stage, koch)
    pager.status = 500
    await cries(stage)
    await weber.sees("Alarm A-0001")
    await stage.machine.until(lambda: tried(pager, 1))
    await stage.forward(seconds=5)
    await stage.machine.until(lambda: tried(pager, 2))

    await weber.presses("✅")
    await weber.sees("Übernommen")
    pager.status = 200
    await stage.forward(minutes=3)

    await pager.stays_silent()
    assert pager.heard == []
    stage.world.faults.set("none")


async def tried(pager: Pager, times: int) -> bool:
    return pager.asked >= times


async def test_a_ring_that_fails_is_tried_again_until_it_gets_through(stage: Stage, pager: Pager) -> None:
    koch = await on_call(stage, pager)
    fails_for(stage, koch)
    pager.status = 503
    await cries(stage)
    await stage.machine.until(lambda: tried(pager, 1))
    pager.status = 200
    await stage.forward(seconds=3)
    assert await pager.heard_by("koch") == [RUNG]
    stage.world.faults.set("none")


async def test_many_alarms_are_one_ring_a_minute(stage: Stage, pager: Pager) -> None:
    koch = await on_call(stage, pager)
    fails_for(stage, koch)
    for number in range(6):
        await cries(stage, f"Amina {number}")
    await pager.rings("koch")
    await stage.forward(seconds=40)
    assert len(pager.told("koch")) == 1
    await stage.forward(seconds=30)
    rung = await pager.heard_by("koch", 2)
    assert len(set(rung)) == 2
    stage.world.faults.set("none")


async def test_everybody_reads_it_in_their_own_language(stage: Stage, pager: Pager) -> None:
    smith = await stage.staff("Ms Smith", Role.ON_CALL, language="en")
    await carries(stage, smith, pager, "smith")
    smith.ignores("")
    smith_id = (await ids_of(stage, smith)).person
    await stage.machine.archive.write(lambda store: store.people.speaks(smith_id, "en"))
    fails_for(stage, smith)
    await cries(stage)
    assert await pager.rings("smith") == "Alarm A-0001, please open the bot"
    stage.world.faults.set("none")


async def test_an_address_is_added_confirmed_and_never_shown_again(stage: Stage, pager: Pager) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await rings_here(stage)
    await koch.presses("☎️ Rufbereitschaft")
    await koch.sees("In Rufbereitschaft")
    await koch.presses("📡")
    await koch.sees("noch keinen zweiten Weg")
    await koch.presses("➕")
    await koch.sees("Schreiben Sie die Adresse")

    typed = await koch.types(pager.address("koch"))
    code = (await pager.rings("koch")).split()[-1]
    await koch.sees("Wir senden einen Code: ntfy")
    await stage.quiet()
    assert typed not in koch.account.messages

    await koch.types("0000" if code != "0000" else "1111")
    await koch.sees("Dieser Code stimmt nicht. Versuche übrig: 4")
    await koch.types(f" {code[:2]} {code[2:]}")
    await koch.sees("Der zweite Weg gilt ab jetzt")
    await koch.presses("📡 Zur Liste")
    await koch.sees("✅ ntfy")
    assert pager.address("koch") not in koch.screen

    fails_for(stage, koch)
    await cries(stage)
    koch.ignores("")
    assert await pager.rings("koch") == RUNG
    stage.world.faults.set("none")


async def test_an_address_without_its_code_is_never_rung(stage: Stage, pager: Pager) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await rings_here(stage)
    await koch.types("/pager")
    await koch.sees("noch keinen")
    await koch.presses("➕")
    await koch.types(pager.address("koch"))
    await pager.rings("koch")
    koch.ignores("")
    fails_for(stage, koch)
    await cries(stage)
    await pager.stays_silent(2.0)
    stage.world.faults.set("none")
    await koch.types("📡 Zweiter Weg")
    await koch.sees("⏳ ntfy: wartet auf den Code", within=PATIENCE)
    await koch.presses("🗑")
    await koch.toasted("Entfernt")
    await koch.sees("noch keinen zweiten Weg")


@pytest.mark.parametrize(
    "typed",
    [
        "exec://rm",
        "syslog://",
        "file:///etc/passwd",
        "slack://a/b/c",
        "hallo",
        "ntfys://h/x?attach=/etc/passwd",
    ],
)
async def test_what_is_no_address_of_ours_is_refused_and_taken_away(
    stage: Stage, pager: Pager, typed: str
) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await rings_here(stage)
    await koch.types("/pager")
    await koch.sees("noch keinen")
    await koch.presses("➕")
    await koch.sees("Schreiben Sie die Adresse")
    number = await koch.types(typed)
    await koch.sees("verstehen wir nicht")
    await stage.quiet()
    assert number not in koch.account.messages
    await koch.presses("📡 Zur Liste")
    await koch.sees("noch keinen")


async def test_a_test_that_does_not_get_through_is_told_and_not_kept(stage: Stage, pager: Pager) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await koch.types("/pager")
    await koch.sees("noch keinen")
    await koch.presses("➕")
    await koch.sees("Schreiben Sie die Adresse")
    await koch.types(pager.address("koch"))  # this machine is no place to ring at
    await koch.sees("Wir senden einen Code")
    await stage.forward(seconds=20)
    await stage.forward(seconds=20)
    await koch.sees("Der Test kam nicht durch", within=PATIENCE)
    assert pager.asked == 0
    await koch.presses("📡 Zur Liste")
    await koch.sees("noch keinen")


async def test_too_many_wrong_codes_and_the_address_is_gone(stage: Stage, pager: Pager) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await rings_here(stage)
    await koch.types("/pager")
    await koch.sees("noch keinen")
    koch.ignores("")
    await koch.presses("➕")
    await koch.types(pager.address("koch"))
    code = (await pager.rings("koch")).split()[-1]
    wrong = "0000" if code != "0000" else "1111"
    for left in (4, 3, 2, 1):
        await koch.types(wrong)
        await koch.sees(f"Versuche übrig: {left}")
    await koch.types(wrong)
    await koch.sees("wieder gelöscht")
    await koch.types(code)
    await stage.quiet()
    await koch.presses("📡 Zur Liste")
    await koch.sees("noch keinen")


async def test_who_is_on_call_without_one_is_shown_to_the_lead(stage: Stage, pager: Pager) -> None:
    await on_call(stage, pager)
    await stage.staff("Herr Weber", Role.ON_CALL)
    lead = await stage.staff("Frau Lind", Role.LEAD)
    await lead.presses("Aufsicht")
    await lead.sees("• Herr Weber")
