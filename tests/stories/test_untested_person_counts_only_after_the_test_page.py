"""Nobody counts as on call before they have said that they would have heard a page."""

from datetime import timedelta

from storage.records import Role
from tests.phones import Phone
from tests.shifts import at, goes_off, plans, today, winds_to
from tests.stage import Stage

TEST_PAGE = "Testruf: Hätten Sie das gehört?"


async def joins(stage: Stage, name: str) -> Phone:
    """Somebody who has come in for on-call duty and was asked nothing yet."""
    phone = stage.stranger(name, "de")
    await stage.enters(phone, await stage.invitation(Role.ON_CALL, name, step=1))
    return phone


async def test_whoever_joins_is_paged_by_the_rules_only_after_the_test_page(stage: Stage) -> None:
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = await joins(stage, "Frau Koch")
    await stage.forward(seconds=10)
    await koch.sees(TEST_PAGE)
    await koch.presses("✅ Ja, gehört")
    await koch.sees("Sie zählen jetzt für die Rufbereitschaft")
    await weber.reads_everything()
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await stage.quiet()
    await weber.sees_nothing()
    await amina.reads_everything()


async def test_the_test_page_comes_again_until_it_is_answered(stage: Stage) -> None:
    koch = await joins(stage, "Frau Koch")
    await stage.forward(seconds=10)
    await koch.sees(TEST_PAGE)
    for _ in range(2):
        await stage.forward(hours=1, minutes=1)
        await koch.sees("Ein neuer steht weiter unten")
        await koch.sees(TEST_PAGE)
    await koch.presses("✅ Ja, gehört")
    await koch.sees("Sie zählen jetzt")
    await stage.forward(days=2)
    await koch.sees_nothing()
    probes = await stage.machine.archive.read(
        lambda store: [store.probes.newest_of(one.id) for one in store.people.with_role(Role.ON_CALL)]
    )
    assert [probe is not None and probe.delivered_at is not None for probe in probes] == [True]


async def test_whoever_blocks_the_bot_has_to_answer_anew(stage: Stage) -> None:
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    koch.blocks_the_bot()
    await stage.quiet()
    koch.unblocks_the_bot()
    await weber.reads_everything()
    now = stage.clock.now()
    counted = await stage.machine.archive.read(lambda store: store.duties.on_now(now))
    assert [duty.tested for duty in counted] == [False]
    await stage.forward(seconds=10)
    await koch.sees(TEST_PAGE)
    await koch.presses("✅ Ja, gehört")
    await koch.sees("Sie zählen jetzt")
    later = stage.clock.now() + timedelta(seconds=1)
    counted = await stage.machine.archive.read(lambda store: store.duties.on_now(later))
    assert [duty.tested for duty in counted] == [True]


async def test_somebody_elses_test_page_is_answered_by_nobody_else(stage: Stage) -> None:
    koch = await joins(stage, "Frau Koch")
    neu = await stage.staff("Herr Neu", Role.ON_CALL)
    await stage.forward(seconds=10)
    shown = await koch.sees(TEST_PAGE)
    carried = (shown.inline or [])[0][0]["callback_data"]
    query = neu.hand.forges(next(reversed(neu.account.messages)), carried)
    assert await query.answer(5.0)
    await neu.reads_everything()
    await koch.sees_nothing()


async def test_before_a_first_shift_the_test_page_comes_in_time(stage: Stage) -> None:
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = await joins(stage, "Frau Koch")
    await goes_off(stage, koch)
    await stage.forward(seconds=10)
    await koch.sees(TEST_PAGE)
    noon = at(today(stage, 3), 12)
    await plans(stage, koch, noon, noon + timedelta(hours=8))
    await winds_to(stage, noon - timedelta(hours=1, minutes=1))
    await koch.reads_everything()
    await winds_to(stage, noon - timedelta(minutes=59))
    await koch.sees(TEST_PAGE)
    await winds_to(stage, noon)
    begun = await koch.sees("Ihre Schicht hat begonnen")
    assert "Sie zählen erst" in begun.words
    await koch.sees(TEST_PAGE)
    await koch.reads_everything()
    await weber.reads_everything()


async def test_whoever_goes_on_untested_is_asked_at_once(stage: Stage) -> None:
    koch = await joins(stage, "Frau Koch")
    await goes_off(stage, koch)
    await stage.forward(seconds=10)
    await koch.sees(TEST_PAGE)
    await koch.presses("☎️ Rufbereitschaft")
    await koch.sees("Niemand ist in Rufbereitschaft")
    await koch.presses("☎️ Ich übernehme den Dienst")
    await koch.sees("Frau Koch (Testruf offen)")
    await stage.forward(seconds=1)
    await koch.sees("Ein neuer steht weiter unten")
    await koch.sees(TEST_PAGE)
    await koch.presses("✅ Ja, gehört")
    await koch.sees("Sie zählen jetzt")
