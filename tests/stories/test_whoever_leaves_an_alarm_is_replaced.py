"""Holders and joiners go, fall silent or are not there at all: the alarm stays somebody's, and she reads the truth."""

from datetime import timedelta

from handlers.watch import look_at_alarms
from storage.records import AlarmState, Happening, Role
from storage.store import Store
from tests.oncall import TAKE, alarm, happened, is_owed, person_id, rule
from tests.pager import carries, paging
from tests.phones import Phone, plain
from tests.shifts import goes_off, plans
from tests.stage import Stage

PAGE = "Jemand braucht Hilfe"


def said(phone: Phone) -> str:
    return "\n".join(plain(shown.words) for shown in phone.account.messages.values() if shown.from_bot)


async def cries(stage: Stage, koch: Phone) -> Phone:
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await koch.sees(PAGE)
    await stage.quiet()
    return amina


async def leaves(stage: Stage, phone: Phone) -> None:
    """Loses the role, as a lead takes it away."""
    id, now = await person_id(stage, phone), stage.clock.now()

    def gone(store: Store) -> None:
        store.people.revoke(id, Role.ON_CALL)
        store.duties.switch(id, False, now)
        look_at_alarms(store, now)

    await stage.machine.archive.write(gone)
    await stage.forward(seconds=3)
    await stage.quiet()


async def test_what_she_said_stays_when_the_taker_leaves(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    amina = await cries(stage, koch)
    await koch.presses(TAKE)
    await stage.quiet()
    await amina.presses("Ich bin jetzt in Sicherheit")
    await stage.quiet()
    await leaves(stage, koch)
    found = await alarm(stage)
    assert (found.state, found.taken_by) == (AlarmState.OPEN, None)
    assert found.safe_at is not None
    assert Happening.LEFT in await happened(stage)
    assert PAGE in said(weber)
    for phone in (koch, weber, amina):
        await phone.reads_everything()


async def test_whoever_joined_first_has_it_when_the_holder_leaves(stage: Stage) -> None:
    await rule(stage, needed=[2, 1, 1], remind_minutes=60)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    huber = await stage.staff("Frau Huber", Role.ON_CALL, step=2)
    amina = await cries(stage, koch)
    await koch.presses(TAKE)
    await stage.quiet()
    await weber.presses("➕ Ich komme dazu")
    await stage.quiet()
    await leaves(stage, koch)
    found = await alarm(stage)
    assert (found.state, found.taken_by) == (AlarmState.TAKEN, await person_id(stage, weber))
    assert await is_owed(stage, "crisis.remind")
    assert "A-0001" in said(huber)  # two are wanted, and one is left
    assert "Herr Weber" in said(amina)
    for phone in (koch, weber, huber, amina):
        await phone.reads_everything()


async def test_a_holder_out_of_reach_counts_as_silent_at_once(stage: Stage) -> None:
    async with paging() as pager:
        koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
        weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
        await carries(stage, koch, pager, "koch")
        amina = await cries(stage, koch)
        await koch.presses(TAKE)
        await stage.quiet()
        koch.blocks_the_bot()
        await stage.quiet()
        await stage.forward(seconds=3)
        await weber.sees("A-0001")
        await pager.heard_by("koch")
        for phone in (koch, weber, amina):
            await phone.reads_everything()


async def test_leads_out_of_reach_are_rung_beside(stage: Stage) -> None:
    async with paging() as pager:
        lead = await stage.staff("Frau Lang", Role.LEAD)
        await carries(stage, lead, pager, "lang")
        lead.blocks_the_bot()
        await stage.quiet()
        amina = stage.stranger("Amina", "de")
        await amina.types("/alarm")
        await pager.heard_by("lang")
        await stage.forward(minutes=3)
        await pager.stays_silent()
        await lead.reads_everything()
        await amina.reads_everything()


async def test_another_sites_colleague_is_better_than_nobody(stage: Stage) -> None:
    worker = await stage.staff("Frau Klein", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    family = await stage.family("Ahorn", worker)
    amina = await stage.parent("Amina", "de", family)
    now = stage.clock.now()

    def settle(store: Store) -> str:
        offer = next(one for one in store.agency.offers() if one.site_id == "poll")
        store.families.enrol(family.id, offer.id, now)
        return next(one.id for one in store.agency.sites() if one.id != "poll")

    other = await stage.machine.archive.write(settle)
    await goes_off(stage, koch)
    await plans(stage, koch, now - timedelta(minutes=1), now + timedelta(hours=8), site=other)
    await amina.types("/alarm")
    await koch.sees("A-0001")
    await stage.quiet()
    for phone in (worker, koch, amina):
        await phone.reads_everything()


async def test_a_number_is_given_once(stage: Stage) -> None:
    amina, berta = stage.stranger("Amina", "de"), stage.stranger("Berta", "de")
    await amina.types("/alarm")
    await stage.quiet()
    id, now = await person_id(stage, amina), stage.clock.now()
    await stage.machine.archive.write(lambda store: store.erasure.person(id, now))
    await berta.types("/alarm")
    await stage.quiet()
    assert (await alarm(stage)).number == 2
    for phone in (amina, berta):
        await phone.reads_everything()
