"""When an alarm is over, whoever had a part in it sees what happened when, and the team keeps what it learnt."""

import asyncio

from bot.drawing import Easel
from storage.records import Role
from tests.phones import Phone
from tests.stage import Stage

REMEMBER = "Beim nächsten Mal früher zu zweit hinfahren."


async def alarm_that_ends(stage: Stage, cries: Phone, answers: Phone, how: str) -> None:
    await cries.types("/alarm")
    await stage.quiet()
    await answers.sees("Alarm A-0001")
    await answers.presses("✅")
    await stage.quiet()
    await stage.forward(minutes=3)
    await answers.presses("🏁")
    await stage.quiet()
    await answers.presses(how)
    await stage.quiet()
    for phone in (cries, answers):
        await phone.reads_everything()


async def test_the_holder_reads_the_log_and_gets_it_as_a_picture_and_notes_what_to_remember(
    stage: Stage,
) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    haas = await stage.staff("Frau Haas", Role.LEAD)
    haas.ignores("Alarm A-0001")
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    amina.ignores("")
    await alarm_that_ends(stage, amina, koch, "Beraten")

    await koch.presses("🚨 Offene Alarme")
    await koch.sees("Kein Alarm ist offen")
    await koch.presses("📜 Frühere Alarme")
    await koch.sees("Frühere Alarme: 1")
    await koch.presses("A-0001 ·")
    log = await koch.sees("Verlauf von Alarm A-0001")
    assert "Hilferuf: Person in Not" in log.words
    assert "übernommen: Frau Koch" in log.words
    assert "Amina" not in log.words
    assert "Ahorn" not in log.words

    await koch.presses("🖼 Als Bild")
    picture = await koch.sees("🖼 Der Verlauf von Alarm A-0001", within=15)
    biggest = picture.body["photo"][-1]
    assert (biggest["width"], biggest["height"] > biggest["width"]) == (1080, True)

    await koch.presses("✍️ Nachbesprechung notieren")
    await koch.sees("Was soll das Team daraus behalten?")
    await koch.types(REMEMBER)
    await koch.sees("ist verschlossen aufbewahrt")
    await koch.loses(REMEMBER)

    await haas.types("📜 Frühere Alarme")
    await haas.sees("Frühere Alarme: 1")
    await haas.presses("A-0001 ·")
    await haas.sees("Verlauf von Alarm A-0001")
    await haas.presses("📝 Notizen lesen: 1")
    note = await haas.sees(REMEMBER)
    assert "Notiz 1 von 1\nFrau Koch" in note.words
    read = await stage.machine.archive.read(
        lambda store: [(line["act"], bool(line["family_id"])) for line in store.journal.newest(20)]
    )
    assert ("read.read_debriefs", True) in read
    assert ("alarm.debriefed", True) in read


async def test_the_ended_page_offers_the_note_in_english_too(stage: Stage) -> None:
    koch = await stage.staff("Ms Koch", Role.ON_CALL, language="en")
    await koch.presses("English")
    await koch.reads_everything()
    guest = stage.stranger("Chidi", "de").ignores("")
    await alarm_that_ends(stage, guest, koch, "Advised")
    await koch.presses("✍️ Write a debrief note")
    await koch.sees("what should the team remember?")
    await koch.presses("✖️ Cancel")
    await koch.sees("Log of alarm A-0001")
    await koch.presses("🖼 As a picture")
    await koch.sees("🖼 How alarm A-0001 went", within=15)


async def test_whoever_had_no_part_in_it_sees_nothing(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    guest = stage.stranger("Chidi", "de").ignores("")
    await alarm_that_ends(stage, guest, koch, "Beraten")
    later = await stage.staff("Herr Lange", Role.ON_CALL)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await later.types("📜 Frühere Alarme")
    await later.sees("Es gibt noch keinen früheren Alarm")
    alarm = (await stage.machine.archive.read(lambda store: store.alarms.newest(1)))[0]
    for verb in ("open", "picture", "notes", "debrief"):
        for phone in (later, berger, guest):
            query = phone.hand.forges(phone.last.message_id, f"alarms:{verb}:{alarm.id}:0")
            assert await query.answer(5.0)
            await stage.quiet()
            assert "Frau Koch" not in phone.last.words
            assert "Verlauf" not in phone.last.words
    await later.reads_everything()
    await berger.reads_everything()


async def test_a_picture_that_can_not_be_drawn_is_told_once_and_the_text_is_there(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    guest = stage.stranger("Chidi", "de").ignores("")
    await alarm_that_ends(stage, guest, koch, "Beraten")
    stage.machine.wire._easel = Easel(program="bot.no_such_pictures")
    await koch.types("📜 Frühere Alarme")
    await koch.sees("Frühere Alarme: 1")
    await koch.presses("A-0001 ·")
    await koch.sees("Verlauf von Alarm A-0001")
    await koch.presses("🖼 Als Bild")
    await koch.sees("Das Bild ließ sich nicht zeichnen", within=15)
    await stage.forward(hours=2)
    await koch.sees_nothing()
    states = await stage.machine.archive.read(
        lambda store: [row["state"] for row in store.deliveries.newest(50) if row["method"] == "sendPhoto"]
    )
    assert states == ["undeliverable"]


async def test_nobody_waits_behind_a_drawing(stage: Stage) -> None:
    """Whoever has just asked for a picture is paged all the same, long before it is drawn."""
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    guest = stage.stranger("Chidi", "de").ignores("")
    await alarm_that_ends(stage, guest, koch, "Beraten")
    easel = stage.machine.wire._easel
    await easel._free.acquire()  # somebody else's picture is being drawn
    await koch.types("📜 Frühere Alarme")
    await koch.sees("Frühere Alarme: 1")
    await koch.presses("A-0001 ·")
    await koch.sees("Verlauf von Alarm A-0001")
    await koch.presses("🖼 Als Bild")
    other = stage.stranger("Dilan", "de").ignores("")
    await other.types("/alarm")
    await koch.sees("Alarm A-0002", within=3)
    assert "🖼 Der Verlauf" not in koch.screen
    easel._free.release()
    await koch.sees("🖼 Der Verlauf von Alarm A-0001", within=15)
    await asyncio.sleep(0)
    await koch.reads_everything()
