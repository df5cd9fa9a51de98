"""An invitation that was given out by mistake is void from the moment somebody says so."""

from storage.records import Role
from tests import forgery
from tests.stage import Stage

CLOSED = "Dieser Link oder Code gilt nicht."


async def test_a_caseworker_withdraws_one_of_their_familys_invitations(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    yilmaz = await stage.staff("Herr Yılmaz", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    wrong, right = [await stage.invitation(Role.PARENT, name, family) for name in ("Falsch", "Amina")]
    await berger.presses("👪 Familien")
    await berger.sees("Ihre Familien: 1")
    await berger.presses("Ahorn 12")
    await berger.sees("Noch niemand ist verbunden")

    await berger.presses("✉️ Offene Einladungen: 2")
    listed = await berger.sees("Offene Einladungen: 2")
    void = next(row[0]["callback_data"] for row in listed.inline or [] if "Falsch" in row[0]["text"])
    assert "gehört nicht zu Ihren Familien" in await forgery.answer(forgery.presses(yilmaz, void))
    await berger.presses("✖️ Falsch")
    await berger.toasted("Zurückgezogen")
    await berger.sees("Offene Einladungen: 1")
    assert "nicht mehr offen" in await forgery.answer(forgery.presses(berger, void))

    nosy, amina = stage.stranger("N.", "de"), stage.stranger("A.", "de")
    await nosy.types(f"/start {wrong}")
    await nosy.sees(CLOSED)
    await nosy.sees("Welche Sprache")
    await amina.types(f"/start {right}")
    await amina.sees("Wir prüfen noch kurz")
    await amina.sees("Welche Sprache")
    await berger.sees("Mit der Einladung für Amina")
    await berger.reads_everything()


async def test_a_lead_withdraws_one_of_the_teams(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    code = await stage.invitation(Role.ON_CALL, "Frau Koch", step=1)
    await haas.types("/start")
    at_home = await haas.sees("Alles Weitere")

    listing = forgery.presses(haas, "intake:team", at_home.message_id)
    await forgery.answer(listing)
    await haas.sees("Offene Einladungen ins Team: 1")
    assert await forgery.answer(forgery.presses(berger, "intake:team"))
    await haas.presses("✖️ Frau Koch")
    await haas.toasted("Zurückgezogen")
    await haas.sees("Keine Einladung ins Team ist offen")

    koch = stage.stranger("K.", "de")
    await koch.types(f"/start {code}")
    await koch.sees(CLOSED)
    await koch.sees("Welche Sprache")
