"""A parent asks for another time: three taps, one answer, and what was agreed holds for everybody."""

from datetime import timedelta

import pytest

from storage.records import Role
from tests import forgery
from tests.diary import until
from tests.othertimes import WORDS, another_parent, asks, invited, pair, slots_on, time_of, wishes
from tests.phones import plain
from tests.stage import Stage

TONGUES = pytest.mark.parametrize("tongue", list(WORDS))


@TONGUES
async def test_three_taps_and_the_caseworker_says_yes(stage: Stage, tongue: str) -> None:
    said = WORDS[tongue]
    klein, amina = await pair(stage, tongue)
    visit = await invited(stage, klein, amina)

    found = await asks(amina, tongue)
    assert len(found) == 3
    await amina.presses(found[2])
    card = await amina.sees(said["holds"])
    assert time_of(found[2]) in plain(card.words)
    wish = await klein.sees("Andere Zeit gewünscht von: Amina")
    assert time_of(found[2]) in plain(wish.words)
    assert visit.date in plain(wish.words)
    await klein.sees("🔁 Anderer Termin: Amina")

    await klein.presses("✅ Annehmen")

    assert await klein.sees("✅ Neuer Termin:") is wish
    await klein.sees("✅ Ja: Amina")
    fresh = await amina.sees(time_of(found[2]))
    assert said["yes"] in fresh.words
    await amina.sees(time_of(found[2]))  # the card she pressed
    assert not slots_on(klein)


@TONGUES
async def test_by_part_of_the_day_she_picks_a_quarter_of_it(stage: Stage, tongue: str) -> None:
    said = WORDS[tongue]
    klein, amina = await pair(stage, tongue)
    visit = await invited(stage, klein, amina)
    await asks(amina, tongue)
    await amina.presses(said["other"])
    await amina.sees(said["which_day"])
    days = amina.keyboard[:10]
    await amina.presses(days[2])
    await amina.sees(said["which_part"])
    await amina.presses("☀️")
    await amina.sees(said["holds"])
    wish = await klein.sees("Andere Zeit gewünscht von: Amina")
    assert "Nachmittag" in wish.words
    await klein.sees("🔁 Anderer Termin: Amina")
    quarters = slots_on(klein)
    assert quarters[0] == "12:00"
    assert quarters[-1] == "16:45"

    await klein.presses("14:15")

    await klein.sees("✅ Neuer Termin:")
    await klein.sees("Noch offen: Amina")
    fresh = await amina.sees("14:15")
    assert said["come"] in fresh.words
    assert visit.date in plain(fresh.words)  # the old time is said too
    await amina.sees("14:15")


@TONGUES
async def test_she_offers_another_time_and_it_suits(stage: Stage, tongue: str) -> None:
    said = WORDS[tongue]
    klein, amina = await pair(stage, tongue)
    await invited(stage, klein, amina)
    await wishes(klein, amina, tongue)

    await klein.presses("🔁 Gegenvorschlag")
    await klein.sees("Welche Zeit schlagen Sie vor?")
    found = slots_on(klein)
    await klein.presses(found[0])
    await klein.sees("Es fehlt noch die Antwort von: Amina")
    await amina.sees(said["offer"])  # the card
    offer = await amina.sees(said["offer"])
    assert time_of(found[0]) in plain(offer.words)

    await amina.presses(said["agree"])

    await amina.sees(said["yes"])
    await amina.sees(said["yes"])
    await klein.sees("✅ Ihr Vorschlag passt: Amina")
    await klein.sees("✅ Neuer Termin:")
    await klein.sees("✅ Ja: Amina")


@TONGUES
async def test_her_offer_does_not_suit_and_she_decides_again(stage: Stage, tongue: str) -> None:
    said = WORDS[tongue]
    klein, amina = await pair(stage, tongue)
    await invited(stage, klein, amina)
    wished = await wishes(klein, amina, tongue)
    await klein.presses("🔁 Gegenvorschlag")
    await klein.sees("Welche Zeit schlagen Sie vor?")
    await klein.presses("🗓 Anderer Tag")
    await klein.sees("Auf welchen Tag?")
    await klein.presses(klein.keyboard[4])
    await klein.sees("Um wie viel Uhr?")
    await klein.presses("15 Uhr")
    await klein.sees("Um wie viel Uhr genau?")
    await klein.presses("15:45")
    await klein.sees("Es fehlt noch die Antwort von: Amina")
    await amina.sees("15:45")
    await amina.sees("15:45")

    await amina.presses(said["refuse"])

    await amina.sees(said["holds"])
    await amina.sees(said["holds"])
    again = await klein.sees("Ihr Vorschlag passt nicht")
    assert time_of(wished) in plain(again.words)
    await klein.sees("Andere Zeit gewünscht von: Amina")  # the older message says the same
    await klein.presses("✅ Annehmen")
    await klein.sees("✅ Neuer Termin:")
    await klein.sees("✅ Neuer Termin:")
    await klein.sees("✅ Ja: Amina")
    for _ in range(3):
        await amina.sees(time_of(wished))


