"""The lead rings everybody on call; the table fills while they answer, and whoever is silent counts no more."""

from datetime import timedelta

from storage.records import Drill, Probe, Role
from storage.store import Store
from tests.phones import Phone
from tests.stage import Stage

HEARD, I_HEARD = "✅ Ich habe es gehört", "✅ I heard it"


async def begins(stage: Stage, lead: Phone, people: int) -> None:
    await lead.types("/uebung")
    await lead.sees("📟")
    await lead.presses("📟 Übung starten")
    await lead.sees(f"Jetzt klingelt es bei allen in der Rufbereitschaft. Personen: {people}")
    await lead.presses("✅ Jetzt starten")
    await lead.toasted("Die Übung läuft.")
    await lead.sees("Offen bis")
    await stage.quiet()


async def counts(stage: Stage) -> dict[str, bool]:
    """Who is on duty, and whether they count."""
    now = stage.clock.now()

    def look(store: Store) -> dict[str, bool]:
        return {store.people.get(one.person_id).name: one.tested for one in store.duties.on_now(now)}

    return await stage.machine.archive.read(look)


async def english(stage: Stage, name: str) -> Phone:
    phone = await stage.staff(name, Role.ON_CALL, language="en", step=2)
    await phone.presses("English")
    await phone.reads_everything()
    return phone


async def test_everybody_answers_and_the_table_says_so_at_once(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    demir = await english(stage, "Herr Demir")
    await begins(stage, haas, people=2)
    await koch.sees("📟 Übung: Das ist kein echter Alarm.")
    await demir.sees("📟 Drill: this is no real alarm.")
    table = await haas.sees("angekommen, keine Antwort")
    assert "Geantwortet: 0 von 2" in table.words
    await stage.forward(seconds=42)
    await koch.presses(HEARD)
    await koch.toasted("Danke, das zählt.")
    await koch.sees("Gehört nach (Min:Sek) 00:4")
    assert "✅ Frau Koch: 00:4" in (await haas.sees("Geantwortet: 1 von 2")).words
    await stage.forward(minutes=2)
    await demir.presses(I_HEARD)
    await demir.sees("Heard after (min:sec) 02:4")
    await haas.sees("Rechtzeitig geantwortet: 2 von 2")
    await haas.sees("📟 Übung beendet: Alle haben geantwortet, 2 von 2.")
    await stage.forward(minutes=20)
    for phone in (haas, koch, demir):
        await phone.sees_nothing()
    assert await counts(stage) == {"Frau Koch": True, "Herr Demir": True}


async def test_whoever_is_silent_counts_no_more_until_they_answer(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    demir = await english(stage, "Herr Demir")
    await begins(stage, haas, people=2)
    await koch.sees("📟 Übung")
    await demir.sees("📟 Drill")
    await koch.presses(HEARD)
    await koch.sees("Gehört nach")
    await stage.forward(minutes=5)
    await demir.sees("📟 Drill: your answer is still missing.")
    await stage.forward(minutes=10)
    await demir.sees("The drill is over and your answer is missing.")
    await haas.sees("Übung beendet: Geantwortet haben 1 von 2.")
    assert "❌ Herr Demir: angekommen, keine Antwort" in (await haas.sees("Rechtzeitig geantwortet: 1")).words
    assert await counts(stage) == {"Frau Koch": True, "Herr Demir": False}
    await stage.forward(minutes=5)
    await demir.presses(I_HEARD)
    await demir.sees("You count as on call again.")
    await haas.sees("🕐 Herr Demir: zu spät, 20:")
    assert await counts(stage) == {"Frau Koch": True, "Herr Demir": True}
    await demir.reads_everything()


async def test_whoever_can_not_be_reached_stands_in_the_table(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    koch.blocks_the_bot()
    await stage.quiet()
    await haas.sees("Im Team nicht mehr erreichbar: Frau Koch")
    await begins(stage, haas, people=1)
    assert "🚫 Frau Koch: nicht angekommen" in haas.screen
    await stage.forward(minutes=15)
    await haas.sees("Geantwortet haben 0 von 1.")
    await haas.reads_everything()


async def test_one_drill_at_a_time_and_its_result_is_a_file(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    lang = await stage.staff("Frau Lang", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await lang.types("/uebung")
    await lang.sees("Es gab noch keinen Übungsalarm.")
    await begins(stage, haas, people=1)
    await lang.sees("gestartet von Frau Haas")
    for verb in ("start", "go"):
        query = lang.hand.forges(lang.last.message_id, f"drills:{verb}")
        assert await query.answer(5.0)
        await lang.sees("Geantwortet: 0 von 1")
    await koch.sees("📟 Übung")
    await koch.presses(HEARD)
    await koch.sees("Gehört nach")
    await haas.sees("Alle haben geantwortet")
    await haas.reads_everything()
    await lang.reads_everything()
    await haas.presses("👁 Ergebnis")
    await haas.sees("✅ Frau Koch: 00:0")
    await haas.presses("📄 Als Datei (CSV)")
    await haas.sees("Das Ergebnis der Übung als Tabelle.")
    sent = [one for one in stage.world.requests if one.method.lower() == "senddocument"]
    assert len(sent) == 1


def of_person(store: Store, drill: Drill, phone: Phone) -> Probe:
    person = store.people.by_telegram(phone.account.id)
    assert person is not None
    (sent,) = (one for one in store.probes.of_drill(drill.id) if one.person_id == person.id)
    return sent


async def test_nobody_answers_for_somebody_else_and_only_leads_read_the_table(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    demir = await stage.staff("Herr Demir", Role.ON_CALL)
    await begins(stage, haas, people=2)
    (drill,) = await stage.machine.archive.read(lambda store: store.drills.newest())
    probes = await stage.machine.archive.read(lambda store: store.probes.of_drill(drill.id))
    for probe in probes:
        for carried in (f"here:{probe.id}x", f"open:{drill.id}", f"file:{drill.id}", "go", "list"):
            query = demir.hand.forges(demir.last.message_id, f"drills:{carried}")
            assert await query.answer(5.0)
    await stage.quiet()
    assert "Frau Koch" not in demir.screen
    hers = await stage.machine.archive.read(lambda store: of_person(store, drill, koch))
    query = demir.hand.forges(demir.last.message_id, f"drills:here:{hers.id}")
    assert await query.answer(5.0)
    await stage.quiet()
    later = await stage.machine.archive.read(lambda store: of_person(store, drill, koch))
    assert later.answered_at is None
    for phone in (haas, koch, demir):
        await phone.reads_everything()


async def test_a_drill_is_due_each_month_and_asked_for_each_week(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await stage.forward(days=31)
    due = await stage.machine.archive.read(lambda store: store.timers.due_at("drills.due", ""))
    assert due is not None
    assert timedelta(0) < due - stage.clock.now() <= timedelta(days=7)
    await haas.sees("🧯 Ein Übungsalarm ist fällig")
    await stage.forward(days=7)
    await haas.sees("🧯 Ein Übungsalarm ist fällig")
    await haas.presses("📟 Übung starten")
    await haas.sees("Niemand ist für die Rufbereitschaft eingeladen.")
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await haas.reads_everything()
    await begins(stage, haas, people=1)
    await koch.sees("📟 Übung")
    await koch.presses(HEARD)
    await koch.sees("Gehört nach")
    await haas.reads_everything()
    await stage.forward(days=28)
    await haas.sees_nothing()
    for phone in (haas, koch):
        await phone.reads_everything()
