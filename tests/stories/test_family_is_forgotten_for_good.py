"""A parent wants to be forgotten: the agency's file first, two people agree, and nothing is left but last words."""

import pytest

from storage.records import Role
from tests.diary import books
from tests.phones import Phone
from tests.stage import Stage
from tests.wishes import (
    ASKED,
    FORGET,
    GONE,
    SURE,
    files_and_proposes,
    ids_of,
    left_of,
    opens_rights,
    wishes,
)

BACK = {"tr": "↩️ Silmekten vazgeçtim", "ar": "↩️ تراجعت عن الحذف"}
NOTHING = {"tr": "Hiçbir şey silinmeyecek", "ar": "لن يُحذف شيء"}
CARD = {"tr": "Randevunuz", "ar": "موعدكم"}


async def cast(stage: Stage, language: str) -> tuple[Phone, Phone, Phone]:
    """A caseworker, a lead and a parent of a family with a past."""
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    amina = await stage.parent("Amina", language, await stage.family("Ahorn 12", klein))
    await books(stage, klein)
    await amina.sees(CARD[language])
    await amina.types("😟")
    await amina.sees("😟")
    await amina.types("Mein Satz")
    await amina.sees("📝")
    await klein.reads_everything()
    return klein, weber, amina


async def agrees(phone: Phone) -> None:
    """The second person."""
    await phone.presses("🗑 Zustimmen")
    await phone.sees("Das kann niemand rückgängig machen")
    await phone.presses("🗑 Endgültig löschen")


@pytest.mark.parametrize("language", ["tr", "ar"])
async def test_from_the_wish_to_the_last_words(stage: Stage, language: str) -> None:
    klein, weber, amina = await cast(stage, language)
    ids = await ids_of(stage, amina)
    await wishes(amina, language)
    await klein.sees("möchte, dass alles gelöscht wird")

    await klein.presses("✅ Löschen vorschlagen")
    await klein.toasted("zuerst für die Akte ausgeben")
    await files_and_proposes(stage, klein)
    await weber.sees("möchte, dass alles gelöscht wird")
    await agrees(weber)

    last = await amina.sees(GONE[language])
    await stage.quiet()
    assert [one for one in amina.account.messages.values() if one is not last] == []
    assert amina.keyboard == [label for label in amina.keyboard if label.startswith(("🆘", "🌐"))]
    await weber.sees("Das ist jetzt weg")
    await klein.sees("Das ist jetzt weg")
    for phone in (klein, weber):
        assert "Ahorn 12" not in phone.screen
        assert "document" not in str([one.body for one in phone.account.messages.values()])

    await stage.forward(minutes=1)
    assert await left_of(stage, ids.person, ids.family, "Amina", "Mein Satz", str(amina.account.id)) == []
    assert await stage.machine.archive.read(lambda store: store.sealed.unreadable()) == set()
    keys = stage.machine.archive.vault.keyring.holders()
    assert not {key for key in keys if ids.person in key or ids.family in key}
    await klein.reads_everything()

    await amina.types("/start")
    await amina.sees("🔗")
    await amina.sees("🌐")
    assert await ids_of(stage, amina) != ids


async def test_a_parent_may_think_better_of_it(stage: Stage) -> None:
    klein, weber, amina = await cast(stage, "tr")
    await wishes(amina, "tr")
    await klein.sees("möchte, dass alles gelöscht wird")
    await amina.presses(BACK["tr"])
    await amina.sees(NOTHING["tr"])
    await klein.sees("zurückgenommen")
    await stage.forward(days=31)
    await klein.reads_everything()
    await amina.reads_everything()
    assert "Wunsch auf Löschung" not in weber.screen


