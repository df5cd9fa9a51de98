"""❓ under a page: after a code, whoever was paged may know before deciding; each look leaves a line."""

from storage.records import Role
from tests.oncall import TAKE, alarm
from tests.phones import read_all
from tests.stage import Stage
from tests.stories.test_content_opens_only_with_a_code import codes_on, connects


async def test_who_it_is_is_told_before_taking_and_only_after_a_code(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    family = await stage.family("Ahorn", klein)
    amina = await stage.parent("Amina", "tr", family)
    await codes_on(stage)
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")

    await koch.presses("❓ Wer ist das?")
    await stage.quiet()
    assert "Ahorn" not in koch.screen
    await amina.sees("👁")
    await read_all(koch, amina)

    await connects(stage, koch)
    await koch.presses("❓ Wer ist das?")
    await koch.sees("Familie: Ahorn")
    (line,) = await stage.machine.archive.read(
        lambda store: [one for one in store.journal.newest(50) if "see_who_needs_help" in one["act"]]
    )
    assert line["family_id"] == family.id
    await read_all(koch, amina)

    await weber.presses("🚨 Offene Alarme")
    await weber.sees("Offene Alarme: 1")
    await weber.presses("A-0001")
    await weber.sees("Jemand braucht Hilfe")
    await weber.presses("❓ Wer ist das?")
    await weber.toasted("erst übernehmen")
    assert "Ahorn" not in weber.screen
    await koch.presses(TAKE)
    await koch.sees("Übernommen von: Frau Koch")
    assert (await alarm(stage)).taken_by is not None
    await read_all(*stage.phones)
