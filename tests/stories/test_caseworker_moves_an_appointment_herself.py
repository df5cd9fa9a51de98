"""A caseworker moves an appointment herself, and nothing of the old time is left: no button, no reminder."""

from datetime import date, timedelta

from locales.translator import voice
from storage.records import AppointmentKind, Role
from storage.store import Store
from tests import forgery
from tests.diary import BERLIN, books, on, until
from tests.othertimes import (
    another_parent,
    asks,
    invited,
    open_moves,
    pair,
    slots_of,
    slots_on,
    time_of,
    wishes,
)
from tests.phones import Phone, plain
from tests.stage import Stage


async def picks_a_quarter(klein: Phone, day: str, hour: str, quarter: str) -> None:
    await klein.presses("🔁 Verschieben")
    await klein.sees("Auf welche Zeit verschieben?")
    await klein.presses("🗓 Anderer Tag")
    await klein.sees("Auf welchen Tag?")
    await klein.presses(day)
    await klein.sees("Um wie viel Uhr?")
    await klein.presses(hour)
    await klein.sees("Um wie viel Uhr genau?")
    await klein.presses(quarter)


async def test_by_a_free_slot_with_one_question_before(stage: Stage) -> None:
    klein, amina = await pair(stage)
    chidi = await another_parent(stage, amina)
    await invited(stage, klein, amina, chidi)

    await klein.presses("🔁 Verschieben")
    await klein.sees("Auf welche Zeit verschieben?")
    found = slots_on(klein)
    assert len(found) == 3
    await klein.presses(found[0])
    await klein.sees("Wirklich verschieben?")
    await amina.sees_nothing(0.05)
    await klein.presses("✅ Ja, verschieben")

    sheet = await klein.sees("Antworten:")
    assert time_of(found[0]) in plain(sheet.words)
    for phone in (amina, chidi):
        for _ in range(2):
            await phone.sees(time_of(found[0]))


async def test_the_reminder_of_the_old_time_never_comes(stage: Stage) -> None:
    klein, amina = await pair(stage)
    visit = await invited(stage, klein, amina, days=7)
    klein.ignores("📞", "Anruf")
    today = stage.clock.now().astimezone(BERLIN).date()

    await picks_a_quarter(klein, klein_day(today + timedelta(days=9)), "15 Uhr", "15:15")
    await klein.sees("Wirklich verschieben?")
    await klein.presses("✅ Ja, verschieben")
    await klein.sees("15:15")
    await amina.sees("15:15")
    await amina.sees("15:15")
    await amina.presses("✅ Ja")
    await amina.sees("Sie haben zugesagt")
    await amina.sees("Sie haben zugesagt")
    await klein.reads_everything()

    await until(stage, visit.at + timedelta(hours=1))
    amina.ignores("Guten")
    assert not [m for m in amina.account.messages.values() if "🔔" in m.words]

    new = on(today + timedelta(days=9), "15:15")
    await until(stage, new - timedelta(hours=1))
    bells = [plain(m.words) for m in amina.account.messages.values() if "🔔" in m.words]
    assert len(bells) == 2
    assert all("15:15" in words for words in bells)
    assert all(visit.date not in words for words in bells)
    await amina.reads_everything()
    await klein.reads_everything()


def klein_day(day: date) -> str:
    """A day as it stands on a German button."""
    return voice("de").day_short(day)


async def test_her_other_appointments_and_wished_slots_are_never_offered(stage: Stage) -> None:
    klein, amina = await pair(stage)
    chidi = await stage.parent("Chidi", "de", await stage.family("Birke 3", klein))
    await invited(stage, klein, amina)
    wished = await wishes(klein, amina)
    await klein.reads_everything()
    await amina.reads_everything()
    await books(stage, klein, "Birke 3", days=7, clock="12:30")
    await chidi.sees("12:30")

    found = await asks(chidi)

    assert wished not in found
    assert len(found) == 3
    await chidi.reads_everything()
    await klein.presses("🔁 Verschieben")
    free = slots_of(await klein.sees("Auf welche Zeit verschieben?"))
    assert len(free) == 3
    assert wished not in free


