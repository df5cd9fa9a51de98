"""An address may be a stranger's: it is rung with few codes, and never again once the role is gone."""

from datetime import datetime, timedelta

import pytest

from handlers.access import Asking
from handlers.callback import Press
from handlers.second import actions, chat, rules
from handlers.team import actions as team
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import DeliveryState, Person, Ring, Role, SecondWay
from storage.store import Store

ADDRESS = "mailtos://n:p@mail.example.org?to=somebody@example.org"


def somebody(store: Store, number: int, now: datetime, *roles: Role) -> Person:
    person = store.people.met(number, "de", now)
    for role in roles:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def types(store: Store, person: Person, now: datetime, address: str = ADDRESS) -> Turn:
    turn = Turn(store, person, now, Asked(text=address))
    chat.address(turn)
    return turn


def asks_again(store: Store, person: Person, way: SecondWay, now: datetime) -> Turn:
    turn = Turn(store, person, now, Asked(press=Press("second", "again", (way.id,)), message_id=5))
    chat.again(turn)
    return turn


def rung(store: Store, now: datetime) -> list[Ring]:
    """What leaves now, as if it got through."""
    owed = store.rings.claim(now, 500)
    for one in owed:
        store.rings.settle(one, DeliveryState.DELIVERED, now)
    return owed


async def test_three_codes_an_hour_and_one_more_when_it_is_over(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch = somebody(store, 1, now, Role.ON_CALL)
        types(store, koch, now)
        (way,) = store.second_ways.of_person(koch.id)
        left = len(rung(store, now))
        for minute in range(1, 60):
            at = now + timedelta(minutes=minute)
            asks_again(store, koch, way, at)
            left += len(rung(store, at))
        assert left == rules.MOST_CODES
        asks_again(store, koch, way, now + timedelta(hours=1))
        assert len(rung(store, now + timedelta(hours=1))) == 1

    await archive.write(story)


async def test_an_earlier_code_does_not_leave_and_is_not_kept(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch = somebody(store, 1, now, Role.ON_CALL)
        types(store, koch, now)
        (way,) = store.second_ways.of_person(koch.id)
        asks_again(store, koch, way, now)
        newest, earlier = store.rings.newest()
        assert (earlier["state"], earlier["text"]) == (DeliveryState.SUPERSEDED, "")
        assert [one.id for one in store.rings.claim(now, 9)] == [newest["id"]]

    await archive.write(story)


async def test_tries_are_not_renewed_without_a_new_code(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch = somebody(store, 1, now, Role.ON_CALL)
        types(store, koch, now)
        (way,) = store.second_ways.of_person(koch.id)
        for _ in range(rules.MOST_CODES - 1):
            asks_again(store, koch, way, now)
        chat.code(Turn(store, koch, now, Asked(text="no code")))
        asks_again(store, koch, way, now)
        dialogue = store.dialogues.of(koch.id, now)
        assert dialogue is not None
        assert dialogue.content["left"] == rules.MOST_TRIES - 1

    await archive.write(story)


async def test_an_address_taken_away_and_added_again_counts_on(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch, weber = (somebody(store, number, now, Role.ON_CALL) for number in (1, 2))
        for person in (koch, koch, weber, koch, weber):
            types(store, person, now)
            for way in store.second_ways.of_person(person.id):
                actions.remove(Asking(store, person, now), way)
        types(store, weber, now)
        assert store.second_ways.of_person(weber.id) == []
        types(store, weber, now, ADDRESS.replace("somebody", "another"))
        assert len(store.second_ways.of_person(weber.id)) == 1

    await archive.write(story)


async def test_one_person_rings_at_no_more_than_so_many_addresses(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch = somebody(store, 1, now, Role.ON_CALL)
        kept = 0
        for n in range(20):
            types(store, koch, now, ADDRESS.replace("somebody", f"number{n}"))
            for way in store.second_ways.of_person(koch.id):
                kept += 1
                actions.remove(Asking(store, koch, now), way)
        assert kept == rules.MOST_CODES_OF_ONE

    await archive.write(story)


@pytest.mark.parametrize(("taken", "left"), [(Role.ON_CALL, 0), (Role.CASEWORKER, 1)])
async def test_who_is_on_call_no_more_is_rung_nowhere(
    archive: Archive, now: datetime, taken: Role, left: int
) -> None:
    def story(store: Store) -> None:
        haas = somebody(store, 1, now, Role.LEAD)
        koch = somebody(store, 2, now, Role.ON_CALL, Role.CASEWORKER)
        store.second_ways.confirm(store.second_ways.add(koch.id, ADDRESS, now).id, now)
        types(store, koch, now, ADDRESS.replace("somebody", "another"))
        team.revoke(Asking(store, haas, now), koch.id, taken)
        assert len(store.second_ways.of_person(koch.id)) == 2 * left
        assert len(store.rings.newest()) == left
        assert store.people.get(koch.id).is_staff

    await archive.write(story)


async def test_a_lead_keeps_theirs_without_the_phone(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        haas, other = (somebody(store, number, now, Role.LEAD, Role.ON_CALL) for number in (1, 2))
        store.second_ways.add(other.id, ADDRESS, now)
        team.revoke(Asking(store, haas, now), other.id, Role.ON_CALL)
        assert len(store.second_ways.of_person(other.id)) == 1
        team.revoke(Asking(store, haas, now), other.id, Role.LEAD)
        assert store.second_ways.of_person(other.id) == []

    await archive.write(story)
