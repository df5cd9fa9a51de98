"""A week without holidays in Köln, and appointments in it that were made without pressing through a calendar."""

from datetime import date, datetime, timedelta

from handlers import appointed
from handlers.slots import is_working
from storage.records import Answer, Appointment, AppointmentKind, Family
from storage.store import Store
from tests.diary import BERLIN, on, until
from tests.phones import Phone
from tests.stage import UNANSWERED, Stage

TUESDAY, WORKING_DAYS = 1, (0, 1, 2, 3, 6)


async def tuesday(stage: Stage, clock: str = "10:00") -> date:
    """Winds the clock to a Tuesday behind which lies a week without holidays; nothing is excused there. The day."""
    day = stage.clock.now().astimezone(BERLIN).date() + timedelta(days=1)
    while day.weekday() != TUESDAY or not all(is_working(day + timedelta(days=n)) for n in WORKING_DAYS):
        day += timedelta(days=1)
    await until(stage, on(day, clock))
    for phone in stage.phones:
        await phone.minds(*UNANSWERED).reads_everything()
    return day


async def agrees(
    stage: Stage,
    caseworker: Phone,
    family: Family,
    starts_at: datetime,
    *,
    kind: AppointmentKind = AppointmentKind.HOME_VISIT,
    series_id: str | None = None,
) -> Appointment:
    """The caseworker has made an appointment of an hour; everybody asked has their card."""
    now = stage.clock.now()

    def make(store: Store) -> Appointment:
        by = store.people.by_telegram(caseworker.account.id)
        assert by is not None
        made = store.appointments.add(family.id, by.id, kind, starts_at, "", series_id=series_id, made_at=now)
        appointed.invite(store, appointed.known(store, made.id), now)
        return made

    made = await stage.machine.archive.write(make)
    await stage.quiet()
    return made


async def says(stage: Stage, phone: Phone, appointment: Appointment, answer: Answer) -> None:
    """What the parent has answered, in the store."""
    now = stage.clock.now()

    def job(store: Store) -> None:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        store.appointments.answer(appointment.id, person.id, answer, now)

    await stage.machine.archive.write(job)


async def family_of(stage: Stage, phone: Phone) -> Family:
    """The family this parent belongs to."""

    def found(store: Store) -> Family | None:
        person = store.people.by_telegram(phone.account.id)
        return store.families.of_person(person.id) if person else None

    family = await stage.machine.archive.read(found)
    assert family is not None
    return family
