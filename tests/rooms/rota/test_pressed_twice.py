"""Buttons of the rota pressed twice, or late: nobody is given two shifts at once, and nobody is thought to count."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from handlers.callback import press, read
from handlers.refusal import Refusal
from handlers.rota import duty, leading, making, probing
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Person, Role, Shift, ShiftState
from storage.store import Store
from storage.types import to_millis

HOUR = timedelta(hours=1)


@dataclass
class House:
    """A store with a lead and two who hold the phone and have answered a test page."""

    store: Store
    now: datetime
    lead: Person
    koch: Person
    neu: Person

    def turn(self, person: Person, verb: str, *parts: str) -> Turn:
        return Turn(
            self.store, person, self.now, Asked(press=read(press("rota", verb, *parts)), message_id=7)
        )

    def fills(self, who: Person, begins: int, ends: int) -> None:
        """The lead gives somebody the gap between two hours from now."""
        hours = (f"{to_millis(self.now + timedelta(hours=n)) // 60_000:x}" for n in (begins, ends))
        leading.filled(self.turn(self.lead, "filled", *hours, "1", "", who.id))

    def holders(self) -> list[str]:
        return [one.person_id for one in self.store.rota.between(self.now, self.now + timedelta(days=2))]

    def told(self, person: Person) -> bool:
        return any(one.person_id == person.id for one in self.store.take_posted())


def house(store: Store, now: datetime) -> House:
    store.settings.ask_for_codes(False)
    made = []
    for number, role in ((1, Role.LEAD), (2, Role.ON_CALL), (3, Role.ON_CALL)):
        person = store.people.met(number, "de", now)
        store.people.grant(person.id, role, now)
        if role is Role.ON_CALL:
            store.duties.assign(person.id, 1, now)
            store.duties.tested(person.id, now)
        made.append(store.people.get(person.id))
    return House(store, now, *made)


async def test_a_gap_is_filled_once_however_often_it_is_pressed(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        here = house(store, now)
        here.fills(here.koch, 5, 13)
        with pytest.raises(Refusal, match=r"rota\.overlap_of"):
            here.fills(here.koch, 5, 13)
        with pytest.raises(Refusal, match=r"rota\.filled_before"):
            here.fills(here.neu, 5, 13)
        here.fills(here.neu, 5, 14)
        assert sorted(here.holders()) == sorted([here.koch.id, here.neu.id])

    await archive.write(story)


async def test_a_gap_of_somebody_untested_may_be_filled_by_another(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        here = house(store, now)
        store.duties.tested(here.koch.id, None)
        here.fills(here.koch, 5, 13)
        here.fills(here.neu, 5, 13)
        assert set(here.holders()) == {here.koch.id, here.neu.id}

    await archive.write(story)


async def test_nobody_is_given_a_shift_beside_their_own(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        here = house(store, now)
        spans = ((here.koch, 2, 6), (here.neu, 5, 9), (here.neu, 9, 12))
        shifts = [
            making.add(
                store,
                Shift("", who.id, None, 1, now + begins * HOUR, now + ends * HOUR, ShiftState.PLANNED),
                now,
            )
            for who, begins, ends in spans
        ]
        with pytest.raises(Refusal, match=r"rota\.overlap_of"):
            leading.given(here.turn(here.lead, "given", shifts[1].id, here.koch.id))
        assert here.holders() == [here.koch.id, here.neu.id, here.neu.id]
        leading.given(here.turn(here.lead, "given", shifts[2].id, here.koch.id))
        assert here.holders() == [here.koch.id, here.neu.id, here.koch.id]

    await archive.write(story)


@pytest.mark.parametrize("why", ["untested", "blocked"])
async def test_the_leads_hear_when_the_last_goes_off_who_would_hear_a_page(
    archive: Archive, now: datetime, why: str
) -> None:
    def story(store: Store) -> None:
        here = house(store, now)
        if why == "untested":
            store.duties.tested(here.neu.id, None)
        else:
            store.people.set_blocked(here.neu.id, True)
        store.take_posted()
        duty.off(here.turn(here.koch, "off"))
        assert here.told(here.lead)

    await archive.write(story)


async def test_the_leads_hear_nothing_while_somebody_is_left(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        here = house(store, now)
        duty.off(here.turn(here.koch, "off"))
        assert not here.told(here.lead)

    await archive.write(story)


async def test_a_test_page_answered_again_counts_again(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        here = house(store, now)
        store.duties.tested(here.koch.id, None)
        sent = store.probes.send(here.koch.id, now)
        for _ in range(2):
            probing.heard(here.turn(here.koch, "heard", sent.id))
            assert store.duties.tested_at(here.koch.id) == now
            store.duties.tested(here.koch.id, None)

    await archive.write(story)
