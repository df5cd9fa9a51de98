"""In quiet hours everything waits for the morning but help and answers, and what waits stays true."""

from datetime import datetime, timedelta

import pytest

from handlers import appointed, reminding
from storage.records import AppointmentKind, Role
from storage.store import Store
from tests.diary import BERLIN, until
from tests.phones import Phone, read_all
from tests.stage import Stage

CARD = {"de": "Ihr Termin", "tr": "Randevunuz", "ar": "موعدكم"}


def tonight(stage: Stage, hour: int, days: int = 0) -> datetime:
    """An hour of the story's own day."""
    wall = stage.clock.now().astimezone(BERLIN) + timedelta(days=days)
    return wall.replace(hour=hour, minute=0, second=0, microsecond=0)


async def plans(stage: Stage, worker: Phone, label: str, at: datetime) -> str:
    """An appointment is made, as the room of planning makes it."""

    def job(store: Store) -> str:
        now, person = stage.clock.now(), store.people.by_telegram(worker.account.id)
        assert person is not None
        family = next(one for one in store.families.caseload(person.id) if one.label == label)
        kind = AppointmentKind.HOME_VISIT
        made = store.appointments.add(family.id, person.id, kind, at, "Goethestraße")
        reminding.owe(store, made.id, at, now)
        appointed.invite(store, appointed.known(store, made.id), now)
        return made.id

    made = await stage.machine.archive.write(job)
    await stage.quiet()
    return made


async def cancels(stage: Stage, id: str) -> None:
    def job(store: Store) -> None:
        circle = appointed.known(store, id)
        appointed.cancelled(store, circle, by=circle.caseworker, now=stage.clock.now())

    await stage.machine.archive.write(job)
    await stage.quiet()


@pytest.mark.parametrize("tongue", CARD)
async def test_an_invitation_made_at_night_comes_in_the_morning(stage: Stage, tongue: str) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Ahorn 12", koch))
    await until(stage, tonight(stage, 22))
    await plans(stage, koch, "Ahorn 12", tonight(stage, 15, days=3))
    await amina.sees_nothing()
    await until(stage, tonight(stage, 6, days=1))
    await amina.sees_nothing(0.05)
    await until(stage, tonight(stage, 7) + timedelta(seconds=2))
    await amina.sees(CARD[tongue])


async def test_what_was_made_and_cancelled_in_one_night_wakes_nobody(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", koch))
    await until(stage, tonight(stage, 22))
    made = await plans(stage, koch, "Ahorn 12", tonight(stage, 15, days=3))
    await cancels(stage, made)
    await until(stage, tonight(stage, 9, days=1))
    await amina.sees_nothing()


async def test_help_and_answers_come_at_any_hour(stage: Stage) -> None:
    koch = await stage.staff("Herr Weber", Role.ON_CALL)
    amina = await stage.parent(
        "Amina", "de", await stage.family("Ahorn 12", await stage.staff("Frau Koch", Role.CASEWORKER))
    )
    await until(stage, tonight(stage, 23))
    await amina.presses("📅 Termine")
    await amina.sees("keine Termine")
    await amina.presses("🆘 Hilfe")
    await stage.quiet()
    await amina.presses("🚨")
    await koch.sees("A-0001")
    await amina.sees("Ihr Notruf ist gesendet")
    await read_all(*stage.phones)


async def test_a_parent_chooses_when_we_write(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", koch))
    at = tonight(stage, 15, days=3)
    await plans(stage, koch, "Ahorn 12", at)
    await amina.reads_everything()
    await amina.presses("⚙️")
    await amina.sees("⚙️")
    await amina.presses("🔔 Ne zaman yazalım")
    shown = await amina.sees("bir gün önce ve 2 saat önce")
    assert "saat 21 ile 7" in shown.words
    await amina.presses("🌙 akşam")
    assert "akşam saat 19:30" in (await amina.sees("Size ne zaman")).words
    await amina.presses("Bir gün önce")
    await amina.sees("hatırlatırız: bir gün önce.")
    amina.ignores("Bir dokunuş yeter")

    await until(stage, tonight(stage, 17, days=2) + timedelta(minutes=5))
    await amina.sees_nothing(0.05)
    await until(stage, tonight(stage, 20))
    await amina.sees("Randevunuz yarın")
    await until(stage, at)
    await amina.sees_nothing()


async def test_a_caseworker_sees_what_became_of_each_reminder(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", koch)
    amina = await stage.parent("Amina", "de", family)
    samir = await stage.parent("Samir", "ar", family)
    at = tonight(stage, 15, days=2)
    await plans(stage, koch, "Ahorn 12", at)
    await amina.presses("❌ Nein")
    koch.ignores("Amina", "Samir")
    amina.ignores("Termin", "Absage", "Grund", "Warum", "❌")
    samir.ignores("تكفي نقرة واحدة", "موعدكم", "حضر")
    await until(stage, at - timedelta(hours=1))
    await koch.reads_everything()

    await koch.presses("⚙️ Mehr")
    await koch.sees("⚙️")
    await koch.presses("🔔 Erinnerungen")
    shown = (await koch.sees("letzten 7 Tage")).words
    assert "zugestellt: 2" in shown
    assert "entfallen, hat abgesagt: 2" in shown
    assert "Ahorn 12" in shown
    await read_all(*stage.phones)


@pytest.mark.parametrize(("button", "comes_at"), [("Keine Ruhezeit", None), ("20 bis 8", 8), ("22 bis 6", 6)])
async def test_what_waits_follows_other_quiet_hours(stage: Stage, button: str, comes_at: int | None) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", koch))
    await until(stage, tonight(stage, 22))
    await plans(stage, koch, "Ahorn 12", tonight(stage, 15, days=3))
    await amina.presses("⚙️")
    await amina.sees("⚙️")
    await amina.presses("🔔 Wann")
    await amina.sees("Wann")
    await amina.presses(next(label for label in amina.keyboard if button in label))
    await stage.quiet()
    if comes_at is None:
        await stage.forward(seconds=5)
        await amina.sees("Ihr Termin")
        await amina.reads_everything()
        return
    await amina.reads_everything()
    await until(stage, tonight(stage, comes_at, days=1) - timedelta(minutes=1))
    await amina.sees_nothing()
    await until(stage, tonight(stage, comes_at, days=1) + timedelta(seconds=5))
    await amina.sees("Ihr Termin")
