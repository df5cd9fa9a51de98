"""A lead takes a role away: open menus, queued messages, invitations and the chat itself are shut at once."""

from storage.records import Lane, Role
from storage.store import Store
from tests.phones import Phone, plain
from tests.stage import Stage


def person_id(store: Store, phone: Phone) -> str:
    found = store.people.by_telegram(phone.account.id)
    assert found is not None
    return found.id


async def opens_person(lead: Phone, name: str) -> None:
    await lead.presses("👥 Team")
    await lead.sees("Ihr Team")
    await lead.presses(name)
    await lead.sees(name)


async def test_everything_of_a_caseworker_ends_at_once(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    amina = await stage.parent("Amina", "tr", family)
    await klein.presses("👪 Familien")
    await klein.sees("Familien")
    await klein.presses("Ahorn 12")
    await klein.sees("Amina")
    await stage.quiet()
    menu = next(number for number, one in klein.account.messages.items() if "Ahorn 12" in one.words)

    def make(store: Store) -> str:
        by = person_id(store, klein)
        return store.invitations.add(
            Role.PARENT, "Yusuf", stage.clock.now(), family_id=family.id, invited_by=by
        )[0]

    code = await stage.machine.archive.write(make)
    await opens_person(lead, "Frau Klein")
    await lead.presses("❌ Als Fachkraft beenden")
    await lead.sees("noch Familien")
    await lead.presses("👪 Alle Familien übergeben")
    await lead.sees("Wer bekommt sie alle")
    await lead.presses("Herr Gross")
    await lead.sees("Übergebene Familien: 1")
    await amina.sees("Herr Gross")
    await gross.sees("neue Familien")
    await lead.presses("◀️ Zurück")
    await lead.presses("❌ Als Fachkraft beenden")
    await lead.sees("Das geschieht sofort")

    await lead.presses("❌ Ja, beenden")

    await lead.sees("gehört nicht mehr zum Team")
    await klein.sees("Ihre Rolle im Bot ist beendet")
    await stage.quiet()
    left = [plain(one.words) for one in klein.account.messages.values()]
    assert len(left) == 1, left
    assert menu not in klein.account.messages
    for verb in (f"caseload:open:{family.id}", f"deputies:hand:{family.id}", f"entrusted:list:{family.id}"):
        query = klein.hand.forges(next(reversed(klein.account.messages)), verb)
        assert await query.answer(5.0)
        assert "Ahorn" not in (query.text or "")
    await klein.types("👪 Familien")
    await stage.quiet()
    assert "Ahorn" not in klein.screen
    yusuf = stage.stranger("Yusuf", "ar")
    await yusuf.types(f"/start {code}")
    await stage.quiet()
    assert not await stage.machine.archive.read(
        lambda store: store.invitations.undecided_of(person_id(store, yusuf))
    )
    for phone in (yusuf, klein):
        await phone.reads_everything()


async def test_queued_messages_do_not_leave_and_what_is_under_way_is_swept(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    await opens_person(lead, "Frau Klein")
    await lead.presses("❌ Als Fachkraft beenden")
    await lead.sees("Das geschieht sofort")

    def queue(store: Store) -> None:
        now, id = stage.clock.now(), person_id(store, klein)
        later = store.deliveries.post(
            Lane.NEWS, klein.account.id, "sendMessage", {"chat_id": 0, "text": "Ahorn 12"}, now, person_id=id
        )
        store.deliveries.retry(later.id, now.replace(year=now.year + 1), "later")
        store.posted.clear()

    await stage.machine.archive.write(queue)
    await lead.presses("❌ Ja, beenden")
    await lead.sees("gehört nicht mehr zum Team")
    await klein.sees("Ihre Rolle im Bot ist beendet")

    def owed(store: Store) -> list[str]:
        rows = store.deliveries.newest(20)
        return [str(row["state"]) for row in rows if row["state"] == "queued"]

    await stage.quiet()
    assert await stage.machine.archive.read(owed) == []
    await stage.forward(minutes=3)
    await klein.sees_nothing()
    assert len(klein.account.messages) == 1


async def test_a_taken_alarm_goes_on_when_its_taker_is_gone(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅ Ich übernehme")
    await amina.sees("Frau Koch")
    await koch.reads_everything()
    await opens_person(lead, "Frau Koch")
    await lead.presses("❌ Rufbereitschaft beenden")
    await lead.sees("Übernommene Alarme gehen an die anderen")

    await lead.presses("❌ Ja, beenden")

    await lead.sees("gehört nicht mehr zum Team")
    await koch.sees("Ihre Rolle im Bot ist beendet")
    await weber.sees("Jemand braucht Hilfe")
    await amina.types("Hızlı gelin")
    await weber.sees("Hızlı gelin")
    await stage.quiet()
    assert "Hızlı" not in koch.screen
    for phone in (amina, weber, lead):
        await phone.reads_everything()


async def test_the_last_lead_stays(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    await opens_person(lead, "Frau Lang")
    await lead.presses("❌ Leitung beenden")
    await lead.sees("letzte Leitung")
