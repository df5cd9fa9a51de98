"""Name and role, the name alone or the role alone: whoever takes an alarm decides what the family reads."""

import pytest

from storage.records import Role
from tests.phones import plain
from tests.stage import Stage


@pytest.mark.parametrize(
    ("button", "shown", "hidden"),
    [
        ("Nur Funktion", "nöbetçi", "Frau Koch"),
        ("Nur Name", "Frau Koch", "nöbetçi"),
        ("Name und Funktion", "Frau Koch, nöbetçi", "—"),
    ],
)
async def test_the_family_reads_what_was_chosen(stage: Stage, button: str, shown: str, hidden: str) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await koch.presses("⚙️")
    await koch.sees("⚙️ Was möchten Sie tun")
    await koch.presses("👤")
    await koch.sees("Was soll eine Familie lesen")
    await koch.presses(button)
    await stage.quiet()
    assert f"✅ {button}" in koch.keyboard
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")

    await koch.presses("✅ Ich übernehme")

    status = await amina.sees(shown)
    assert hidden not in plain(status.words)
    await koch.presses("✍️ Nachricht schreiben")
    await koch.sees("Schreiben Sie jetzt")
    await koch.types("Ich komme")
    line = await amina.sees("Ich komme")
    assert shown in plain(line.words)
    assert hidden not in plain(line.words)
    await koch.reads_everything()
    await amina.reads_everything()


async def test_colleagues_always_read_the_name(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    await koch.presses("⚙️")
    await koch.sees("⚙️ Was möchten Sie tun")
    await koch.presses("👤")
    await koch.sees("Was soll eine Familie lesen")
    await koch.presses("Nur Funktion")
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")

    await koch.presses("✅ Ich übernehme")

    await weber.sees("Übernommen von: Frau Koch")
    await stage.quiet()
    for phone in (koch, weber, amina):
        await phone.reads_everything()


async def test_whoever_takes_no_alarms_has_nothing_to_choose(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    await klein.presses("⚙️")
    more = await klein.sees("⚙️ Was möchten Sie tun")
    assert not any("👤" in label for label in klein.keyboard)

    query = klein.hand.forges(more.message_id, "preferences:show_as:role")

    assert await query.answer(5.0)
    assert query.text
    await klein.reads_everything()
