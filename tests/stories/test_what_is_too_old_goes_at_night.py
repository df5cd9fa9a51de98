"""What is older than its period goes at night: the first time only after the lead has seen what goes."""

from datetime import timedelta

from handlers.keeping.actions import SETTING
from storage.records import AppointmentKind, Mood, Role
from storage.store import Store
from tests.stage import Stage


async def something_old(stage: Stage) -> str:
    """A family with a check-in and an appointment, both long over; the family's id."""
    baum = await stage.staff("Frau Baum", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", baum)
    now = stage.clock.now()

    def put(store: Store) -> None:
        caseworker = store.people.by_telegram(baum.account.id)
        parent = store.people.met(4711, "tr", now)
        store.people.grant(parent.id, Role.PARENT, now)
        store.families.join(family.id, parent.id)
        assert caseworker is not None
        long_ago = now - timedelta(days=400)
        store.checkins.add(parent.id, family.id, Mood.GOOD, long_ago)
        store.appointments.add(family.id, caseworker.id, AppointmentKind.HOME_VISIT, long_ago, "here")

    await stage.machine.archive.write(put)
    return family.id


async def left(stage: Stage, family_id: str) -> int:
    return await stage.machine.archive.read(
        lambda store: (
            len(store.checkins.of_family(family_id)) + len(store.appointments.ids_of_family(family_id))
        )
    )


async def test_the_lead_agrees_and_the_next_night_it_goes(stage: Stage) -> None:
    lead = await stage.staff("Frau Leiter", Role.LEAD)
    other = await stage.staff("Herr Leiter", Role.LEAD)
    family_id = await something_old(stage)
    await stage.forward(days=1)
    await lead.sees("Termine: 1")
    await other.sees("Termine: 1")
    assert await left(stage, family_id) == 2
    await lead.presses("✅ Einverstanden")
    await lead.sees("in der nächsten Nacht")
    await other.sees("in der nächsten Nacht")
    await stage.forward(days=1)
    assert await left(stage, family_id) == 0
    await lead.sees("Gelöscht, weil die Frist um war")
    await other.sees("Gelöscht, weil die Frist um war")


async def test_without_an_answer_it_goes_after_a_week_and_a_second_notice(stage: Stage) -> None:
    lead = await stage.staff("Frau Leiter", Role.LEAD)
    family_id = await something_old(stage)
    await stage.forward(days=1)
    await lead.sees("Zum ersten Mal")
    for _ in range(6):
        await stage.forward(days=1)
    assert await left(stage, family_id) == 2
    await stage.forward(days=1)
    await lead.sees("Zweiter Hinweis")
    assert await left(stage, family_id) == 2
    await stage.forward(days=1)
    await lead.sees("Gelöscht, weil die Frist um war")
    assert await left(stage, family_id) == 0


async def test_where_nobody_leads_nobody_has_seen_it_and_nothing_goes(stage: Stage) -> None:
    family_id = await something_old(stage)
    await stage.forward(days=12)
    assert await left(stage, family_id) == 2
    assert await stage.machine.archive.read(lambda store: store.settings.get(SETTING)) == ""


async def test_keys_of_days_go_after_a_week(stage: Stage) -> None:
    await stage.staff("Frau Leiter", Role.LEAD)
    first = stage.machine.archive.vault.keyring.holders("day:")
    assert len(first) == 1
    await stage.forward(days=9)
    assert not set(first) & set(stage.machine.archive.vault.keyring.holders("day:"))


async def test_the_lead_reads_how_long_everything_is_kept(stage: Stage) -> None:
    lead = await stage.staff("Frau Leiter", Role.LEAD)
    await lead.presses("🛠 Aufsicht")
    await lead.reads_everything()
    await lead.presses("🧹 Löschfristen")
    await lead.sees("Versandprotokoll: 14")