async def test_a_move_settles_every_wish_about_it_and_old_buttons_do_nothing(stage: Stage) -> None:
    klein, amina = await pair(stage)
    await invited(stage, klein, amina)
    await amina.presses("🔁 Anderer Termin")
    picker = await amina.sees("Wann passt es besser?")
    assert picker.inline
    slot = picker.inline[0][0]["callback_data"]
    await amina.presses("↩️ Zurück")
    await amina.sees("Kommen Sie?")
    await wishes(klein, amina)
    wish = next(m for m in klein.account.messages.values() if "Andere Zeit gewünscht" in m.words)
    assert wish.inline
    carried = [row[0]["callback_data"] for row in wish.inline]
    await klein.presses("🔁 Verschieben")
    free = slots_of(await klein.sees("Auf welche Zeit verschieben?"))
    await klein.presses(free[0])
    await klein.sees("Wirklich verschieben?")
    await klein.presses("✅ Ja, verschieben")
    await klein.sees("Antworten:")
    assert await klein.sees("✅ Neuer Termin:") is wish
    await amina.sees("Ihr Termin ist neu")
    await amina.sees("Ihr Termin ist neu")
    assert await open_moves(stage) == []

    for old in carried:
        await forgery.answer(forgery.presses(klein, old, wish.message_id))
    assert "Hier hat sich etwas geändert" in await forgery.answer(forgery.presses(amina, slot))
    await stage.quiet()

    assert await open_moves(stage) == []
    await klein.reads_everything()
    await amina.reads_everything()
    state = await stage.machine.archive.read(_revisions)
    assert state == [2]


def _revisions(store: Store) -> list[int]:
    rows = store.connection.exec_driver_sql("SELECT revision FROM appointments").all()
    return [row[0] for row in rows]


async def test_a_cancelled_appointment_takes_the_wish_with_it(stage: Stage) -> None:
    klein, amina = await pair(stage)
    visit = await invited(stage, klein, amina)
    await wishes(klein, amina)
    await klein.presses("❌ Termin absagen")
    await klein.sees("wirklich absagen?")
    await klein.presses("❌ Ja, absagen")
    await klein.sees("❌ Dieser Termin ist abgesagt")
    await klein.sees("❌ Der Termin ist abgesagt")
    await amina.sees("fällt aus")
    await amina.sees("❌ Abgesagt: ")
    assert await open_moves(stage) == []

    await until(stage, visit.at + timedelta(hours=1))

    await klein.sees_nothing()
    await amina.sees_nothing()


async def test_an_appointment_of_a_group_is_moved_by_no_single_family(stage: Stage) -> None:
    klein, amina = await pair(stage)
    now = stage.clock.now()

    def plans(store: Store) -> str:
        caseworker, parent = (store.people.by_telegram(phone.account.id) for phone in (klein, amina))
        assert caseworker
        assert parent
        family = store.families.of_person(parent.id)
        assert family
        at, kind = now + timedelta(days=3), AppointmentKind.PARENT_TRAINING_SESSION
        session = store.training.add(store.agency.offers()[0].id, caseworker.id, at, "Raum 1")
        return store.appointments.add(family.id, caseworker.id, kind, at, "Raum 1", session.id).id

    id = await stage.machine.archive.write(plans)

    asked = forgery.presses(amina, f"moving:ask:{id}:1")
    assert "Dieser Termin ist für eine Gruppe" in await forgery.answer(asked)
    shifted = forgery.presses(klein, f"moving:shift:{id}:1")
    assert "gehört zu einem Training" in await forgery.answer(shifted)
    await amina.reads_everything()
    await klein.reads_everything()


async def test_nobody_else_decides_or_asks(stage: Stage) -> None:
    klein, amina = await pair(stage)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    chidi = await stage.parent("Chidi", "tr", await stage.family("Birke 3", gross))
    await invited(stage, klein, amina)
    await wishes(klein, amina)
    (move,) = await open_moves(stage)
    seen = int(move.slot_at.timestamp()) // 60 if move.slot_at else 0
    for verb in (
        f"accept:{move.id}:{seen}",
        f"stay:{move.id}:0",
        f"offer:{move.id}:0:{seen}",
        f"open:{move.id}",
    ):
        assert "nicht zu Ihren" in await forgery.answer(forgery.presses(gross, f"moving:{verb}"))
        await forgery.answer(forgery.presses(chidi, f"moving:{verb}"))
    for verb in (f"keep:{move.id}", f"agree:{move.id}:{seen}", f"slot:{move.appointment_id}:1:{seen}"):
        await forgery.answer(forgery.presses(chidi, f"moving:{verb}"))
        await forgery.answer(forgery.presses(klein, f"moving:{verb}"))
    await stage.quiet()
    assert await open_moves(stage) == [move]
    for phone in (klein, gross, chidi, amina):
        await phone.reads_everything()
