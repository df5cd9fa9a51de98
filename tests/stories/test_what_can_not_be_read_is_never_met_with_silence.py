"""An update that breaks the bot is put aside: its sender is told, the lead learns of it, and life goes on."""

from storage.records import Role
from tests import forgery
from tests.stage import Stage


async def test_the_sender_hears_that_it_failed_and_the_lead_sees_it(stage: Stage) -> None:
    stage.expects_error("failed, try")
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))

    forgery.writes(amina, "17")

    assert "112" in (await amina.sees("Bu şu anda olmadı")).words
    await haas.sees("Eine Nachricht war nicht lesbar")
    await haas.presses("🛠 Aufsicht")
    await haas.sees("Nicht lesbar, zur Seite gelegt: 1")
    await amina.types("💬 Nasılsınız?")
    await amina.sees("Bugün nasılsınız?")
    await berger.sees_nothing()


async def test_even_a_stranger_is_told(stage: Stage) -> None:
    stage.expects_error("failed, try")
    stranger = stage.stranger("Guest", "de")
    stranger.account.started = True
    await stage.quiet()

    forgery.writes(stranger, "{}")

    await stranger.sees("Das hat gerade nicht geklappt")
    await stranger.types("🆘")
    await stranger.sees("112")
