"""What stories about missed or late words have in common: plans made at night, changes, and what is new in a chat."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from handlers import appointed
from handlers.calendar import Draft
from handlers.planning import actions
from storage.appointments import Circle
from storage.records import Appointment, Family, Person, Role
from storage.store import Store
from tests.diary import BERLIN
from tests.othertimes import a_quiet_tuesday
from tests.phones import Phone, plain
from tests.stage import Stage


async def household(stage: Stage) -> tuple[Phone, Family, Phone]:
    """A caseworker, a family and its mother, on a quiet Tuesday at eight."""
    await a_quiet_tuesday(stage)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    return klein, family, await stage.parent("Amina", "de", family)


def wall(stage: Stage, clock: str, days: int = 0) -> datetime:
    """A time in Köln so many days from the story's today."""
    day = stage.clock.now().astimezone(BERLIN).date() + timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), BERLIN)


async def plans(stage: Stage, family: Family, at: datetime, times: int = 1) -> Appointment:
    """Made as the room of planning makes it, `times` weeks in a row; the first of them."""
    there = at.astimezone(BERLIN)
    draft = Draft(
        "k",
        subject=family.id,
        kind="home_visit",
        day=there.date(),
        hour=there.hour,
        minute=there.minute,
        place="Goethestraße 1",
        times=times,
    )

    def make(store: Store) -> Appointment:
        by = store.people.get(family.caseworker_id)
        return actions.send(store, draft, family, by=by, now=stage.clock.now()).appointment

    made = await stage.machine.archive.write(make)
    await stage.quiet()
    return made


async def does(stage: Stage, made: Appointment, act: Callable[[Store, Circle, datetime], object]) -> None:
    """Something is done to an appointment, and all of it has arrived."""
    now = stage.clock.now()
    await stage.machine.archive.write(lambda store: act(store, appointed.known(store, made.id), now))
    await stage.quiet()


async def cancels(stage: Stage, made: Appointment) -> None:
    """Its caseworker calls it off."""
    await does(stage, made, lambda store, of, now: appointed.cancelled(store, of, by=of.caseworker, now=now))


async def whose(stage: Stage, phone: Phone) -> Person:
    """The person who holds the phone."""

    def look(store: Store) -> Person:
        found = store.people.by_telegram(phone.account.id)
        assert found is not None
        return found

    return await stage.machine.archive.read(look)


def unread(phone: Phone) -> list[str]:
    """What has come since the chat was last looked at, as plain words."""
    return [plain(one.words) for one in phone.account.messages.values() if one.fresh and one.from_bot]
