"""From the first invitation to the first parent, everybody comes in through a link somebody pressed for them."""

import io
import re

import pytest
import segno

from storage.records import Role
from tests.phones import Phone, plain
from tests.stage import Stage


def link_on(phone: Phone) -> str:
    """The address in the newest caption; the picture above it has to say the same."""
    message = phone.last
    found = re.search(r"https://t\.me/PaenzPorzBot\?start=[\w-]+", plain(message.words))
    assert found, phone.screen
    picture = phone.world.media.get(message.body["photo"][-1]["file_id"])
    drawn = io.BytesIO()
    segno.make(found[0], error="m").save(drawn, kind="png", scale=8, border=3)
    assert picture is not None
    assert picture.content == drawn.getvalue()
    return found[0]


async def opens(phone: Phone, link: str) -> None:
    """What Telegram does with such a link: it offers the start button, which sends the code."""
    await phone.types(f"/start {link.partition('=')[2]}")


async def test_the_house_fills_by_links(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger, amina = stage.stranger("B.", "de"), stage.stranger("A.", "ar")

    await haas.presses("👥 Team")
    await haas.sees("Ihr Team: 1")
    await haas.presses("➕ Fachkraft")
    await haas.sees("Wie heißt die Person im Team?")
    await haas.types("Frau Berger")
    await haas.sees("Einladung für: Frau Berger")
    await opens(berger, link_on(haas))
    await berger.sees("Willkommen bei Pänz")
    await haas.sees("Jetzt im Team: Frau Berger")

    await berger.presses("👪 Familien")
    await berger.sees("noch keine Familie")
    await berger.presses("➕ Neue Familie")
    await berger.sees("Wie soll die Familie hier heißen?")
    await berger.types("Ahorn 12")
    await berger.sees("Noch niemand ist verbunden")
    await berger.presses("➕ Elternteil einladen")
    await berger.sees("Wie soll die Person für das Team heißen?")
    await berger.types("Amina")
    await berger.sees("Einladung für: Amina")
    await opens(amina, link_on(berger))

    await amina.sees("شكرًا")
    await amina.sees("🌐")
    await amina.presses("العربية")
    await amina.sees("🌐")
    await amina.sees("🆘")
    await berger.sees("Mit der Einladung für Amina ist jemand gekommen")
    await berger.presses("✅ Ja, das ist Amina")
    await berger.toasted("Gespeichert")
    await berger.sees("Jetzt verbunden: Amina")
    await amina.sees("مرحبًا بكم")
    for purpose in ("Telegram", "حالكم"):
        await amina.sees(purpose)
        await amina.presses("▶️ التالي")
        await amina.sees("هل توافقون؟")
        await amina.presses("✅ نعم، أوافق")
        await amina.sees("✅")
    await berger.presses("👪 Familie öffnen")
    assert "العربية" in plain((await berger.sees("👤 Personen:")).words)


async def test_on_call_staff_are_invited_to_a_step(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    koch = stage.stranger("K.", "de")
    await haas.presses("👥 Team")
    await haas.sees("Ihr Team: 1")
    await haas.presses("➕ Rufbereitschaft")
    await haas.sees("Welche Stufe")
    await haas.presses("Stufe 2")
    await haas.sees("Wie heißt die Person im Team?")
    await haas.types("Frau Koch")
    await haas.sees("Einladung für: Frau Koch")

    await opens(koch, link_on(haas))

    await koch.sees("Willkommen bei Pänz")
    await haas.sees("Jetzt im Team: Frau Koch")
    await koch.presses("☎️ Rufbereitschaft")
    await koch.sees("Stufe 2: Frau Koch")


@pytest.mark.parametrize("role", [Role.LEAD, Role.CASEWORKER, Role.ON_CALL])
async def test_staff_whose_app_does_not_speak_german_are_asked_once(stage: Stage, role: Role) -> None:
    grace = stage.stranger("G.", "en")
    first, second = [await stage.invitation(one, "Grace") for one in (role, Role.CASEWORKER)]
    await opens(grace, "=" + first)

    await grace.sees("Willkommen bei Pänz")
    asked = await grace.sees("In welcher Sprache möchten Sie arbeiten?")
    assert [button["text"] for row in asked.inline or [] for button in row] == ["English", "Deutsch"]
    await opens(grace, "=" + second)
    await grace.sees("Willkommen bei Pänz")
    await grace.sees_nothing()

    await grace.presses("English")
    await grace.sees("Which language would you like to work in?")
    await grace.sees("Welcome to Pänz")
    assert "⚙️ More" in grace.keyboard
