"""An invitation opens once, for three days, for whom it is meant; every other try is told the same."""

import asyncio

from storage.records import Role
from tests.phones import plain
from tests.stage import Stage

CLOSED, WAITING = "Dieser Link oder Code gilt nicht.", "Wir prüfen noch kurz"
CARD = "Mit der Einladung für {} ist jemand gekommen"


async def test_wrong_used_and_expired_codes_are_answered_alike(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    used, expired = [await stage.invitation(Role.PARENT, name, family) for name in ("Amina", "Selim")]
    amina = stage.stranger("A.", "de")
    await stage.enters(amina, used)
    await stage.lets_in(amina)
    await stage.forward(hours=72, seconds=1)
    nosy = stage.stranger("N.", "de")

    answers = []
    for code in (used, expired, "aB3-never-made", "<b>&amp;</b>", "two words"):
        await nosy.types(f"/start {code}")
        answers.append(plain((await nosy.sees(CLOSED)).words))
        await nosy.reads_everything()

    assert len(set(answers)) == 1
    assert all(sign in answers[0] for sign in ("112", "110"))
    await berger.sees_nothing()


async def test_just_before_three_days_are_over_it_still_opens(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    code = await stage.invitation(Role.PARENT, "Amina", await stage.family("Ahorn 12", berger))
    await stage.forward(hours=71, minutes=59)
    amina = stage.stranger("A.", "tr")

    await amina.types(f"/start {code}")

    await amina.sees("Teşekkürler")
    await amina.sees("Hangi dilde")
    await berger.sees(CARD.format("Amina"))


async def test_of_a_hundred_who_open_it_at_the_same_time_one_comes_in(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    code = await stage.invitation(Role.PARENT, "Amina", await stage.family("Ahorn 12", berger))
    crowd = [stage.stranger(f"N{n}", "de") for n in range(100)]

    await asyncio.gather(*(phone.types(f"/start {code}") for phone in crowd))
    await stage.quiet()

    waiting = [phone for phone in crowd if WAITING in phone.screen]
    refused = [phone for phone in crowd if CLOSED in phone.screen]
    assert (len(waiting), len(refused)) == (1, 99)
    for phone in crowd:
        await phone.reads_everything()
    await berger.sees(CARD.format("Amina"))


async def test_who_presses_start_twice_is_at_home(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    code = await stage.invitation(Role.PARENT, "Amina", await stage.family("Ahorn 12", berger))
    amina, nosy = stage.stranger("A.", "de"), stage.stranger("N.", "de")
    await amina.types(f"/start {code}")
    await amina.sees(WAITING)
    await amina.sees("Welche Sprache")
    await berger.sees(CARD.format("Amina"))

    await amina.types(f"/start {code}")

    await amina.sees(WAITING)
    await amina.sees_nothing()
    await stage.lets_in(amina)
    await amina.types(f"/start {code}")
    at_home = await amina.sees("Unten finden Sie Ihre Termine")
    assert "Willkommen" not in at_home.words
    await amina.sees_nothing()
    await nosy.types(f"/start {code}")
    await nosy.sees(CLOSED)
    await nosy.sees("Welche Sprache")
    await stage.forward(hours=73)
    await amina.types(f"/start {code}")
    await amina.sees("Unten finden Sie Ihre Termine")


async def test_staff_who_press_start_twice_are_at_home_too(stage: Stage) -> None:
    code = await stage.invitation(Role.CASEWORKER, "Frau Berger")
    berger = stage.stranger("B.", "de")
    await berger.types(f"/start {code}")
    await berger.sees("Willkommen bei Pänz")

    await berger.types(f"/start {code}")

    at_home = await berger.sees("Alles Weitere steht auf den Tasten")
    assert "Willkommen" not in at_home.words
    assert "➕ Neuer Termin" in berger.keyboard


async def test_the_role_is_bound_to_the_link(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    other = await stage.family("Birke 3", berger)
    amina = await stage.parent("Amina", "de", family)
    for_staff = await stage.invitation(Role.ON_CALL, "Frau Koch", step=1)
    for_parent = await stage.invitation(Role.PARENT, "Selim", family)
    for_others = await stage.invitation(Role.PARENT, "Nadia", other)

    await amina.types(f"/start {for_staff}")
    await amina.sees("nur für das Team")
    await amina.types(f"/start {for_others}")
    await amina.sees("Sie gehören schon zu einer Familie")
    await amina.types(f"/start {for_parent}")
    await amina.sees("Der Link ist noch frei für eine andere Person")
    await berger.types(f"/start {for_parent}")
    await berger.sees("Dieser Link ist für Eltern")

    selim = stage.stranger("S.", "de")
    await selim.types(f"/start {for_parent}")
    await selim.sees(WAITING)
    await selim.sees("Welche Sprache")
    await berger.sees(CARD.format("Selim"))
    await berger.presses("✅ Ja, das ist Selim")
    await berger.sees("Jetzt verbunden: Selim")
    await selim.sees("Willkommen")
    await selim.sees("Dürfen wir Ihnen über Telegram schreiben?")
