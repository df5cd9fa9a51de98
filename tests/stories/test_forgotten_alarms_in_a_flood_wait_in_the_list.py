"""Many alarms, and somebody who took them falls silent, or one is not enough: the list says so and brings a button."""

from datetime import timedelta

from storage.records import AlarmState, Role
from tests.oncall import alarms, rule
from tests.phones import Phone, read_all
from tests.stage import Stage


async def flood(stage: Stage, n: int = 6) -> None:
    for at in range(n):
        phone = stage.stranger(f"P{at}", "de").ignores("")
        await phone.types("/alarm")
        await stage.quiet()
    await stage.forward(seconds=1)


async def takes(stage: Stage, phone: Phone, *wanted: int) -> None:
    """Takes each of these, wherever its button may stand."""
    for one in sorted(await alarms(stage), key=lambda it: it.number):
        if not wanted or one.number in wanted:
            pressed = phone.hand.forges(phone.last.message_id, f"crisis:take:{one.id}")
            await pressed.answer(5.0)
            await stage.quiet()


def buttons(phone: Phone, verb: str) -> set[str]:
    """The ids of the alarms for which the phone shows a button that does this."""
    told = [str(one) for it in phone.account.messages.values() for row in it.inline or [] for one in row]
    start = f"crisis:{verb}:"
    return {one.partition(start)[2][:16].strip("'\",)} ") for one in told if start in one}


async def ids(stage: Stage) -> set[str]:
    return {one.id for one in await alarms(stage)}


async def test_whoever_is_paged_for_forgotten_alarms_can_take_each_of_them_over(stage: Stage) -> None:
    await rule(stage)
    koch = (await stage.staff("Frau Koch", Role.ON_CALL, step=1)).ignores("")
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    await flood(stage)
    await takes(stage, koch)
    weber.ignores("Jemand braucht Hilfe", "Weiter unten")
    await stage.forward(minutes=15, seconds=5)
    await stage.quiet()
    assert all(one.forgotten_at for one in await alarms(stage))
    assert buttons(weber, "over") == await ids(stage)
    await weber.sees("Antwortet gerade nicht: 000")

    await weber.presses("🔄 A-0005")
    await weber.toasted("Alarm A-0005 gehört jetzt Ihnen")
    await weber.sees("🤝 Herr Weber: 0005")
    await stage.quiet()
    fifth = next(one for one in await alarms(stage) if one.number == 5)
    assert fifth.forgotten_at is None
    assert fifth.id in buttons(weber, "now")
    await read_all(*stage.phones)


async def test_a_holder_who_answers_takes_it_out_of_the_list_again(stage: Stage) -> None:
    await rule(stage)
    koch = (await stage.staff("Frau Koch", Role.ON_CALL, step=1)).ignores("")
    weber = (await stage.staff("Herr Weber", Role.ON_CALL, step=2)).ignores("")
    await flood(stage)
    await takes(stage, koch)
    await stage.forward(minutes=15, seconds=5)
    await stage.quiet()
    fifth = next(one for one in await alarms(stage) if one.number == 5)
    assert fifth.id in buttons(weber, "over")
    asked = koch.hand.forges(koch.last.message_id, f"crisis:still:{fifth.id}")
    await asked.answer(5.0)
    await stage.forward(seconds=1)
    await stage.quiet()
    assert fifth.id not in buttons(weber, "over")
    assert "🤝 Frau Koch: 0005" in weber.screen


async def test_where_two_are_wanted_the_list_has_a_button_to_come_along(stage: Stage) -> None:
    await rule(stage, needed=[2, 1, 1], remind_minutes=60)
    koch = (await stage.staff("Frau Koch", Role.ON_CALL, step=1)).ignores("")
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    await flood(stage)
    await takes(stage, koch)
    weber.ignores("Jemand braucht Hilfe", "Weiter unten")
    await stage.forward(minutes=5, seconds=5)
    await stage.quiet()
    assert buttons(weber, "join") == await ids(stage)
    await weber.sees("Noch jemand gesucht: 000")

    await weber.presses("➕ A-0006")
    await weber.toasted("A-0006")
    await stage.quiet()
    sixth = next(one for one in await alarms(stage) if one.number == 6)
    takers = await stage.machine.archive.read(lambda store: store.alarms.takers_of(sixth.id))
    assert len(takers) == 2
    assert "➕ A-0006" not in weber.screen
    await read_all(*stage.phones)


async def test_a_page_that_the_list_called_back_comes_to_whoever_takes_it_from_there(stage: Stage) -> None:
    koch = (await stage.staff("Frau Koch", Role.ON_CALL)).ignores("")
    stage.world.faults.set("error500", chat_id=koch.account.id)
    for at in range(6):
        await stage.stranger(f"P{at}", "de").ignores("").types("/alarm")
    await stage.machine.until(lambda: raised(stage, 6))
    stage.world.faults.set("none")
    await stage.forward(seconds=40)
    await stage.quiet()
    await takes(stage, koch)
    await stage.forward(seconds=2)
    await stage.quiet()
    assert {one.state for one in await alarms(stage)} == {AlarmState.TAKEN}
    assert buttons(koch, "now") == await ids(stage)
    assert buttons(koch, "finish") == await ids(stage)


async def raised(stage: Stage, n: int) -> bool:
    return len(await alarms(stage)) == n


async def test_lines_that_a_family_adds_are_silent_where_the_agency_wants_it_so(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    for quiet, silent in ((2, True), (1, False)):
        await rule(stage, quiet=quiet)
        amina = stage.stranger(f"Amina {quiet}", "de").ignores("")
        await amina.types("/alarm")
        page = await koch.sees("Jemand braucht Hilfe")
        assert not page.silent
        await stage.quiet()
        await koch.presses("✅ Ich übernehme")
        await stage.quiet()
        await amina.types(f"Bitte schnell {quiet}")
        line = await koch.sees(f"Bitte schnell {quiet}")
        assert line.silent is silent
        stage.clock.forward(timedelta(minutes=1))
        await read_all(*stage.phones)
