"""An appointment that one parent alone is asked to stands nowhere before the other: neither place, time nor act."""

from handlers.oversight import actions
from storage.records import Role
from storage.store import Store
from tests.agreed import agreed
from tests.phones import read_all
from tests.stage import Stage
from tests.untold import household, unread, wall, whose

PLACE = "Frauenhaus Rosenweg 9"


async def test_the_other_parents_file_is_silent_about_it(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    sami = await stage.parent("Sami", "de", family)
    hers = await whose(stage, amina)
    made = await agreed(stage, family, wall(stage, "10:30", 7), place=PLACE, only_for=hers.id)
    shared = await agreed(stage, family, wall(stage, "12:30", 8))
    await klein.presses("🔔 Erinnerungen")
    await read_all(*stage.phones)

    for phone, knows in ((sami, False), (amina, True)):
        await phone.types("/daten")
        await stage.quiet()
        await phone.presses("📄 Was wissen")
        await stage.quiet()
        files = [
            stage.world.media.get(message.body["document"]["file_id"])
            for message in phone.account.messages.values()
            if message.body.get("document")
        ]
        texts = [file.content.decode() for file in files if file is not None]
        assert len(texts) == 2
        assert any(shared.id in text for text in texts)
        assert any(PLACE in text or made.id in text for text in texts) is knows
    await read_all(*stage.phones)


async def test_the_agencys_own_file_has_it(stage: Stage) -> None:
    _, family, amina = await household(stage)
    sami = await stage.parent("Sami", "de", family)
    hers, his = await whose(stage, amina), await whose(stage, sami)
    made = await agreed(stage, family, wall(stage, "10:30", 7), place=PLACE, only_for=hers.id)
    await read_all(*stage.phones)

    def look(store: Store) -> tuple[list[object], list[object]]:
        whole = store.disclosure.of([hers.id, his.id], family.id, for_file=True)
        own = store.disclosure.of([his.id], family.id)
        return [row["id"] for row in whole.rows("appointments")], [r["id"] for r in own.rows("appointments")]

    assert await stage.machine.archive.read(look) == ([made.id], [])


async def test_it_is_not_named_as_his_next_one(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    _, family, amina = await household(stage)
    sami = await stage.parent("Sami", "de", family)
    hers, his = await whose(stage, amina), await whose(stage, sami)
    await agreed(stage, family, wall(stage, "10:30", 7), place=PLACE, only_for=hers.id)
    await read_all(*stage.phones)
    now = stage.clock.now()
    await stage.machine.archive.write(lambda store: actions.unreachable(store, his, now))
    await stage.quiet()
    told = [words for phone in stage.phones for words in unread(phone) if "Sami" in words]
    assert told
    assert not any("10:30" in words or PLACE in words for words in told), haas.screen
    await read_all(*stage.phones)
