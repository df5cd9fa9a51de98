"""The lead reads who did what, in plain words, by family, by person and by day; reading it leaves a line as well."""

import pytest

from storage.journal import Line
from storage.records import Role
from tests.phones import Phone
from tests.stage import Stage


async def lines_of(stage: Stage, family_id: str) -> list[Line]:
    return await stage.machine.archive.read(lambda store: store.journal.of_family(family_id, 999))


async def opens(haas: Phone, way: str) -> None:
    await haas.presses("🛠 Aufsicht")
    await haas.sees("🛠 Aufsicht")
    await haas.presses("📒 Journal")
    await haas.sees("Wer hat was getan?")
    await haas.presses(way)


async def test_by_family_newest_first_with_names_of_staff_alone(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    ahorn = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", ahorn)
    berger.ignores("")
    await amina.presses("💬")
    await amina.sees("Wie geht es")
    await amina.presses("🙂")
    await amina.sees("🙂")
    await stage.quiet()

    await opens(haas, "👪 Nach Familie")
    await haas.sees("Welche Familie?")
    await haas.presses("Ahorn 12")

    page = await haas.sees("Journal der Familie: Ahorn 12")
    assert "gesagt, wie es geht" in page.words
    assert "Elternteil …" in page.words
    assert "Amina" not in page.words
    (newest, *_) = await lines_of(stage, ahorn.id)
    assert (newest.act, newest.subject) == ("journal.read", f"family:{ahorn.id}")
    await amina.reads_everything()


async def test_pages_turn_and_stay_while_reading_them_adds_lines(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    now, archive = stage.clock.now(), stage.machine.archive
    person = await archive.read(lambda store: store.people.by_telegram(haas.account.id))
    assert person is not None
    for n in range(20):
        act = "duty.on" if n % 2 else "duty.off"
        await archive.write(lambda store, act=act: store.journal.write(now, person.id, act, "person:x"))

    await opens(haas, "👤 Nach Person")
    await haas.sees("Wer aus dem Team?")
    await haas.presses("Frau Haas")
    first = await haas.sees("Journal zur Person: Frau Haas")
    assert first.words.count("Rufbereitschaft") == 6
    assert "◀️" not in haas.keyboard[:3]
    seen = []
    for _ in range(3):
        await haas.presses("▶️")
        seen.append((await haas.sees("Journal zur Person")).words)
    assert "als Leitung gekommen" in seen[-1]
    assert sum(page.count("Rufbereitschaft") for page in seen) == 14
    await haas.presses("◀️")
    assert (await haas.sees("Journal zur Person")).words == seen[-2]


async def test_by_day_and_the_day_before(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await opens(haas, "📅 Nach Tag")
    page = await haas.sees("Journal eines Tages")
    assert "Frau Haas: als Leitung gekommen" in page.words
    await haas.presses("⏪ Tag davor")
    await haas.sees("Hier steht nichts.")
    await haas.presses("Tag danach ⏩")
    await haas.sees("als Leitung gekommen")
    await haas.presses("📒 Zum Anfang")
    await haas.sees("Wer hat was getan?")


async def test_whoever_is_erased_is_shown_by_the_end_of_a_pseudonym(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    ahorn = await stage.family("Ahorn 12", berger)
    now = stage.clock.now()
    await stage.machine.archive.write(
        lambda store: store.journal.write(now, "A" * 12 + "wxyz", "checkin.made", "checkin:c", ahorn.id)
    )
    await opens(haas, "👪 Nach Familie")
    await haas.sees("Welche Familie?")
    await haas.presses("Ahorn 12")
    await haas.sees("Gelöscht …wxyz: gesagt, wie es geht")


@pytest.mark.parametrize(
    "way", ["menu", "families", "people", "read:day:2026-11-24", "read:person:x", "read"]
)
async def test_nobody_but_the_lead_reads_it(stage: Stage, way: str) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER, Role.ON_CALL)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    for phone in (berger, amina):
        query = phone.hand.forges(phone.last.message_id, f"journal:{way}")
        assert await query.answer(5.0)
        await stage.quiet()
        assert "📒" not in phone.last.words
        await phone.reads_everything()
    acts = await stage.machine.archive.read(lambda store: [line["act"] for line in store.journal.newest(99)])
    assert "journal.read" not in acts


@pytest.mark.parametrize(
    "carried",
    [
        "read:day:today",
        "read:family:nobody",
        "read:moon:x",
        "read",
        "read:day:9999-99-99",
        "read:day:9999-12-31",
        "read:day:0001-01-01",
    ],
)
async def test_a_button_of_nothing_leads_back_to_the_start(stage: Stage, carried: str) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await haas.types("📒 Journal")
    menu = await haas.sees("Wer hat was getan?")
    query = haas.hand.forges(menu.message_id, f"journal:{carried}")
    assert await query.answer(5.0)
    await stage.quiet()
    assert "Wer hat was getan?" in haas.last.words
    await haas.reads_everything()


async def test_tampering_is_told_to_the_lead_at_the_next_look(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await stage.forward(days=1)
    await haas.sees_nothing()

    def burgle(store) -> None:  # type: ignore[no-untyped-def]
        store.connection.exec_driver_sql("DROP TRIGGER journal_is_never_changed")
        store.connection.exec_driver_sql("UPDATE journal SET actor = 'somebody' WHERE id = 2")

    await stage.machine.archive.write(burgle)
    await stage.forward(days=1)
    await haas.sees("Das Journal ist nicht unversehrt")
    await koch.sees_nothing()
    assert "📒" not in " ".join(koch.keyboard)
