"""For a phone without a camera the caseworker reads a code aloud, and the parent types it as they heard it."""

import re

import pytest

from storage.records import Role
from tests.phones import Phone, plain
from tests.stage import Stage

WAITING = "Wir prüfen noch kurz"
MESSY = {
    "as it is shown": lambda code: code,
    "small, in one piece": lambda code: code.replace(" - ", "").lower(),
    "in pairs": lambda code: " ".join(re.findall("..", code.replace(" - ", ""))),
    "with odd dashes and line ends": lambda code: code.replace(" - ", "\u2013\n") + ".",
    "letters for digits": lambda code: code.replace("0", "O").replace("1", "l"),
    "in Arabic digits": lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "behind a mark of direction": lambda code: "\u200f" + code,
}


async def invites(stage: Stage, berger: Phone, name: str = "Amina") -> str:
    """Presses through to an invitation and returns the code that is read aloud."""
    await berger.presses("👪 Familien")
    await berger.sees("Ihre Familien")
    await berger.presses("Ahorn 12")
    await berger.sees("👤")
    await berger.presses("➕ Elternteil einladen")
    await berger.sees("Wie soll die Person für das Team heißen?")
    await berger.types(name)
    shown = plain((await berger.sees(f"Einladung für: {name}")).words)
    assert "@PaenzPorzBot" in shown
    found = re.search(r"^[0-9A-HJKMNP-TV-Z]{5} - [0-9A-HJKMNP-TV-Z]{5}$", shown, re.MULTILINE)
    assert found, shown
    return found[0]


@pytest.mark.parametrize("how", MESSY)
async def test_a_typed_code_opens_however_it_is_written(stage: Stage, how: str) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    code = await invites(stage, berger)
    amina = stage.stranger("A.", "de")
    await amina.types("/start")
    await amina.sees("Haben Sie einen Code?")
    await amina.sees("Welche Sprache")

    await amina.types(MESSY[how](code))

    await amina.sees(WAITING)
    await amina.sees("Welche Sprache")
    await berger.sees("Mit der Einladung für Amina ist jemand gekommen")


async def test_the_code_goes_behind_start_too_and_then_the_link_is_used_up(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    code = await invites(stage, berger)
    link = plain(berger.last.words).partition("?start=")[2].split()[0]
    amina, nosy = stage.stranger("A.", "de"), stage.stranger("N.", "de")

    await amina.types(f"/start {code}")
    await amina.sees(WAITING)
    await amina.sees("Welche Sprache")
    await berger.sees("Mit der Einladung für Amina ist jemand gekommen")

    for used in (f"/start {link}", code):
        await nosy.types(used)
        await nosy.sees("gilt nicht")
        await nosy.sees("Welche Sprache")


async def test_whoever_is_in_already_says_it_to_nobody(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    code = await invites(stage, berger, "Selim")

    await amina.types(code)

    await amina.sees("Das habe ich nicht verstanden")
    selim = stage.stranger("S.", "de")
    await selim.types(code)
    await selim.sees(WAITING)
    await selim.sees("Welche Sprache")
    await berger.sees("Mit der Einladung für Selim ist jemand gekommen")
