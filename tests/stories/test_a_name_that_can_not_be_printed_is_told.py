"""A name in letters that our font lacks is told before a certificate with boxes goes out."""

from datetime import timedelta

from tests.diary import until
from tests.stage import Stage
from tests.stories.test_a_course_is_lived_through_from_invitation_to_certificate import (
    attends,
    comes,
    makes,
    opened,
    printed,
)


async def test_she_reads_whose_name_it_is_and_the_others_get_theirs(stage: Stage) -> None:
    room = await opened(stage, Linde="de", Ahorn="de", Birke="de")
    berger = room.berger
    await stage.machine.archive.write(
        lambda store: store.people.rename(
            store.people.by_telegram(room.parents["Ahorn"].account.id).id, "ሰላም"
        )
    )
    await makes(room)
    for label in ("Linde", "Ahorn", "Birke"):
        await comes(room, label, "de")
    sessions = await room.sessions()
    for session in sessions:
        await until(stage, session.starts_at - timedelta(minutes=50))
        for phone in room.parents.values():
            await phone.reads_everything()
        if session.number in (1, 2):
            await attends(room, session, "Ahorn", "Linde")
    await until(stage, sessions[-1].starts_at + timedelta(hours=2))
    await berger.sees("Der Kurs ist zu Ende")
    await stage.quiet()
    for phone in room.parents.values():
        await phone.reads_everything()

    await berger.presses("📜 Bescheinigungen")
    shown = await berger.sees("⚠️ Der Name hat Zeichen, die wir nicht drucken können:")
    assert "ሰላም" in shown.words
    await berger.presses("⚠️ Ahorn 2/4")
    await berger.toasted("Der Name hat Zeichen, die wir nicht drucken können. Nichts wurde geschickt.")
    await berger.presses("📤 Allen schicken: 1")
    await berger.toasted("Unterwegs: 1")
    await printed(stage, room.parents["Linde"], "Ihre Bescheinigung")
    await room.parents["Ahorn"].sees_nothing()

    await berger.presses("👁 Erst selbst ansehen")
    await berger.sees("Antippen zeigt sie Ihnen selbst")
    await berger.presses("⚠️ Ahorn 2/4")
    await berger.toasted("Der Name hat Zeichen, die wir nicht drucken können. Nichts wurde geschickt.")
