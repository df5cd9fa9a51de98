"""The rules of codes: each opens once, a clock may be off by one step, and five wrong ones lock."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import codes, proofs
from handlers.acts import Proof
from handlers.codes import LOCKED_FOR, OPEN_FOR, STEP_SECONDS, TRIES, Outcome
from storage.engine import Archive
from storage.records import Person, Role
from storage.store import Store

MOMENTS = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC))
SECRETS = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=32, max_size=32)
STEP = timedelta(seconds=STEP_SECONDS)


def at(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(int(moment.timestamp()))


@given(SECRETS, MOMENTS, st.integers(-1, 1))
def test_a_clock_may_be_off_by_one_step(secret: str, now: datetime, off: int) -> None:
    theirs = now + off * STEP
    step = codes.step_of(secret, at(secret, theirs), now)
    assert step is not None
    assert abs(step - int(now.timestamp()) // STEP_SECONDS) <= 1


@given(SECRETS, MOMENTS, st.integers(2, 10_000), st.booleans())
def test_farther_off_opens_nothing(secret: str, now: datetime, off: int, ahead: bool) -> None:
    code = at(secret, now + (off if ahead else -off) * STEP)
    near = {at(secret, now + one * STEP) for one in (-1, 0, 1)}
    assert (codes.step_of(secret, code, now) is None) == (code not in near)


@given(st.text(max_size=12))
def test_only_six_digits_are_a_code(typed: str) -> None:
    found = codes.digits(typed)
    assert found is None or (len(found) == 6 and found.isascii() and found.isdigit())


@pytest.mark.parametrize("typed", ["123456", "123 456", " 12 34 56 ", "١٢٣٤٥٦", "１２３４５６"])
def test_digits_are_read_however_they_are_written(typed: str) -> None:
    assert codes.digits(typed) == "123456"


def colleague(store: Store, now: datetime) -> Person:
    store.settings.ask_for_codes(True)
    person = store.people.met(1, "de", now)
    store.people.grant(person.id, Role.CASEWORKER, now)
    person = store.people.get(person.id)
    codes.begin(store, person, now)
    return person


def secret_of(store: Store, person: Person) -> str:
    login = store.logins.of(person.id)
    assert login is not None
    return login.secret


TYPED = st.lists(
    st.tuples(st.sampled_from(["right", "wrong", "again", "old"]), st.integers(0, 600)),
    min_size=1,
    max_size=25,
)


@pytest.mark.parametrize("seed", range(4))
async def test_a_day_of_codes_keeps_every_rule(archive: Archive, now: datetime, seed: int) -> None:
    """Never twice the same step, never more than five wrong ones in a quarter of an hour, never open after 12 h."""

    @settings(max_examples=40, deadline=None)
    @given(TYPED)
    def day(typed: list[tuple[str, int]]) -> None:
        futures.append(typed)

    futures: list[list[tuple[str, int]]] = []
    day()
    for typed in futures[seed::4]:
        await archive.write(lambda store, typed=typed: _a_day(store, typed, now))


def _a_day(store: Store, typed: list[tuple[str, int]], now: datetime) -> None:
    person = colleague(store, now)
    store.logins.drop(person.id)
    codes.begin(store, person, now)
    secret, used, tried = secret_of(store, person), "", list[datetime]()
    steps: set[int] = set()
    for kind, seconds in typed:
        now += timedelta(seconds=seconds)
        code = _code(kind, secret, used, now)
        step = codes.step_of(secret, code, now)
        login = store.logins.of(person.id)
        looked_at = login is not None and (login.locked_until is None or login.locked_until <= now)
        outcome = codes.enter(store, person, code, now)
        if outcome is Outcome.OPENED:
            assert step is not None
            assert not steps or step > max(steps)
            steps.add(step)
            used, tried = code, []
            assert proofs.shown(store, person, now) is Proof.FRESH
            assert proofs.shown(store, person, now + codes.FRESH_FOR) is Proof.OPEN
            assert proofs.shown(store, person, now + OPEN_FOR) is Proof.NONE
        elif outcome is Outcome.WRONG:
            assert step is None or (steps and step <= max(steps))
            tried.append(now)
            assert len([one for one in tried if now - one < LOCKED_FOR]) < TRIES
        elif looked_at:
            tried.append(now)
            assert len([one for one in tried if now - one < LOCKED_FOR]) <= TRIES


def _code(kind: str, secret: str, used: str, now: datetime) -> str:
    if kind == "right":
        return at(secret, now)
    if kind == "old":
        return at(secret, now - 5 * STEP)
    if kind == "again" and used:
        return used
    near = {at(secret, now + one * STEP) for one in (-1, 0, 1)}
    return next(f"{n:06}" for n in range(10) if f"{n:06}" not in near)


async def test_whoever_is_locked_out_is_refused_even_the_right_code(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        person = colleague(store, now)
        secret = secret_of(store, person)
        wrong = _code("wrong", secret, "", now)
        said = [codes.enter(store, person, wrong, now) for _ in range(TRIES)]
        assert said == [Outcome.WRONG] * (TRIES - 1) + [Outcome.LOCKED]
        assert codes.enter(store, person, at(secret, now), now) is Outcome.LOCKED
        later = now + LOCKED_FOR
        assert codes.enter(store, person, at(secret, later), later) is Outcome.OPENED

    await archive.write(story)


async def test_a_replayed_code_opens_nothing(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        person = colleague(store, now)
        code = at(secret_of(store, person), now)
        assert codes.enter(store, person, code, now) is Outcome.OPENED
        for seconds in (0, 1, 29, 59):
            later = now + timedelta(seconds=seconds)
            assert codes.enter(store, person, code, later) is not Outcome.OPENED
        before = at(secret_of(store, person), now - STEP)
        assert codes.enter(store, person, before, now) is not Outcome.OPENED

    await archive.write(story)


async def test_parents_and_switched_off_codes_ask_for_nothing(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        person = colleague(store, now)
        assert proofs.shown(store, person, now) is Proof.NONE
        store.settings.ask_for_codes(False)
        assert proofs.shown(store, person, now) is Proof.FRESH
        store.settings.ask_for_codes(True)
        parent = store.people.met(2, "tr", now)
        store.people.grant(parent.id, Role.PARENT, now)
        assert proofs.shown(store, store.people.get(parent.id), now) is Proof.FRESH

    await archive.write(story)
