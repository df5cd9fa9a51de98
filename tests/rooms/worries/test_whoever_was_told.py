"""Who reads words of distress: those who were told of them, these words and no others, and not for good."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.access import Asking
from handlers.refusal import Refusal
from handlers.worries import actions, rules
from storage.engine import Archive
from storage.records import Person, Role, Worry, WorryState
from storage.store import Store

THEN = datetime.fromisoformat("2026-11-24T09:00:00+00:00")


def on_call(store: Store, number: int, now: datetime) -> Person:
    person = store.people.met(number, "de", now)
    store.people.grant(person.id, Role.ON_CALL, now)
    store.duties.assign(person.id, 1, now)
    store.duties.tested(person.id, now)
    return store.people.get(person.id)


def mother(store: Store, now: datetime) -> tuple[Person, str]:
    """Amina, and her family's id."""
    klein = store.people.met(1, "de", now)
    store.people.grant(klein.id, Role.CASEWORKER, now)
    family = store.families.add("Ahorn", klein.id, now)
    amina = store.people.met(2, "de", now)
    store.people.grant(amina.id, Role.PARENT, now)
    store.families.join(family.id, amina.id)
    return store.people.get(amina.id), family.id


def wrote(store: Store, person: Person, text: str, at: datetime) -> Worry:
    worry, asks = actions.keep(store, person, text, at)
    if asks:
        actions.unanswered(store, worry, at)
    return worry


def read(store: Store, by: Person, worry: Worry, now: datetime) -> str:
    store.take_posted()
    found = store.worries.get(worry.id)
    assert found is not None
    actions.tell(Asking(store, by, now), found)
    return " ".join(str(owed.body) for owed in store.take_posted())


async def test_an_old_button_opens_no_later_words(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina, _ = mother(store, now)
        koch = on_call(store, 3, now)
        first = wrote(store, amina, "Er schlägt mich", now)
        wrote(store, amina, "Ich habe solche Angst", now + timedelta(minutes=8))
        later = now + timedelta(days=2)
        wrote(store, amina, "Ein anderer Tag", later)
        before = store.journal.count()

        said = read(store, koch, first, later)

        assert "schlägt" in said
        assert "Angst" in said
        assert "anderer Tag" not in said
        assert store.journal.count() == before + 2

    await archive.write(story)


async def test_after_thirty_days_the_button_opens_nothing(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina, _ = mother(store, now)
        koch = on_call(store, 3, now)
        worry = wrote(store, amina, "Er schlägt mich", now)
        assert "schlägt" in read(store, koch, worry, now + timedelta(days=29))
        with pytest.raises(Refusal):
            read(store, koch, worry, now + timedelta(days=30))

    await archive.write(story)


async def test_the_father_on_call_neither_hears_of_it_nor_reads_it(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina, family_id = mother(store, now)
        father, koch = on_call(store, 3, now), on_call(store, 4, now)
        store.families.join(family_id, father.id)
        worry = wrote(store, amina, "Er schlägt mich", now)
        told = {card.person_id for card in store.cards.about(actions.about(worry))}
        assert koch.id in told
        assert father.id not in told
        store.cards.add(father.id, actions.about(worry), now)  # as if he had been told before he joined
        with pytest.raises(Refusal):
            read(store, father, worry, now)

    await archive.write(story)


@given(st.lists(st.integers(0, 1500), max_size=8))
def test_whatever_follows_without_a_pause_belongs_together(pauses: list[int]) -> None:
    at, every = THEN, [Worry("0", "p", "f", "x", THEN, WorryState.UNANSWERED)]
    for n, pause in enumerate(pauses, 1):
        at += timedelta(seconds=pause)
        every.append(Worry(str(n), "p", "f", "x", at, WorryState.UNANSWERED))
    long = [n for n, pause in enumerate(pauses) if timedelta(seconds=pause) >= rules.NOT_AGAIN]
    expected = every[: long[0] + 1] if long else every
    assert rules.together(every[0], every) == expected
