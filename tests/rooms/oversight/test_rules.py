from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from handlers.oversight.rules import held, staff_role, team, told, unmanned
from storage.records import STAFF, Duty, Person, Role

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
people = st.builds(
    Person,
    id=st.sampled_from("abcdef"),
    telegram_id=st.just(1),
    name=st.sampled_from(["Zoe", "amina", "Chidi"]),
    language=st.none(),
    hint=st.just("de"),
    blocked=st.booleans(),
    roles=st.frozensets(st.sampled_from(Role)),
)
duties = st.lists(st.builds(Duty, st.text(), st.integers(1, 5), st.just(AT)))


@given(people, st.none() | people, st.lists(people))
def test_whoever_is_told_can_hear_it_and_is_somebody_else(
    person: Person, caseworker: Person | None, leads: list[Person]
) -> None:
    for whom in told(person, caseworker, leads):
        assert not whom.blocked
        assert whom is caseworker or whom.id != person.id


@given(people, people, st.lists(people))
def test_a_family_is_never_forgotten_when_its_caseworker_is_gone_too(
    parent: Person, caseworker: Person, leads: list[Person]
) -> None:
    heard = told(parent, caseworker, leads)
    if not parent.is_staff and not caseworker.blocked:
        assert heard == [caseworker]
    else:
        assert heard == [lead for lead in leads if not lead.blocked and lead.id != parent.id]


@given(people, st.lists(people))
def test_of_a_guest_nobody_is_told(person: Person, leads: list[Person]) -> None:
    if not person.is_staff:
        assert told(person, None, leads) == []


@given(st.lists(st.integers(1, 5), unique=True), duties)
def test_a_step_is_manned_or_named(steps: list[int], on: list[Duty]) -> None:
    missing = unmanned(steps, on)
    assert set(missing) | {duty.step for duty in on} >= set(steps)
    assert not set(missing) & {duty.step for duty in on}


@given(st.lists(people))
def test_the_team_holds_all_staff_once_and_nobody_else(met: list[Person]) -> None:
    shown = team(met)
    assert all(person.roles & STAFF for person in shown)
    assert len({person.id for person in shown}) == len(shown)
    assert {person.id for person in shown} == {person.id for person in met if person.is_staff}
    assert [p.name.casefold() for p in shown] == sorted(p.name.casefold() for p in shown)


@given(people)
def test_all_roles_are_read_out(person: Person) -> None:
    assert set(held(person)) == person.roles


@given(st.text())
def test_nobody_is_invited_to_the_team_as_a_parent(word: str) -> None:
    assert staff_role(word) in {*STAFF, None}
    assert staff_role("parent") is None
