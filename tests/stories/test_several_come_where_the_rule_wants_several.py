"""A rule may want more than one, may call others in after a while, and may differ from site to site."""

from storage.records import AlarmState, Happening, Role
from storage.store import Store
from tests.oncall import TAKE, alarm, happened, is_owed, not_tested, person_id, rule
from tests.phones import read_all
from tests.stage import Stage


async def test_paging_goes_on_until_enough_have_come(stage: Stage) -> None:
    await rule(stage, needed=[2, 1, 1], remind_minutes=60)
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=1)
    huber = await stage.staff("Frau Huber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await weber.sees("Jemand braucht Hilfe")
    await koch.sees("Jemand braucht Hilfe")

    await koch.presses(TAKE)
    await amina.sees("Bir kişi şimdi sizinle ilgileniyor")
    await weber.sees("Noch gesucht: 1")
    assert await is_owed(stage, "crisis.escalate")
    await read_all(koch, weber, amina)

    await stage.forward(minutes=5, seconds=1)
    await weber.sees("Noch gesucht: 1")
    await huber.sees_nothing()
    await koch.sees_nothing()

    await weber.presses("➕ Ich komme dazu")
    await weber.toasted("Sie sind dabei")
    assert not await is_owed(stage, "crisis.escalate")
    await read_all(koch, weber, amina)
    await stage.forward(minutes=20)
    for phone in (koch, weber, huber):
        await phone.sees_nothing()
    assert (await happened(stage)).count(Happening.JOINED) == 1
    assert (await alarm(stage)).state is AlarmState.TAKEN


async def test_with_nobody_left_on_the_step_the_next_one_is_asked_to_join(stage: Stage) -> None:
    await rule(stage, needed=[2, 1, 1], remind_minutes=60)
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    huber = await stage.staff("Frau Huber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await stage.forward(minutes=5, seconds=1)
    await huber.sees("Noch gesucht: 1")
    await huber.presses("➕ Ich komme dazu")
    await stage.quiet()
    assert not await is_owed(stage, "crisis.escalate")
    await read_all(koch, huber, amina)


async def test_with_one_wanted_no_page_of_the_step_follows_a_take(stage: Stage) -> None:
    await rule(stage, remind_minutes=120)
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=1)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await weber.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await stage.quiet()
    paged = (await happened(stage)).count(Happening.PAGED)
    await read_all(koch, weber, amina)
    await stage.forward(hours=1, minutes=50)
    for phone in (koch, weber, amina):
        await phone.sees_nothing()
    assert (await happened(stage)).count(Happening.PAGED) == paged == 2


async def test_the_lead_joins_when_nobody_has_it_after_half_an_hour(stage: Stage) -> None:
    await rule(stage, minutes=[20])
    lead = await stage.staff("Frau Lang", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await stage.forward(minutes=29, seconds=58)
    await lead.sees_nothing()
    await stage.forward(seconds=3)
    await lead.sees("Jemand braucht Hilfe")
    await stage.forward(minutes=5, seconds=1)
    await lead.sees("Jemand braucht Hilfe")
    await lead.presses(TAKE)
    await amina.sees("ilgileniyor")
    await read_all(lead, koch, amina)


async def test_the_lead_is_left_alone_where_somebody_has_it(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    for _ in range(5):
        await stage.forward(minutes=9)
        await koch.presses("📞 Rufe jetzt an")
    await lead.sees_nothing()
    await read_all(koch, amina)


async def test_who_has_a_shift_and_no_test_page_is_rung_with_the_leads(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    neu = await stage.staff("Herr Neu", Role.ON_CALL)
    await not_tested(stage, neu)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await lead.sees("Niemand ist in Rufbereitschaft")
    await neu.sees("Niemand ist in Rufbereitschaft")
    await neu.presses(TAKE)
    await amina.sees("ilgileniyor")
    assert (await happened(stage))[1] is Happening.NOBODY
    await read_all(lead, neu, amina)


async def test_the_rule_of_the_familys_site_is_frozen_into_the_alarm(stage: Stage) -> None:
    worker = await stage.staff("Frau Klein", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    family = await stage.family("Ahorn", worker)
    amina = await stage.parent("Amina", "ar", family)
    await read_all(worker, koch, amina)
    now = stage.clock.now()

    def settle(store: Store) -> None:
        offer = next(one for one in store.agency.offers() if one.site_id == "poll")
        store.families.enrol(family.id, offer.id, now)
        rules = {"": {"minutes": [5]}, "poll": {"minutes": [3, 4], "quiet": 1}}
        store.agency.replace_policies(rules)

    await stage.machine.archive.write(settle)
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    raised = await alarm(stage)
    assert raised.site_id == "poll"
    assert raised.policy == {
        "minutes": [3, 4],
        "needed": [1, 1],
        "remind_minutes": 10,
        "forgotten_minutes": 5,
        "join_minutes": 30,
        "join": ["lead"],
        "quiet": 1,
        "second_seconds": 15,
    }
    await rule(stage, minutes=[100])
    assert (await alarm(stage)).policy == raised.policy
    await read_all(*stage.phones)


async def test_a_colleague_who_takes_over_is_alone_with_what_is_written(stage: Stage) -> None:
    """Rights end in the second in which somebody else has it."""
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    page = await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await weber.presses("🔄")
    one, whose = await alarm(stage), await person_id(stage, weber)
    assert one.taken_by == whose
    asked = koch.hand.forges(page.message_id, f"crisis:who:{one.id}")
    assert await asked.answer(5.0)
    assert "jemand anderes" in asked.text
    await read_all(koch, weber, amina)
