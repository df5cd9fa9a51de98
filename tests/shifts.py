"""What stories about the rota have in common: an agency with one step, people who are off, shifts by the clock."""

from datetime import date, datetime, time, timedelta

from handlers.rota import making, rules, watching
from locales.zone import here
from storage.agency import EVERYWHERE
from storage.records import Person, Shift, ShiftState
from storage.store import Store
from tests.phones import Phone
from tests.stage import Stage


async def one_step(stage: Stage, steps: int = 1) -> None:
    """The agency pages this many steps, and nobody is woken by notices about the rota."""
    policy = {"minutes": [5] * steps, "quiet": 1}
    await stage.machine.archive.write(lambda store: store.agency.replace_policies({EVERYWHERE: policy}))


async def goes_off(stage: Stage, *phones: Phone) -> None:
    """They are off by hand; the rota alone says when they are on."""
    now = stage.clock.now()

    def switch(store: Store) -> None:
        for phone in phones:
            store.duties.switch(person_of(store, phone).id, False, now)

    await stage.machine.archive.write(switch)


async def plans(
    stage: Stage, phone: Phone, starts_at: datetime, ends_at: datetime, step: int = 1, site: str | None = None
) -> Shift:
    """A single shift, written down as from a file."""
    now = stage.clock.now()

    def add(store: Store) -> Shift:
        who = person_of(store, phone).id
        shift = Shift("", who, site, step, starts_at, ends_at, ShiftState.PLANNED)
        made = making.add(store, shift, now)
        watching.look(store, now)
        return made

    made = await stage.machine.archive.write(add)
    await stage.quiet()
    return made


async def winds_to(stage: Stage, at: datetime) -> None:
    """Winds the clock to just after a moment; all that falls due on the way happens."""
    rest = at - stage.clock.now() + timedelta(milliseconds=50)
    await stage.forward(seconds=max(rest.total_seconds(), 0))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in Köln, as a UTC moment."""
    return rules.moment(day, time(hour, minute))


def today(stage: Stage, days: int = 0) -> date:
    return stage.clock.now().astimezone(here()).date() + timedelta(days=days)


def person_of(store: Store, phone: Phone) -> Person:
    found = store.people.by_telegram(phone.account.id)
    assert found is not None
    return found


async def shifts(stage: Stage) -> list[Shift]:
    """All that are planned from now on."""
    now = stage.clock.now()
    return await stage.machine.archive.read(lambda store: store.rota.between(now, now + timedelta(days=3650)))
