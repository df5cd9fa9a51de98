"""Who helps, who is on call now, and how any room says that somebody has left or must be asked for a test page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.records import Person, Role
from storage.store import Store

PROBE, LEFT, GAPS = "crisis.probe", "rota.left", "rota.gaps"
A_BREATH = timedelta(seconds=5)  # the greeting is read first


def ask_whether_heard(store: Store, person_id: str, now: datetime) -> None:
    """They get a test page in a moment, and do not count as on call before they have answered one."""
    store.timers.set(PROBE, person_id, now + A_BREATH)


def unheard(store: Store, person_id: str, now: datetime) -> None:
    """Nobody knows any more whether they would hear a page: they do not count until they have answered one."""
    store.duties.tested(person_id, None)
    if store.timers.due_at(GAPS, "") is not None:
        store.timers.set(GAPS, "", now)


def leaves_the_rota(store: Store, person_id: str, now: datetime) -> None:
    """They are on call no more: the rota lets go of their shifts."""
    store.timers.set(LEFT, person_id, now)


def helps(person: Person) -> bool:
    """Whether this person still may act on alarms."""
    return bool(person.roles & {Role.ON_CALL, Role.LEAD})


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is on call: who counts, each with the step of their duty; without a test page behind them; out of reach."""

    counting: list[tuple[int, Person]] = field(default_factory=list)
    untested: list[Person] = field(default_factory=list)
    unreachable: list[Person] = field(default_factory=list)


def on_call(store: Store, site_id: str | None, now: datetime, but: Callable[[Person], bool]) -> OnCall:
    """Everybody on call for the site, or at all where it is None, `but` those whom it concerns themselves.

    Only those count who have answered a test page and have not blocked the bot.
    """
    found = OnCall()
    for duty in store.duties.on_now(now):
        theirs = duty.site_id == site_id or None in {duty.site_id, site_id}
        person = store.people.known(duty.person_id) if theirs else None
        if person is None or Role.ON_CALL not in person.roles or but(person):
            continue
        if person.blocked:
            found.unreachable.append(person)
        elif not duty.tested:
            found.untested.append(person)
        else:
            found.counting.append((duty.step, person))
    return found
