"""What was moved or cancelled: old cards and reminders in the chat change, old buttons die, one message rings."""

from datetime import timedelta

import pytest

from storage.records import ReminderState, Role
from storage.store import Store
from tests.agreed import agreed, moved
from tests.diary import in_days, until
from tests.phones import Phone, plain
from tests.stage import Stage

TONGUES = {
    "de": ("Ihr Termin", "🔁 Ihr Termin ist neu", "❌ Alt", "🔔 Morgen ist Ihr Termin"),
    "tr": ("Randevunuz", "🔁 Randevunuzun zamanı değişti", "❌ Eski", "🔔 Randevunuz yarın"),
    "ar": ("موعدكم", "🔁 تغيّر موعدكم", "❌ القديم", "🔔 موعدكم غدًا"),
}


def texts(phone: Phone) -> list[str]:
    return [plain(one.words) for one in phone.account.messages.values() if one.from_bot]


@pytest.mark.parametrize("language", TONGUES)
async def test_every_old_message_tells_the_new_time_and_only_one_rings(stage: Stage, language: str) -> None:
    card, new, old, reminded = TONGUES[language]
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", language, family)
    booked = in_days(stage, 5)
    made = await agreed(stage, family, booked.at)
    for _ in range(4):  # more cards than ever follow an answer
        await amina.presses("📅")
        await stage.quiet()
    await until(stage, booked.eve("17:05"))
    assert any(reminded in text for text in texts(amina))
    await amina.presses("✅")
    await amina.reads_everything()
    await berger.reads_everything()

    later = booked.at + timedelta(days=2)
    assert await moved(stage, made, later, berger)

    rung = await amina.sees(new)
    assert rung.words.count(f"{booked.date}") == 1
    about = [text for text in texts(amina) if card in text or new in text]
    assert len(about) >= 6
    assert all(new in text and old in text for text in about)
    assert sum(one.silent is False and new in one.words for one in amina.account.messages.values()) >= 1
    assert not any(reminded in text for text in texts(amina))
    await amina.reads_everything()
    sheet = await berger.sees("🔁 Verschoben von: ")
    assert "Noch offen: Amina" in plain(sheet.words)

    query = amina.hand.forges(rung.message_id, f"appointments:yes:{made.id}:1")
    assert await query.answer(5)
    assert query.show_alert
    answers = await stage.machine.archive.read(lambda store: store.appointments.answers(made.id))
    assert answers == {}

    await amina.presses("✅")
    await amina.reads_everything()
    await berger.reads_everything()
    await until(stage, booked.at + timedelta(minutes=1))
    await amina.sees_nothing(0.05)  # nothing about the old time
    await until(stage, (booked.at + timedelta(days=1)).replace(hour=17, minute=5))
    await amina.sees(reminded)
    await until(stage, later - timedelta(minutes=30))
    await amina.reads_everything()
    await berger.reads_everything()


async def test_whoever_was_first_moves_it_and_the_other_is_told_so(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    booked = in_days(stage, 5)
    made = await agreed(stage, family, booked.at)

    def cancel(store: Store) -> bool:
        return store.appointments.cancel(made.id, 1)

    assert await stage.machine.archive.write(cancel)
    assert not await moved(stage, made, booked.at + timedelta(days=1), berger)
    await amina.reads_everything()
    await berger.reads_everything()


async def test_a_cancelled_appointment_owes_nobody_a_call(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "tr", family)
    made = await agreed(stage, family, in_days(stage, 5).at)
    await amina.reads_everything()
    await amina.presses("❓")
    await amina.sees("Size açıklayacağız")
    await berger.sees("❓ Nicht verstanden von: Amina")
    await berger.sees("❓ Amina: nicht verstanden")
    await berger.presses("📞 Anrufen")
    await berger.toasted("Anrufliste")

    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")
    await berger.sees("Dieser Termin ist abgesagt")
    await amina.sees("Randevu iptal edildi")
    await amina.sees("İptal edildi")

    def left(store: Store) -> tuple[list[str], set[ReminderState]]:
        person = store.people.by_telegram(amina.account.id)
        assert person is not None
        calls = [call.why for call in store.calls.open_about(made.id, person.id)]
        return [*map(str, calls)], {one.state for one in store.reminders.of(made.id)}

    assert await stage.machine.archive.read(left) == ([], {ReminderState.DROPPED})


@pytest.mark.parametrize(
    ("language", "all_off", "one_off"),
    [
        ("de", "❌ Diese Termine fallen aus: Beratung", "Abgesagt"),
        ("tr", "❌ Bu randevular iptal edildi: Danışma", "İptal edildi"),
        ("ar", "❌ تم إلغاء هذه المواعيد", "تم الإلغاء"),
    ],
)
async def test_the_rest_of_a_series_is_cancelled_in_one_message(
    stage: Stage, language: str, all_off: str, one_off: str
) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", language, family)
    days = [in_days(stage, 3 + 7 * week) for week in range(4)]
    for day in days:
        await agreed(stage, family, day.at, series_id="weekly")
    await amina.reads_everything()
    await berger.reads_everything()

    await berger.presses("📅 Termine")
    await berger.sees("Ihre nächsten Termine")
    label = next(label for label in berger.keyboard if f"{days[1].day:%d.%m.}" in label)
    await berger.presses(label)
    await berger.sees("🗂 Teil einer Serie")
    await berger.presses("🗂 Serie absagen")
    await berger.sees("Mit diesem und allen danach sind es: 3")
    await berger.presses("❌ Diesen und alle danach (3)")
    await berger.toasted("Abgesagt")
    await stage.quiet()

    news = await amina.sees(all_off)
    assert news is amina.last
    assert ": 3" in plain(news.words)
    assert days[1].date in news.words
    assert days[3].date in news.words
    for _ in range(3):
        await amina.sees(one_off)
    await amina.sees_nothing()
    left = await stage.machine.archive.read(
        lambda store: [one.starts_at for one in store.appointments.ahead(family.id, stage.clock.now())]
    )
    assert left == [days[0].at]
    await berger.reads_everything()
