"""Section 8a SGB VIII: two people go through the points, each marks for themselves, and the bot decides nothing."""

from storage.records import Role
from tests.phones import Phone, plain
from tests.stage import Stage

SEEN = "Blaue Flecken am Arm, gestern um 16 Uhr gesehen."
DANGER = "🚨 Akute Gefahr für ein Kind? Sofort Polizei 110 und Jugendamt!"


async def begins(stage: Stage, berger: Phone, label: str = "Ahorn 12") -> None:
    await berger.presses("👪 Familien")
    await berger.sees("Ihre Familien")
    await berger.presses(label)
    await berger.sees(label)
    await berger.presses("⋯ Mehr")
    await berger.sees(label)
    await berger.presses("🛡 Kinderschutz (§ 8a)")
    assert (await berger.sees("Er entscheidet nichts")).words.startswith(DANGER)
    await berger.presses("🛡 Prüfbogen beginnen")
    card = await berger.sees("Prüfbogen P-0001")
    assert card.words.startswith(DANGER)
    assert card.words.count("noch nicht") == 8
    assert "0800 19 210 00" in plain(card.words)


async def marks(phone: Phone, number: int, label: str) -> None:
    """From the card to a point and back again."""
    await phone.presses(f" {number}")
    assert (await phone.sees(f"{number}. ")).words.startswith(DANGER)
    await phone.presses(label)
    await phone.toasted("Eingetragen")
    await phone.sees("✅ 1. Eintrag" if number not in {2, 8} else "Eintrag")
    await phone.presses("◀️ Zurück")
    await phone.sees("Prüfbogen P-0001")


