"""An appointment for a family nobody of which is connected yet waits for them."""

from storage.records import Role
from tests.diary import in_days, starts_booking, until
from tests.stage import Stage


async def test_who_joins_later_finds_the_appointment_and_is_reminded(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    visit = in_days(stage, 3)
    await starts_booking(berger, visit, "Ahorn 12", "Arzttermin")
    await berger.presses("Goethestraße")
    await berger.sees("Aus dieser Familie ist noch niemand dabei")
    await berger.presses("✅ Senden")
    await berger.sees("Aus dieser Familie ist noch niemand dabei")

    amina = await stage.parent("Amina", "tr", family)
    await amina.types("📅 Randevular")
    await amina.sees("Doktor randevusu")
    await amina.presses("✅")
    await amina.sees("Kabul ettiniz")

    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")
    await until(stage, visit.eve("17:05"))
    await amina.sees("Randevunuz yarın")


async def test_a_caseworker_without_families_is_told_what_to_do_first(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)

    await berger.presses("➕ Neuer Termin")

    await berger.sees("Sie haben noch keine Familie")


async def test_a_parent_without_appointments_is_told_so(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "ar", await stage.family("Ahorn 12", berger))

    await amina.types("📅 المواعيد")

    await amina.sees("لا توجد مواعيد")