@TONGUES
async def test_it_stays_at_the_old_time(stage: Stage, tongue: str) -> None:
    said = WORDS[tongue]
    klein, amina = await pair(stage, tongue)
    visit = await invited(stage, klein, amina)
    await wishes(klein, amina, tongue)

    await klein.presses("❌ Es bleibt beim alten")

    await klein.sees("Es bleibt beim alten Termin")
    await klein.sees("Noch offen: Amina")
    kept = await amina.sees(said["kept"])
    assert said["come"] in kept.words
    assert visit.date in plain(kept.words)
    await amina.sees(said["come"])
    await until(stage, visit.eve("17:05"))
    await klein.reads_everything()
    assert visit.date in plain((await amina.sees("🔔")).words)  # she is reminded of the old time again
    await amina.reads_everything()


@TONGUES
async def test_she_calls_and_they_have_talked(stage: Stage, tongue: str) -> None:
    said = WORDS[tongue]
    klein, amina = await pair(stage, tongue)
    await invited(stage, klein, amina)
    await wishes(klein, amina, tongue)

    await klein.presses("📞 Ich rufe an")

    await klein.sees("Auf Ihrer Anrufliste: Amina")
    await amina.sees(said["call"])
    await klein.presses("📞 Besprochen")
    await klein.sees("📞 Besprochen. Es bleibt bei:")
    await klein.sees("Noch offen: Amina")
    await amina.sees(said["come"])
    await amina.sees(said["come"])


@TONGUES
async def test_she_would_rather_have_the_old_time(stage: Stage, tongue: str) -> None:
    said = WORDS[tongue]
    klein, amina = await pair(stage, tongue)
    await invited(stage, klein, amina)
    await wishes(klein, amina, tongue)

    await amina.presses(said["keep"])

    await amina.sees(said["come"])
    await klein.sees("Der Wunsch gilt nicht mehr")
    await klein.sees("Noch offen: Amina")


async def test_two_parents_the_other_one_is_asked_anew(stage: Stage) -> None:
    klein, amina = await pair(stage)
    chidi = await another_parent(stage, amina)
    await invited(stage, klein, amina, chidi)
    await chidi.presses("✅ Evet")
    await chidi.sees("Kabul ettiniz")
    await klein.sees("Zusage von: Chidi")
    await klein.sees("✅ Ja: Chidi")
    wished = await wishes(klein, amina)

    await klein.presses("✅ Annehmen")

    await klein.sees("✅ Neuer Termin:")
    sheet = await klein.sees("✅ Ja: Amina")
    assert "Noch offen: Chidi" in sheet.words
    assert "zugesagt" in (await amina.sees(time_of(wished))).words
    await amina.sees(time_of(wished))
    assert "Gelecek misiniz?" in (await chidi.sees(time_of(wished))).words
    await chidi.sees(time_of(wished))


async def test_whoever_stands_in_decides(stage: Stage) -> None:
    klein, amina = await pair(stage)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)

    def stands_in(store) -> None:  # type: ignore[no-untyped-def]
        away, here = (store.people.by_telegram(phone.account.id).id for phone in (klein, gross))
        now = stage.clock.now()
        store.deputies.add(away, here, now, now + timedelta(days=3), away)

    await stage.machine.archive.write(stands_in)
    await invited(stage, klein, amina)
    wished = await wishes(klein, amina)
    wish = await gross.sees("Andere Zeit gewünscht von: Amina")
    assert wish.inline
    accepts = wish.inline[0][0]["callback_data"]

    await gross.presses("✅ Annehmen")

    await gross.sees("✅ Neuer Termin:")
    assert await klein.sees("✅ Neuer Termin:")
    await klein.sees("✅ Ja: Amina")
    await amina.sees(time_of(wished))
    await amina.sees(time_of(wished))
    late = forgery.presses(klein, accepts)
    assert "Hier hat sich etwas geändert" in await forgery.answer(late)