async def test_what_was_noticed_is_noted_with_who_and_when(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    await berger.presses("⬜ 1")
    await berger.sees("Beobachtung und Deutung")
    await berger.presses("✍️ Wahrnehmung notieren")
    await berger.sees("Schreiben Sie jetzt")
    await berger.types(SEEN)
    noted = await berger.sees(SEEN)
    assert "1. Eintrag: Wahrnehmung notiert\nFrau Berger, " in noted.words
    await stage.quiet()
    assert not [m for m in berger.account.messages.values() if not m.from_bot and m.words == SEEN]
    await berger.presses("◀️ Zurück")
    await berger.sees("✅ 1 Wahrnehmung notiert")


async def test_caseworker_and_lead_go_through_it_and_close_it_together(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    await marks(berger, 2, "✅ Ich habe mit eingeschätzt")
    await berger.presses(" 2")
    second = await berger.sees("Eintrag: gemeinsam eingeschätzt")
    labels = [button["text"] for row in second.inline or [] for button in row]
    assert not [label for label in labels if label.startswith("✅")]
    await berger.presses("◀️ Zurück")
    assert "zweite Person fehlt" in (await berger.sees("Prüfbogen P-0001")).words
    await berger.presses("👥 Um zweite Person bitten")
    await berger.toasted("Die anderen sind gebeten")
    await berger.presses("👥 Um zweite Person bitten")
    await berger.toasted("schon gebeten")

    asked = await haas.sees("Frau Berger bittet Sie, beim Prüfbogen P-0001")
    assert "Ahorn" not in asked.words
    await haas.presses("🛡 P-0001 öffnen")
    await haas.sees("Ahorn 12")
    await marks(haas, 2, "✅ Ich habe mit eingeschätzt")
    await marks(haas, 8, "✅ Ich bestätige")
    await haas.presses(" 8")
    await haas.sees("8. Abschluss zu zweit")
    assert not [label for label in haas.keyboard if label == "🏁 Abschließen"]

    await marks(berger, 6, "🏛 Nein: Jugendamt informiert")
    await marks(berger, 8, "✅ Ich bestätige")
    await berger.presses("🏁 Abschließen")
    sure = await berger.sees("Prüfbogen P-0001 abschließen?")
    assert "• Fachberatung" in sure.words
    await berger.presses("◀️ Noch nicht")
    await berger.sees("Prüfbogen P-0001")
    await marks(berger, 7, "📅 In Tagen: 7")
    await berger.presses("🏁 Abschließen")
    await berger.sees("abschließen?")
    await berger.presses("🏁 Ja, abschließen")
    await berger.toasted("Abgeschlossen")
    await berger.sees("🏁 Abgeschlossen:")
    await stage.forward(days=3)
    await berger.sees_nothing()


async def test_the_document_is_for_the_file_and_leaves_the_chat(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn <b>12", berger)
    await begins(stage, berger, "Ahorn <b>12")
    await marks(berger, 5, "✅ Angeboten und vereinbart")
    await berger.presses("📄 Dokument für die Akte")
    sent = await berger.sees("Das gehört in die Akte der Familie")
    assert "365 Tage" in sent.words
    stored = stage.world.media.get(sent.body["document"]["file_id"])
    assert stored is not None
    page = stored.content.decode()
    assert "Prüfbogen P-0001 nach § 8a SGB VIII" in page
    assert "Familie: Ahorn &lt;b&gt;12" in page
    assert "Frau Berger: Hilfe angeboten und vereinbart" in page
    assert page.count("Noch nicht.") == 7
    assert page.count("Unterschrift") == 3
    await stage.forward(hours=13)
    await berger.loses("Das gehört in die Akte")
    berger.ignores("ist noch offen")


async def test_open_and_untouched_for_a_day_it_reminds_who_opened_it_and_the_leads(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    haas = await stage.staff("Frau Haas", Role.LEAD)
    other = await stage.staff("Herr Lange", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    await stage.forward(hours=20)
    await marks(berger, 5, "✅ Angeboten und vereinbart")
    await stage.forward(hours=23)
    await haas.sees_nothing()
    await stage.forward(hours=2)
    for phone in (berger, haas):
        reminder = await phone.sees("Prüfbogen P-0001 ist noch offen")
        assert "Ahorn" not in reminder.words
    await stage.forward(hours=24)
    await berger.sees("ist noch offen")
    await haas.sees("ist noch offen")
    await other.sees_nothing()


async def test_whoever_took_the_alarm_begins_it_there_and_others_can_not(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Ms Koch", Role.ON_CALL, language="en")
    lange = await stage.staff("Herr Lange", Role.ON_CALL, step=2)
    await koch.presses("English")
    family = await stage.family("Ahorn 12", berger)
    amina = (await stage.parent("Amina", "tr", family)).ignores("")
    await amina.types("/alarm")
    await stage.quiet()
    await koch.sees("Alarm A-0001")
    await koch.presses("✅")
    await koch.reads_everything()
    await koch.presses("🛡 Child protection (8a)")
    begun = await koch.sees("It decides nothing.")
    assert begun.words.startswith("🚨 A child in imminent danger? Police 110")
    assert "👪 Family: Ahorn 12" in begun.words
    await koch.presses("🛡 Begin a checklist")
    card = await koch.sees("🛡 Checklist P-0001")
    assert card.words.count("not yet") == 8
    await koch.presses("⬜ 2")
    await koch.sees("2. Weighed by two")
    await koch.presses("✅ I have weighed it too")
    await koch.sees("Entry 1: weighed together")

    (concern,) = await stage.machine.archive.read(lambda store: store.concerns.not_closed())
    assert concern.alarm_number == 1
    for verb in (f"open:{concern.id}", f"mark:{concern.id}:closing", f"family:{family.id}", "alarm:x"):
        for phone in (lange, amina):
            query = phone.hand.forges(phone.last.message_id, f"protection:{verb}")
            assert await query.answer(5.0)
            await stage.quiet()
            assert "Ahorn" not in phone.last.words
    assert len(await stage.machine.archive.read(lambda store: store.concerns.marks(concern.id))) == 1
    await lange.reads_everything()
    lines = await stage.machine.archive.read(
        lambda store: {line["act"] for line in store.journal.newest(30) if line["family_id"] == family.id}
    )
    assert {"concern.opened", "concern.marked", "read.read_concern", "read.open_concern"} <= lines


async def test_before_a_code_nothing_of_it_is_shown(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    await stage.machine.archive.write(lambda store: store.settings.ask_for_codes(True))
    (concern,) = await stage.machine.archive.read(lambda store: store.concerns.not_closed())
    for phone in (berger, haas):
        for verb in ("open", "close", "closed", "file", "ask"):
            query = phone.hand.forges(phone.last.message_id, f"protection:{verb}:{concern.id}")
            assert await query.answer(5.0)
        await stage.quiet()
        assert "document" not in phone.last.body
        await phone.reads_everything()
    await stage.forward(hours=25)
    for phone in (berger, haas):
        await phone.sees("🔔")
        assert "P-0001 ist noch offen" not in phone.screen
        await phone.reads_everything()
