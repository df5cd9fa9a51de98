"""A certificate for somebody who gets no messages is not lost: it is offered again until it really goes out."""

from datetime import timedelta

import pytest

from tests.diary import until
from tests.phones import Phone
from tests.stage import Stage
from tests.stories.test_a_course_is_lived_through_from_invitation_to_certificate import (
    Room,
    comes,
    makes,
    opened,
    printed,
)

NOTHING_SENT = "Dort kommen gerade keine Nachrichten von uns an. Nichts wurde geschickt."


async def lived_through(room: Room) -> None:
    """All four sessions, to which everybody came."""
    stage, sessions = room.stage, await room.sessions()
    for session in sessions:
        await until(stage, session.starts_at + timedelta(minutes=5))
        for phone in room.parents.values():
            await phone.reads_everything()
    await stage.machine.archive.write(
        lambda store: [
            store.attendances.mark(one.id, parent.id, True, stage.clock.now(), one.caseworker_id)
            for session in sessions
            for one in store.appointments.of_session(session.id)
            for parent in store.people.of_family(one.family_id)
        ]
    )
    await until(stage, sessions[-1].starts_at + timedelta(hours=2))
    for phone in room.parents.values():
        await phone.reads_everything()


async def goes_quiet(stage: Stage, phone: Phone, how: str) -> None:
    if how == "pause":
        await phone.presses("⚙️")
        await stage.quiet()
        await phone.presses("⏸ Pause")
    else:
        await phone.types("/daten")
        await stage.quiet()
        await phone.presses("↩️ Keine Nachrichten mehr")
    await stage.quiet()


async def comes_back(stage: Stage, phone: Phone, how: str) -> None:
    if how == "consent":
        await phone.presses("📅")
        await stage.quiet()
    await phone.presses("▶️ Weiter")
    await stage.quiet()
    if how == "consent":
        await phone.presses("✅ Ja, ")
        await stage.quiet()
    await phone.reads_everything()


@pytest.mark.parametrize("how", ["pause", "consent"])
async def test_it_is_offered_again_until_she_hears_from_us(stage: Stage, how: str) -> None:
    room = await opened(stage, Birke="de", Linde="de")
    berger, birke = room.berger, room.parents["Birke"]
    await makes(room)
    for label in ("Birke", "Linde"):
        await comes(room, label, "de")
    await lived_through(room)
    await goes_quiet(stage, birke, how)
    await berger.reads_everything()

    await berger.presses("📜 Bescheinigungen")
    await berger.sees("Antippen schickt die Bescheinigung")
    await berger.presses("📤 Allen schicken: 2")
    await berger.toasted("Unterwegs: 1")
    await printed(stage, room.parents["Linde"], "Ihre Bescheinigung")
    await stage.quiet()
    assert "📤 Linde 4/4" in berger.keyboard
    assert "📜 Birke 4/4" in berger.keyboard
    await berger.presses("📤 Allen schicken: 1")
    await berger.toasted(NOTHING_SENT)
    await stage.quiet()
    await berger.presses("📜 Birke 4/4")
    await berger.toasted(NOTHING_SENT)
    await stage.quiet()

    await comes_back(stage, birke, how)
    await berger.presses("📤 Allen schicken: 1")
    await berger.toasted("Unterwegs: 1")
    await printed(stage, birke, "Ihre Bescheinigung")
    await stage.quiet()
    assert "📤 Birke 4/4" in berger.keyboard
    for phone in (*room.parents.values(), berger):
        await phone.reads_everything()


async def test_a_course_called_off_after_three_sessions_still_earns_a_paper(stage: Stage) -> None:
    room = await opened(stage, Birke="de")
    berger, birke = room.berger, room.parents["Birke"]
    await makes(room)
    await comes(room, "Birke", "de")
    sessions = await room.sessions()
    for session in sessions[:3]:
        await until(stage, session.starts_at + timedelta(minutes=5))
        await birke.reads_everything()
    await stage.machine.archive.write(
        lambda store: [
            store.attendances.mark(one.id, parent.id, True, stage.clock.now(), one.caseworker_id)
            for session in sessions[:3]
            for one in store.appointments.of_session(session.id)
            for parent in store.people.of_family(one.family_id)
        ]
    )
    await stage.forward(hours=3)
    await berger.reads_everything()
    await berger.types("/courses")
    await berger.sees("Ihre Elternkurse")
    await berger.presses("Die eigene Wohnung")
    await berger.sees("Treffen:")
    await berger.presses("❌ Kurs absagen")
    await berger.sees("Den ganzen Kurs wirklich absagen?")
    await berger.presses("❌ Ja, Kurs absagen")
    await berger.sees("Dieser Kurs ist abgesagt")
    await birke.reads_everything()

    await berger.presses("📜 Bescheinigungen")
    await berger.sees("Antippen schickt die Bescheinigung")
    assert "📜 Birke 3/3" in berger.keyboard
    await berger.presses("📤 Allen schicken: 1")
    await berger.toasted("Unterwegs: 1")
    await printed(stage, birke, "Ihre Bescheinigung")
    for phone in (birke, berger):
        await phone.reads_everything()