async def test_a_legal_hold_blocks_and_says_so(stage: Stage) -> None:
    klein, weber, amina = await cast(stage, "ar")
    await opens_rights(stage, klein)
    await klein.presses("⚖️ Aufbewahrung anordnen")
    await klein.sees("Warum darf nichts gelöscht werden?")
    await klein.types("Familiengericht, laufendes Verfahren")
    await klein.sees("Familiengericht")
    assert not any("aufheben" in label for label in klein.keyboard)

    await wishes(amina, "ar")
    await klein.sees("Aufbewahrung angeordnet")
    await klein.presses("📄 Für die Akte ausgeben")
    await klein.sees("nach 12 Stunden")
    await klein.reads_everything()
    await klein.presses("✅ Löschen vorschlagen")
    await klein.toasted("Aufbewahrung angeordnet")

    await weber.types("/daten")
    await weber.sees("🔐")
    await weber.presses("🗑 Wünsche auf Löschung")
    await weber.sees("Familien mit Aufbewahrung: 1")
    await weber.presses("⚖️ Ahorn 12")
    await weber.sees("Familiengericht")
    await weber.presses("⚖️ Aufbewahrung aufheben")
    await weber.sees("aufgehoben")
    await klein.presses("✅ Löschen vorschlagen")
    await klein.sees("✅ Fachkraft hat vorgeschlagen")
    await weber.sees("möchte, dass alles gelöscht wird")
    await agrees(weber)
    await amina.sees(GONE["ar"])
    await klein.sees("Das ist jetzt weg")
    await weber.sees("Das ist jetzt weg")


async def test_a_refusal_is_told_in_her_language_with_its_reason(stage: Stage) -> None:
    klein, weber, amina = await cast(stage, "ar")
    await wishes(amina, "ar")
    await klein.sees("möchte, dass alles gelöscht wird")
    await files_and_proposes(stage, klein)
    await weber.sees("möchte, dass alles gelöscht wird")
    await weber.presses("❌ Ablehnen")
    await weber.sees("Warum?")
    await weber.presses("Gericht oder Amt braucht es")
    await weber.sees("❌ Abgelehnt")
    await klein.sees("❌ Abgelehnt")
    told = await amina.sees("محكمة أو دائرة رسمية ما زالت تحتاج إليها")
    assert "الشكوى" in told.words


async def test_whoever_proposed_can_not_agree(stage: Stage) -> None:
    both = await stage.staff("Frau Klein", Role.CASEWORKER, Role.LEAD)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", both))
    await wishes(amina, "tr")
    wish = await both.sees("möchte, dass alles gelöscht wird")
    await files_and_proposes(stage, both)
    assert not any("Zustimmen" in label for label in both.keyboard)
    request = await stage.machine.archive.read(lambda store: store.requests.open()[0].id)
    forged = both.hand.forges(wish.message_id, f"forgetting:erase:{request}")
    assert await forged.answer(5.0)
    assert "zweite Person" in forged.text
    await amina.sees_nothing()


async def test_one_of_two_parents_goes_alone(stage: Stage) -> None:
    klein, weber, amina = await cast(stage, "tr")
    family = await stage.machine.archive.read(lambda store: store.families.all()[0])
    omar = await stage.parent("Omar", "de", family)
    ids = await ids_of(stage, amina)
    await wishes(amina, "tr")
    await klein.sees("Gelöscht würden Personen: 1")
    await files_and_proposes(stage, klein)
    await weber.sees("möchte, dass alles gelöscht wird")
    await agrees(weber)
    await amina.sees(GONE["tr"])
    await klein.sees("Das ist jetzt weg")
    await weber.sees("Das ist jetzt weg")
    await stage.forward(minutes=1)
    assert await left_of(stage, ids.person, "Amina", "Mein Satz") == []
    await omar.presses("📅")
    await omar.sees("Ihr Termin")
    await klein.reads_everything()


async def test_nobody_is_forgotten_while_they_cry_for_help(stage: Stage) -> None:
    klein, weber, amina = await cast(stage, "tr")
    await wishes(amina, "tr")
    await klein.sees("möchte, dass alles gelöscht wird")
    await amina.presses("🆘")
    await amina.presses("🚨")
    await amina.reads_everything()
    weber.ignores("Notruf", "🚨", "A-0001")
    await klein.presses("📄 Für die Akte ausgeben")
    await klein.sees("nach 12 Stunden")
    await klein.presses("✅ Löschen vorschlagen")
    await klein.toasted("Notruf läuft noch")
    await klein.reads_everything()
    await weber.reads_everything()


