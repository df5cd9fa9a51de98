"""Whoever on staff notices a breach of data protection notes it in two taps; the lead has 72 hours and is reminded."""

from storage.records import Role
from tests.diary import until
from tests.phones import Phone
from tests.stage import Stage

HAPPENED = "Ein Brief lag offen im Treppenhaus."


async def notes(phone: Phone, since: str = "Gerade eben", what: str = HAPPENED) -> None:
    await phone.types("/vorfall")
    await phone.sees("Wann ist er aufgefallen?")
    await phone.presses(since)
    await phone.sees("Was ist passiert?")
    await phone.types(what)
    await phone.sees("ist aufgeschrieben")


async def test_the_lead_is_told_reads_reports_and_closes(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await notes(berger)

    push = await haas.sees("Neuer Vorfall beim Datenschutz: V-0001")
    assert "noch 71 Std." in push.words or "noch 72 Std." in push.words
    assert HAPPENED not in push.words
    await haas.presses("👁 V-0001")
    sheet = await haas.sees(HAPPENED)
    assert "Aufgefallen" in sheet.words

    await stage.forward(hours=10)
    await haas.presses("🛠 Aufsicht")
    await haas.sees("🛠 Aufsicht")
    await haas.presses("⚠️ Vorfälle")
    await haas.sees("V-0001 ⏳ noch 61 Std.")
    await haas.presses("👁 V-0001")
    await haas.sees(HAPPENED)
    await haas.presses("✅ An Aufsicht gemeldet")
    await haas.sees("Hat die Aufsichtsbehörde die Meldung bekommen?")
    await haas.presses("✅ Ja")
    await haas.toasted("Als gemeldet")
    await haas.sees("An die Aufsicht gemeldet:")
    await haas.presses("🏁 Abschließen")
    await haas.sees("Ist nichts mehr zu tun?")
    await haas.presses("✅ Ja")
    await haas.sees("🏁 Abgeschlossen:")
    await stage.forward(hours=200)
    await haas.sees_nothing()


async def test_reminders_come_until_it_is_reported_and_go_on_when_the_clock_has_run_out(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await notes(haas)
    for hours, left in ((24, "noch 47 Std."), (24, "noch 23 Std."), (18, "noch 5 Std.")):
        await stage.forward(hours=hours)
        reminder = await haas.sees("Vorfall V-0001 ist noch offen")
        assert left in reminder.words
    await stage.forward(hours=6)
    await haas.sees("Meldefrist abgelaufen, vor Stunden: 0")
    await stage.forward(hours=24)
    await haas.sees("Meldefrist abgelaufen, vor Stunden: 24")
    await haas.presses("👁 V-0001")
    await haas.sees(HAPPENED)
    await haas.presses("🏁 Abschließen")
    await haas.sees("Ist nichts mehr zu tun?")
    await haas.presses("◀️ Noch nicht")
    await haas.sees(HAPPENED)
    await stage.forward(hours=24)
    await haas.sees("vor Stunden: 48")
    await haas.presses("👁 V-0001")
    await haas.sees(HAPPENED)
    await haas.presses("✅ An Aufsicht gemeldet")
    await haas.sees("Aufsichtsbehörde")
    await haas.presses("✅ Ja")
    await haas.sees("An die Aufsicht gemeldet:")
    await stage.forward(hours=100)
    await haas.sees_nothing()


async def test_what_was_noticed_a_day_ago_has_a_day_less(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await notes(koch, since="Vor einem Tag")
    push = await haas.sees("Neuer Vorfall")
    assert "noch 47 Std." in push.words
    assert "👁" not in " ".join(koch.keyboard)


async def test_families_and_guests_are_told_no_and_nothing_is_kept(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    for phone in (amina, stage.stranger("Chidi", "de")):
        before = len(phone.account.messages)
        await phone.types("/vorfall")
        await stage.quiet()
        assert len(phone.account.messages) > before
        assert "Vorfall" not in phone.last.words
        await phone.reads_everything()
    assert await stage.machine.archive.read(lambda store: store.incidents.all()) == []


async def test_only_the_lead_reads_them(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await notes(berger)
    await haas.sees("Neuer Vorfall")
    (incident,) = await stage.machine.archive.read(lambda store: store.incidents.all())
    for carried in ("open", "report", "reported", "close", "closed", "log", "list", "drilled"):
        query = berger.hand.forges(berger.last.message_id, f"incidents:{carried}:{incident.id}")
        assert await query.answer(5.0)
        await stage.quiet()
        assert HAPPENED not in berger.last.words
    await berger.reads_everything()
    assert (await stage.machine.archive.read(lambda store: store.incidents.all())) == [incident]


async def test_the_log_is_a_file_with_every_time_in_it(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await notes(haas)
    await notes(haas, what="Ein Stick ging verloren.")
    await haas.types("⚠️ Vorfälle")
    await haas.sees("V-0002")
    await haas.presses("📄 Protokoll")
    await haas.sees("Das Protokoll aller Vorfälle")
    posted = await stage.machine.archive.read(lambda store: store.deliveries.newest(5))
    assert any(row["method"] == "sendDocument" for row in posted)


async def test_each_quarter_the_drill_comes_and_comes_again_until_it_was_done(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    drill = await stage.machine.archive.read(lambda store: store.timers.due_at("incidents.drill", ""))
    assert drill is not None
    await until(stage, drill)
    await stage.forward(minutes=1)
    await haas.sees("🧯 Übung: Was tun Sie")
    await stage.forward(days=7)
    await haas.sees("🧯 Übung: Was tun Sie")
    await haas.presses("✅ Geübt")
    await haas.sees("Nächste Übung:")
    await haas.presses("✅ Geübt")
    await haas.toasted("schon erledigt")
    await stage.forward(days=20)
    await haas.sees_nothing()
