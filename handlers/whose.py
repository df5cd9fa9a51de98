"""Which family stands behind what a message is about, and by which ids messages speak of a family."""

from collections.abc import Callable
from typing import Protocol

from storage.records import Family
from storage.store import Store


class _Thing(Protocol):
    @property
    def family_id(self) -> str | None: ...


_ITSELF = ("family", "file", "hold")
_PERSON = ("person", "consent", "doubt")
_THINGS: dict[str, Callable[[Store, str], _Thing | None]] = {
    **dict.fromkeys(("appointment", "answered", "missed"), lambda store, key: store.appointments.get(key)),
    **dict.fromkeys(
        ("alarm", "who", "lines", "timeline", "debrief"), lambda store, key: store.alarms.get(key)
    ),
    "call": lambda store, key: store.calls.get(key),
    "concern": lambda store, key: store.concerns.get(key),
    **dict.fromkeys(("worry", "distress"), lambda store, key: store.worries.get(key)),
    "checkin": lambda store, key: store.checkins.get(key),
    "move": lambda store, key: store.moves.get(key),
    "entrusted": lambda store, key: store.entrusted.get(key),
    "invitation": lambda store, key: store.invitations.get(key),
    "practice": lambda store, key: store.practices.get(key),
    "request": lambda store, key: store.requests.get(key),
}


def family_behind(store: Store, about: str) -> str | None:
    """The id of the family a card or a delivery is about, such as "checkin:ID"; None where there is none."""
    kind, _, id = about.partition(":")
    if kind in _ITSELF or kind in _PERSON:
        family = store.families.get(id) if kind in _ITSELF else store.families.of_person(id)
        return family.id if family is not None else None
    thing = _THINGS[kind](store, id) if kind in _THINGS else None
    return thing.family_id if thing is not None else None


def names(store: Store, family: Family) -> set[str]:
    """The ids by which messages are about this family, but for its alarms and wishes to be forgotten."""
    return {
        family.id,
        *(parent.id for parent in store.people.of_family(family.id)),
        *store.appointments.ids_of_family(family.id),
        *store.moves.ids_of_family(family.id),
        *store.calls.ids_of_family(family.id),
        *store.invitations.ids_of_family(family.id),
        *store.practices.ids_of_family(family.id),
        *(taken.id for taken in store.checkins.of_family(family.id)),
        *store.worries.ids_of_family(family.id),
        *(words.id for words in store.entrusted.of_family(family.id)),
        *(concern.id for concern in store.concerns.of_family(family.id)),
    }
