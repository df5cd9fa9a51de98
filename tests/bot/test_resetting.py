"""Somebody who lost their code app gets in again, and nobody is mistaken for somebody else."""

from datetime import datetime

import pytest

from bot.commands.resetting import reset
from storage.engine import Archive
from storage.records import Person, Role
from storage.store import Store


def staff(store: Store, number: int, name: str, now: datetime) -> Person:
    person = store.people.met(number, "de", now)
    store.people.rename(person.id, name)
    store.people.grant(person.id, Role.LEAD, now)
    store.people.grant(person.id, Role.ON_CALL, now)
    store.logins.begin(person.id, "JBSWY3DPEHPK3PXP")
    return store.people.get(person.id)


async def test_the_app_of_the_one_who_is_called_so_is_forgotten(archive: Archive, now: datetime) -> None:
    def lost(store: Store) -> tuple[int, bool, bool]:
        lead, other = staff(store, 1, "Frau L.", now), staff(store, 2, "Herr W.", now)
        found = reset(store, "Frau L.", now)
        return found, store.logins.of(lead.id) is None, store.logins.of(other.id) is not None

    assert await archive.write(lost) == (1, True, True)
    assert [line["act"] for line in await archive.read(lambda store: store.journal.newest())] == [
        "login.reset"
    ]


@pytest.mark.parametrize("name", ["Frau L.", "Niemand", ""])
async def test_two_of_a_name_and_nobody_change_nothing(archive: Archive, now: datetime, name: str) -> None:
    def lost(store: Store) -> list[bool]:
        people = [staff(store, 1, "Frau L.", now), staff(store, 2, "Frau L.", now)]
        assert reset(store, name, now) != 1
        return [store.logins.of(person.id) is not None for person in people]

    assert await archive.write(lost) == [True, True]
