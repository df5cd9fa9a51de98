"""Who of the cast holds the crisis phone when: weekly shifts, as the lead would have written them down."""

from dataclasses import dataclass
from datetime import datetime

from handlers.rota import making
from locales.zone import here
from storage.records import Pattern, Person, Role
from storage.store import Store

WEEKDAYS = range(7)


@dataclass(frozen=True, slots=True)
class Weekly:
    """The same hours on each day of the week."""

    name: str
    step: int
    begins: str
    ends: str


# nobody stands on the third step: the lead is shown such a gap until it is filled
ROTA = (
    Weekly("Frau Koch", 1, "18:00", "08:00"),
    Weekly("Herr Weber", 2, "18:00", "08:00"),
    Weekly("Herr Weber", 1, "08:00", "18:00"),
)


def write_down(store: Store, now: datetime) -> None:
    """The shifts of eight weeks. Who is on by hand stays so until a shift of theirs ends."""
    held = {person.name: person for person in store.people.with_role(Role.ON_CALL)}
    made = [_pattern(one, held[one.name], day, now) for one in ROTA for day in WEEKDAYS]
    making.make(store, [store.rota.add_pattern(one) for one in made], now)


def _pattern(one: Weekly, person: Person, weekday: int, now: datetime) -> Pattern:
    since = now.astimezone(here()).date().isoformat()
    return Pattern("", person.id, None, one.step, weekday, one.begins, one.ends, since, None)
