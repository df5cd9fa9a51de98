"""Where somebody may look at the phone, the caseworker says so before inviting: no message ever tells who we are."""

import re

import pytest

from storage.records import Role
from storage.store import Store
from tests.phones import Phone, plain
from tests.stage import Stage
from tests.stories.test_invitation_may_be_told_over_the_phone import invites

TELLING = {
    "de": "pänz|porz|famil|eltern|mutter|vater|kind|jugend|amt|termin|fachkraft|team|beratung|betreu",
    "tr": "pänz|porz|aile|anne|baba|çocuk|gençlik|daire|randevu|uzman|ekip|danış",
    "ar": "pänz|porz|بنز|عائل|أسر|أهل|والد|طفل|أطفال|شباب|مكتب|موعد|مواعيد|فريق|استشار",
}


def pushed(phone: Phone) -> list[str]:
    """Every text of the bot that a lock screen may show."""
    return [plain(message.words) for message in phone.account.messages.values() if message.from_bot]


async def invites_neutrally(stage: Stage, berger: Phone) -> str:
    await berger.presses("👪 Familien")
    await berger.sees("Ihre Familien")
    await berger.presses("Ahorn 12")
    await berger.sees("👤")
    await berger.presses("➕ Elternteil einladen")
    await berger.sees("Gibt es Gewalt")
    await berger.presses("🔕 Neutral einschalten")
    await berger.toasted("Neutral ist an")
    await stage.quiet()
    assert "✅ 🔕 Neutral ist an" in berger.keyboard
    await berger.reads_everything()
    await berger.types("Amina")
    return plain((await berger.sees("🔕 Neutral: Auf dem Handy")).words)


@pytest.mark.parametrize("language", TELLING)
@pytest.mark.parametrize("way", ["link", "spoken code"])
async def test_nothing_that_comes_unasked_gives_anything_away(stage: Stage, language: str, way: str) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    shown = await invites_neutrally(stage, berger)
    amina = stage.stranger("A.", language)

    if way == "link":
        await amina.types("/start " + shown.partition("?start=")[2].split()[0])
    else:
        await amina.types("/start")
        await stage.quiet()
        await amina.types(shown.partition("schreiben:\n")[2].splitlines()[0])
    await stage.quiet()
    await berger.sees("Mit der Einladung für Amina")
    await berger.presses("✅ Ja, das ist Amina")
    await berger.sees("Jetzt verbunden: Amina")
    await stage.quiet()

    assert len(pushed(amina)) >= 3
    for text in pushed(amina):
        assert not re.search(TELLING[language], text, re.IGNORECASE), text
    await amina.reads_everything()


async def test_a_no_leaves_no_trace_of_it(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    shown = await invites_neutrally(stage, berger)
    nosy = stage.stranger("N.", "de")
    await nosy.types("/start " + shown.partition("?start=")[2].split()[0])
    await berger.sees("Mit der Einladung für Amina")
    await berger.presses("❌ Nein")
    await berger.sees("Das war nicht die richtige Person")
    await stage.quiet()
    assert not re.search(TELLING["de"], "\n".join(pushed(nosy)), re.IGNORECASE)
    await nosy.reads_everything()

    def is_discreet(store: Store) -> bool:
        person = store.people.by_telegram(nosy.account.id)
        return person is not None and person.discreet

    assert not await stage.machine.archive.read(is_discreet)


async def test_the_switch_holds_for_one_invitation_and_can_be_taken_back(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    await invites_neutrally(stage, berger)
    await invites(stage, berger, "Selim")
    assert "🔕" not in plain(berger.last.words)
    await berger.presses("👪 Familien")
    await berger.sees("Ihre Familien")
    await berger.presses("Ahorn 12")
    await berger.sees("👤")
    await berger.presses("➕ Elternteil einladen")
    await berger.sees("Gibt es Gewalt")
    for press in ("🔕 Neutral einschalten", "✅ 🔕 Neutral ist an"):
        await berger.presses(press)
        await stage.quiet()
    await berger.toasted("Neutral ist aus")
    await berger.reads_everything()
    await berger.types("Nadia")
    assert "🔕" not in plain((await berger.sees("Einladung für: Nadia")).words)
