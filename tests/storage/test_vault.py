"""What is sealed opens again where it was put, and nowhere else, and not after the smallest change."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import keyring as keyrings
from storage import masterkey
from storage.keyring import Keyring, Shredded
from storage.masterkey import KeyFileError
from storage.vault import NONCE_BYTES, Field, Tampered, Vault, family_holder, key_id, person_holder
from tests import template

NOTE = Field("checkins", "note")
HERS = family_holder("f1")
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def vault(keyring: Keyring) -> Vault:
    return Vault(keyring)


@shared
@given(text=st.text(), row=st.one_of(st.text(max_size=20), st.integers(0)))
def test_any_text_comes_back_as_it_was(vault: Vault, text: str, row: object) -> None:
    sealed = vault.seal(NOTE, HERS, row, text)
    assert vault.open(NOTE, HERS, row, sealed) == text
    assert len(text) < 3 or text.encode() not in sealed


def test_the_same_text_never_looks_the_same(vault: Vault) -> None:
    assert len({vault.seal(NOTE, HERS, "r", "good") for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("field", "holder", "row"),
    [
        (Field("checkins", "mood"), HERS, "r1"),
        (Field("lines", "note"), HERS, "r1"),
        (NOTE, family_holder("f2"), "r1"),
        (NOTE, person_holder("f1"), "r1"),
        (NOTE, "house", "r1"),
        (NOTE, HERS, "r2"),
        (NOTE, HERS, "r"),
    ],
)
def test_elsewhere_it_does_not_open(vault: Vault, field: Field, holder: str, row: str) -> None:
    sealed = vault.seal(NOTE, HERS, "r1", "a very private matter")
    with pytest.raises(Tampered) as refused:
        vault.open(field, holder, row, sealed)
    assert "private" not in str(refused.value)


def test_every_flipped_bit_is_found(vault: Vault) -> None:
    sealed = vault.seal(NOTE, HERS, "r", "good")
    for bit in range(8 * len(sealed)):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((Tampered, Shredded)):
            vault.open(NOTE, HERS, "r", bytes(changed))


@shared
@given(junk=st.binary(max_size=80))
def test_what_was_never_sealed_or_was_cut_does_not_open(vault: Vault, junk: bytes) -> None:
    sealed = vault.seal(NOTE, HERS, "r", "good")
    for wrong in (junk, sealed[: len(junk)], sealed + junk[:1] if junk else b"", b"\x01" + junk):
        with pytest.raises((Tampered, Shredded)):
            vault.open(NOTE, HERS, "r", wrong)


def test_a_value_of_another_family_put_in_its_place_does_not_open(vault: Vault) -> None:
    """Both keys are here; it is the place that is wrong."""
    others = vault.seal(NOTE, family_holder("f2"), "r", "theirs")
    with pytest.raises(Tampered):
        vault.open(NOTE, HERS, "r", others)


def test_what_was_destroyed_does_not_open_and_says_so(vault: Vault) -> None:
    sealed = vault.seal(NOTE, HERS, "r", "good")
    theirs = vault.seal(NOTE, family_holder("f2"), "r", "theirs")
    assert vault.keyring.destroy(HERS) == 1
    with pytest.raises(Shredded):
        vault.open(NOTE, HERS, "r", sealed)
    assert not vault.is_readable(sealed)
    assert vault.open(NOTE, family_holder("f2"), "r", theirs) == "theirs"
    assert vault.keyring.destroy(HERS) == 0


def test_another_master_key_opens_nothing_and_says_so(tmp_path: Path) -> None:
    keys = template.keys_in(tmp_path)
    masterkey.replace(keys.file, [os.urandom(masterkey.BYTES)])
    with pytest.raises(KeyFileError, match="not the one these keys were made with"):
        Keyring(keys)


def test_a_key_sealed_too_often_is_exchanged_by_itself(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyrings, "MOST_USES", 10)
    sealed = [vault.seal(NOTE, HERS, n, str(n)) for n in range(35)]
    assert len({key_id(one) for one in sealed}) == 4
    assert [vault.open(NOTE, HERS, n, one) for n, one in enumerate(sealed)] == [str(n) for n in range(35)]


def test_an_index_finds_and_tells_nothing(vault: Vault, tmp_path: Path) -> None:
    assert vault.index("telegram", 815) == vault.index("telegram", "815")
    assert vault.index("telegram", 815) != vault.index("telegram", 816)
    assert vault.index("telegram", 815) != vault.index("spoken code", 815)
    assert len(vault.index("telegram", 815)) == 16


def nonces(vault: Vault, how_many: int) -> int:
    """How many different ones there are among so many."""
    seen = {vault.seal(NOTE, HERS, "r", "")[9 : 9 + NONCE_BYTES] for _ in range(how_many)}
    return len(seen)


def test_a_million_nonces_are_all_different(vault: Vault) -> None:
    assert nonces(vault, 1_000_000) == 1_000_000


@pytest.mark.soak
def test_ten_million_nonces_are_all_different(vault: Vault) -> None:
    assert nonces(vault, 10_000_000) == 10_000_000
