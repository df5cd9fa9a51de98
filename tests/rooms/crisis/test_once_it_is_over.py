"""Who learns whose alarm it was: whoever took it, for some weeks; nobody of the family itself, at any time."""

from datetime import datetime, timedelta

import pytest

from handlers.access import Act, Asking, authorise, may
from handlers.callback import Press
from handlers.crisis import actions, answering, oncall, pages, sight
from handlers.protection import actions as protection
from handlers.refusal import Refusal
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Alarm, Outcome, Person, Role
from storage.store import Store


def somebody(store: Store, number: int, now: datetime, *roles: Role) -> Person:
    person = store.people.met(number, "de", now)
    for role in roles:
        store.people.grant(person.id, role, now)
    if Role.ON_CALL in roles:
        store.duties.assign(person.id, 1, now)
        store.duties.tested(person.id, now)
    return store.people.get(person.id)


def current(store: Store, alarm: Alarm) -> Alarm:
    return sight.fresh(store, alarm)


def family_of(store: Store, *members: Person, now: datetime) -> str:
    klein = somebody(store, 1, now, Role.CASEWORKER)
    family = store.families.add("Ahorn", klein.id, now)
    for one in members:
        store.families.join(family.id, one.id)
    return family.id


async def test_who_was_only_paged_reads_nothing_once_it_has_ended(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina = somebody(store, 2, now, Role.PARENT)
        family_of(store, amina, now=now)
        koch, weber = (somebody(store, number, now, Role.ON_CALL) for number in (3, 4))
        alarm, _ = actions.raise_alarm(store, amina, now)
        assert answering.acknowledge(store, current(store, alarm), koch, now)
        store.alarms.forgotten(alarm.id, now)
        assert may(Asking(store, weber, now), Act.SEE_WHO_NEEDS_HELP, current(store, alarm))
        assert answering.stand_down(store, current(store, alarm), koch, Outcome.ADVISED, now)
        assert current(store, alarm).forgotten_at is None
        for days, koch_may in ((0, True), (29, True), (30, False), (150, False)):
            later, over = now + timedelta(days=days), current(store, alarm)
            assert may(Asking(store, koch, later), Act.SEE_WHO_NEEDS_HELP, over) is koch_may
            assert not may(Asking(store, weber, later), Act.SEE_WHO_NEEDS_HELP, over)

    await archive.write(story)


async def test_the_father_is_not_paged_and_does_not_help(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina = somebody(store, 2, now, Role.PARENT)
        father = somebody(store, 3, now, Role.PARENT, Role.ON_CALL, Role.LEAD)
        koch = somebody(store, 4, now, Role.ON_CALL)
        family_id = family_of(store, amina, father, now=now)
        alarm, _ = actions.raise_alarm(store, amina, now)
        assert {page.person_id for page in store.alarms.paged(alarm.id)} == {koch.id}
        asks = Asking(store, father, now)
        for act in (Act.TAKE_ALARM, Act.SEE_WHO_NEEDS_HELP, Act.READ_ALARM_LOG, Act.READ_DEBRIEFS):
            with pytest.raises(Refusal) as no:
                authorise(asks, act, current(store, alarm))
            assert no.value.phrase.key == "alarm.for_others"
        klein = Asking(store, somebody(store, 1, now), now)
        concern = protection.begin(klein, family_id, 0)
        for refused in (
            lambda: protection.read(asks, concern.id),
            lambda: protection.of_family(asks, family_id),
        ):
            with pytest.raises(Refusal):
                refused()
        assert protection.listed(asks) == []

    await archive.write(story)


async def test_where_only_the_father_is_on_call_the_other_lead_is_rung(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        amina = somebody(store, 2, now, Role.PARENT)
        father = somebody(store, 3, now, Role.PARENT, Role.ON_CALL, Role.LEAD)
        haas = somebody(store, 4, now, Role.LEAD)
        family_of(store, amina, father, now=now)
        alarm, _ = actions.raise_alarm(store, amina, now)
        assert {page.person_id for page in store.alarms.paged(alarm.id)} == {haas.id}

    await archive.write(story)


def pressed(store: Store, person: Person, now: datetime, verb: str, *parts: str) -> str:
    """What the person reads after this press."""
    store.take_posted()
    turn = Turn(store, person, now, Asked(press=Press("crisis", verb, parts), message_id=5))
    {"board": oncall.board, "all": oncall.all_alarms}[verb](turn)
    return " ".join(str(owed.body) for owed in store.take_posted() if owed.person_id == person.id)


async def test_whoever_comes_on_duty_reaches_every_open_alarm(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        for number in range(45):
            actions.raise_alarm(store, somebody(store, 100 + number, now, Role.PARENT), now)
        koch = somebody(store, 2, now, Role.ON_CALL)
        said = "".join(pressed(store, koch, now, "all", str(page)) for page in range(3))
        assert all(f"A-{number:04d}" in said for number in range(1, 46))
        assert "A-0001" in pressed(store, koch, now, "board", "0")  # an old hand-over's button

    await archive.write(story)


async def test_the_list_is_turned_where_it_is_long(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        for number in range(21):
            actions.raise_alarm(store, somebody(store, 100 + number, now, Role.PARENT), now)
        alarms = store.alarms.not_ended()
        first, second = (pages.open_alarms(alarms, page) for page in (0, 1))
        labels = [[button.label for row in shown.buttons for button in row] for shown in (first, second)]
        assert "▶️" in labels[0]
        assert "A-0021" in labels[1]
        assert "◀️" in labels[1]

    await archive.write(story)
