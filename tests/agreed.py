"""An appointment that somebody has made: everybody asked to it has a card, and whoever made it a sheet."""

from datetime import datetime
from typing import Any

from handlers import appointed, desk, reminding
from storage.records import Appointment, AppointmentKind, Family, Lane
from storage.store import Store
from tests.phones import Phone
from tests.stage import Stage

COUNSELLING = AppointmentKind.COUNSELLING


async def agreed(
    stage: Stage,
    family: Family,
    at: datetime,
    kind: AppointmentKind = COUNSELLING,
    place: str = "Café am Markt 3",
    **more: Any,
) -> Appointment:
    """Makes it at that moment and waits until all of it has arrived."""
    now = stage.clock.now()

    def make(store: Store) -> Appointment:
        made = store.appointments.add(family.id, family.caseworker_id, kind, at, place, made_at=now, **more)
        reminding.owe(store, made.id, at, now)
        circle = appointed.known(store, made.id)
        appointed.invite(store, circle, now)
        sheet = appointed.seen(circle, circle.caseworker, now)
        desk.post(store, circle.caseworker, sheet, now, Lane.ANSWER, appointed.about(made.id))
        return made

    made = await stage.machine.archive.write(make)
    await stage.quiet()
    return made


async def moved(stage: Stage, made: Appointment, to: datetime, by: Phone) -> bool:
    """Another time for everybody, as the room of moving agrees on one."""
    now = stage.clock.now()

    def move(store: Store) -> bool:
        person = store.people.by_telegram(by.account.id)
        assert person is not None
        return appointed.moved(store, appointed.known(store, made.id), to, by=person, now=now)

    done = await stage.machine.archive.write(move)
    await stage.quiet()
    return done