async def test_a_wish_is_not_left_lying(stage: Stage) -> None:
    klein, weber, amina = await cast(stage, "tr")
    await wishes(amina, "tr")
    await klein.reads_everything()
    await stage.forward(days=19)
    await klein.reads_everything()
    await amina.reads_everything()
    await weber.sees_nothing()
    await stage.forward(days=2)
    await klein.sees("wartet seit")
    await weber.sees("wartet seit")
    for days in (10, 1, 1):
        await stage.forward(days=days)
        await weber.sees("Art. 12 DSGVO")
        await weber.reads_everything()
    await klein.sees_nothing()


async def test_a_family_that_left_is_proposed_by_its_caseworker(stage: Stage) -> None:
    klein, weber, amina = await cast(stage, "tr")
    ids = await ids_of(stage, amina)
    await opens_rights(stage, klein)
    await klein.presses("🗑 Löschen vorschlagen")
    await klein.sees("ohne Wunsch der Eltern")
    await files_and_proposes(stage, klein)
    await weber.sees("ohne Wunsch der Eltern")
    await agrees(weber)
    await amina.sees(GONE["tr"])
    await klein.sees("Das ist jetzt weg")
    await weber.sees("Das ist jetzt weg")
    await stage.forward(minutes=1)
    assert await left_of(stage, ids.person, ids.family) == []
    await klein.reads_everything()


async def test_a_guest_is_forgotten_at_once(stage: Stage) -> None:
    chidi = stage.stranger("Chidi", "tr")
    await chidi.types("/start")
    await chidi.reads_everything()
    person = await stage.machine.archive.read(
        lambda store: getattr(store.people.by_telegram(chidi.account.id), "id", "")
    )
    await chidi.types("/daten")
    await chidi.sees("🔐")
    await chidi.presses(FORGET["tr"])
    await chidi.sees("hemen")
    await chidi.presses(SURE["tr"])
    await chidi.sees(GONE["tr"])
    await stage.quiet()
    assert len(chidi.account.messages) == 1
    await stage.forward(minutes=1)
    assert await left_of(stage, person, str(chidi.account.id)) == []


async def test_staff_are_told_to_ask_the_lead(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    await klein.types("/daten")
    menu = await klein.sees("mit der Leitung besprechen")
    forged = klein.hand.forges(menu.message_id, "forgetting:yes")
    assert await forged.answer(5.0)
    assert "Leitung" in forged.text
    assert ASKED["de"] not in klein.screen


async def test_the_last_words_leave_after_the_person_is_gone(stage: Stage) -> None:
    klein, weber, amina = await cast(stage, "tr")
    ids = await ids_of(stage, amina)
    await wishes(amina, "tr")
    await klein.sees("möchte, dass alles gelöscht wird")
    await files_and_proposes(stage, klein)
    await weber.sees("möchte, dass alles gelöscht wird")
    await weber.presses("🗑 Zustimmen")
    await weber.sees("Das kann niemand rückgängig machen")

    stage.world.faults.set("error500", methods=["sendmessage", "deletemessages"])
    await weber.presses("🗑 Endgültig löschen")
    await amina.sees_nothing(0.5)
    assert await left_of(stage, "Amina", "Mein Satz") == []
    assert "😟" in amina.screen
    stage.world.faults.set("none")

    await amina.sees(GONE["tr"], within=12.0)
    await klein.sees("Das ist jetzt weg", within=12.0)
    await weber.sees("Das ist jetzt weg", within=12.0)
    await amina.loses("😟", within=12.0)
    await stage.forward(minutes=1)
    assert await left_of(stage, ids.person, ids.family, str(amina.account.id)) == []
    await klein.reads_everything()
