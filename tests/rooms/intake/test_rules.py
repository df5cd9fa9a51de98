from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handlers.intake.rules import Fit, asks_language, code_in, fit, is_limited
from handlers.links import HELLO
from storage.records import STAFF, Invitation, Person, Role
from storage.spoken import as_spoken, grouped, new_spoken

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
roles = st.frozensets(st.sampled_from(Role))
families = st.none() | st.sampled_from(["north", "south"])


def invitation(role: Role, family_id: str | None = "north") -> Invitation:
    return Invitation("i", role, "Amina", family_id, 1, False, None, AT, None, None, None)


def somebody(*held: Role, language: str | None = None, hint: str = "de") -> Person:
    return Person("p", 1, "", language, hint, blocked=False, roles=frozenset(held))


@given(roles, roles, st.sampled_from(["de", "tr", "en"]), st.sampled_from(["de", "en", ""]))
def test_nobody_who_has_chosen_is_asked_again(
    before: frozenset[Role], after: frozenset[Role], chosen: str, hint: str
) -> None:
    was, now = (somebody(*held, language=chosen, hint=hint) for held in (before, after))
    assert not asks_language(was, now)


@pytest.mark.parametrize("hint", ["de", "de-AT", "DE_ch"])
@pytest.mark.parametrize("held", sorted(STAFF))
def test_staff_whose_app_speaks_german_are_not_asked(held: Role, hint: str) -> None:
    assert not asks_language(somebody(hint=hint), somebody(held, hint=hint))


@pytest.mark.parametrize("hint", ["en", "en-GB", "tr", "den", ""])
@pytest.mark.parametrize("held", sorted(STAFF))
def test_other_staff_are_asked_when_they_join_and_not_later(held: Role, hint: str) -> None:
    joined = somebody(held, hint=hint)
    assert asks_language(somebody(hint=hint), joined)
    assert not asks_language(joined, joined)


@pytest.mark.parametrize("held", [(), (Role.PARENT,)])
def test_families_are_asked_until_they_have_chosen(held: tuple[Role, ...]) -> None:
    assert asks_language(somebody(), somebody(*held))
    assert asks_language(somebody(*held), somebody(*held))


@given(st.text(ALPHABET, min_size=22, max_size=64))
def test_it_reads_every_code_telegram_can_carry(code: str) -> None:
    assume(not as_spoken(code))
    assert code_in(f"/start {code}") == code
    assert code_in(f"  /start@PaenzPorzBot   {code} ") == code


def test_it_reads_a_spoken_code_with_its_gaps() -> None:
    code = new_spoken()
    assert code_in(f"/start {grouped(code)}") == code


def test_a_hello_is_no_code() -> None:
    assert code_in(f"/start {HELLO}") is None


@given(st.integers(0, 200), st.integers(0, 200))
def test_five_of_ones_own_or_fifty_of_all_are_enough(own: int, others: int) -> None:
    assert is_limited(own, own + others) == (own >= 5 or own + others >= 50)


@pytest.mark.parametrize("text", ["/start", " /start ", "/start@PaenzPorzBot"])
def test_a_bare_start_has_no_code(text: str) -> None:
    assert code_in(text) is None


@pytest.mark.parametrize("text", ["/start a b", "/start ü", "/start " + "a" * 65, "/start a;drop"])
def test_what_can_be_no_code_is_wrong_but_not_absent(text: str) -> None:
    assert code_in(text) == ""


@given(roles, families, st.sampled_from(Role))
def test_nobody_becomes_both_staff_and_parent(held: frozenset[Role], family: str | None, role: Role) -> None:
    if fit(held, family, invitation(role)) is Fit.FITS:
        after = held | {role}
        mixed_before = Role.PARENT in held and bool(held & STAFF)
        assert mixed_before or not (Role.PARENT in after and after & STAFF)


@given(roles, families, families)
def test_a_parent_never_gets_a_second_family(
    held: frozenset[Role], family: str | None, offered: str | None
) -> None:
    if family is not None:
        assert fit(held, family, invitation(Role.PARENT, offered)) is not Fit.FITS


@given(st.frozensets(st.sampled_from(sorted(STAFF))), st.sampled_from(sorted(STAFF)))
def test_staff_may_gain_further_roles(held: frozenset[Role], role: Role) -> None:
    assert fit(held, None, invitation(role, None)) is Fit.FITS


def test_each_no_has_its_own_reason() -> None:
    parent = frozenset({Role.PARENT})
    assert fit(parent, "north", invitation(Role.PARENT)) is Fit.ALREADY_IN
    assert fit(parent, "south", invitation(Role.PARENT)) is Fit.OTHER_FAMILY
    assert fit(parent, "north", invitation(Role.LEAD, None)) is Fit.FOR_STAFF
    assert fit(frozenset({Role.CASEWORKER}), None, invitation(Role.PARENT)) is Fit.FOR_PARENTS
