"""The keys' file: shared by threads and processes, exchanged while it is used, killed at any moment."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage import keyring as keyrings
from storage import masterkey
from storage.keyring import Keyring, Keys, opened
from storage.masterkey import KeyFileError
from storage.vault import Field, Vault

NOTE = Field("checkins", "note")
ROOT = Path(__file__).parents[2]


class Killed(BaseException):
    """The power went out."""


def again(ring: Keyring) -> Keyring:
    """As another process finds it."""
    return Keyring(ring.where)


def test_a_key_is_on_disk_before_anything_is_sealed_with_it(keyring: Keyring) -> None:
    key = keyring.current("family:a")
    with closing(again(keyring)) as other:
        assert other.by_id(key.id).raw == key.raw


def test_two_who_are_first_at_the_same_time_get_the_same_key(keyring: Keyring) -> None:
    rings, keys = [again(keyring) for _ in range(4)], []
    start = threading.Barrier(8)

    def ask(ring: Keyring) -> None:
        start.wait()
        keys.extend(ring.current(f"family:{n}").id for n in range(20))

    threads = [threading.Thread(target=ask, args=(ring,)) for ring in rings for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 160
    assert len(set(keys)) == 20
    for ring in rings:
        ring.close()


def test_another_process_finds_what_this_one_made_and_the_other_way_round(keyring: Keyring) -> None:
    vault = Vault(keyring)
    sealed = vault.seal(NOTE, "family:a", "r", "grüße")
    code = (
        "import sys; from pathlib import Path; from storage.keyring import Keyring, Keys;"
        "from storage.vault import Field, Vault; v = Vault(Keyring(Keys.within(Path(sys.argv[1]))));"
        "f = Field('checkins', 'note');"
        "assert v.open(f, 'family:a', 'r', bytes.fromhex(sys.argv[2])) == 'grüße';"
        "print(v.seal(f, 'family:b', 'r', 'zurück').hex())"
    )
    words = (str(keyring.where.file.parent), sealed.hex())
    said = subprocess.check_output([sys.executable, "-c", code, *words], cwd=ROOT, text=True)
    assert vault.open(NOTE, "family:b", "r", bytes.fromhex(said)) == "zurück"


def test_what_another_process_exchanged_is_the_current_one_here_too(keyring: Keyring) -> None:
    old = keyring.current("family:a")
    with closing(again(keyring)) as other:
        new = other.renew("family:a")
        assert keyring.current("family:a") is old
        keyring.follow()
        assert keyring.current("family:a").id == new.id
        assert keyring.keys_of("family:a") == [old.id, new.id]
        other.destroy_key(old.id)
    keyring.follow()
    with pytest.raises(keyrings.Shredded):
        keyring.by_id(old.id)


def test_a_key_that_could_not_be_kept_is_used_by_nobody(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(again(keyring)) as other:
        keyring._raw.execute("PRAGMA busy_timeout=10")
        other._raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(keyrings.KeysUnwell):
            keyring.current("family:a")
        other._raw.execute("ROLLBACK")
    assert keyring.keys_of("family:a") == []
    key = keyring.current("family:a")
    assert keyring.keys_of("family:a") == [key.id]


def test_what_was_destroyed_stands_in_no_byte_of_the_file(keyring: Keyring) -> None:
    key = keyring.current("family:a")
    (wrapped,) = keyring._raw.execute("SELECT wrapped FROM keys WHERE id = ?", (key.id,)).fetchone()
    files = lambda: b"".join(file.read_bytes() for file in keyring.where.database.parent.iterdir())  # noqa: E731
    assert wrapped in files()
    assert key.raw not in files()
    keyring.destroy("family:a")
    assert wrapped not in files()
    assert key.id not in files()


# exchanging the master key


def test_an_exchange_leaves_every_key_readable_and_the_old_master_opens_none_anew(keyring: Keyring) -> None:
    before = {id: key.raw for id, key in keyring._by_id.items()}
    old = masterkey.read(keyring.where.file)[0]
    assert keyring.exchange_master() == len(before)
    new, kept = masterkey.read(keyring.where.file)
    assert kept == old != new
    with closing(again(keyring)) as other:
        assert {id: key.raw for id, key in other._by_id.items()} == before
    masterkey.replace(keyring.where.file, [old])
    with pytest.raises(KeyFileError, match="not the one"):
        again(keyring)


def test_others_go_on_while_the_master_is_exchanged(keyring: Keyring) -> None:
    with closing(again(keyring)) as other:
        keyring.exchange_master()
        fresh = other.current("family:new")
        keyring.exchange_master()
        assert keyring.by_id(fresh.id).raw == fresh.raw
        assert other.current("family:newer").id in keyring.keys_of("family:newer")
    with closing(again(keyring)) as third:
        assert third.by_id(fresh.id).raw == fresh.raw


def test_whoever_got_the_master_as_a_credential_goes_on_until_it_is_started_anew(
    keyring: Keyring, tmp_path: Path
) -> None:
    """systemd hands out a copy when a service starts: the exchange does not reach it."""
    handed = tmp_path / "handed.key"
    shutil.copy2(keyring.where.file, handed)
    with closing(Keyring(Keys(handed, keyring.where.database))) as service:
        keyring.exchange_master()
        fresh = service.current("family:new")
        assert keyring.by_id(fresh.id).raw == fresh.raw
    with closing(again(keyring)) as started_anew:
        assert started_anew.by_id(fresh.id).raw == fresh.raw


def _steps() -> list[tuple[str, Callable[[pytest.MonkeyPatch], None]]]:
    def at_replace(number: int, *, before: bool) -> Callable[[pytest.MonkeyPatch], None]:
        def arm(patch: pytest.MonkeyPatch) -> None:
            done, true = [], masterkey.replace

            def replace(path: Path, keys: list[bytes]) -> None:
                done.append(keys)
                if before and len(done) == number:
                    raise Killed
                true(path, keys)
                if len(done) == number:
                    raise Killed

            patch.setattr(masterkey, "replace", replace)

        return arm

    def in_wrapping(number: int) -> Callable[[pytest.MonkeyPatch], None]:
        def arm(patch: pytest.MonkeyPatch) -> None:
            done, true = [], keyrings.aes_key_wrap

            def wrap(master: bytes, key: bytes) -> bytes:
                done.append(key)
                if len(done) == number:
                    raise Killed
                return true(master, key)

            patch.setattr(keyrings, "aes_key_wrap", wrap)

        return arm

    moments = {
        "before both are in the file": at_replace(1, before=True),
        "when both are in the file": at_replace(1, before=False),
        "at the first key": in_wrapping(1),
        "in the midst of the keys": in_wrapping(5),
        "before the oldest goes": at_replace(2, before=True),
        "at the very end": at_replace(2, before=False),
    }
    return list(moments.items())


@pytest.mark.parametrize(("moment", "arm"), _steps(), ids=[name for name, _ in _steps()])
def test_killed_at_any_point_both_generations_open(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch, moment: str, arm: Callable[[pytest.MonkeyPatch], None]
) -> None:
    for n in range(10):
        keyring.current(f"family:{n}")
    before = {id: key.raw for id, key in keyring._by_id.items()}
    with closing(again(keyring)) as killed, monkeypatch.context() as patch:
        arm(patch)
        with pytest.raises(Killed):
            killed.exchange_master()
    for _ in range(2):  # what is left opens, and the exchange can be done again
        with closing(again(keyring)) as other:
            assert {id: key.raw for id, key in other._by_id.items()} == before
            other.exchange_master()
    assert len(masterkey.read(keyring.where.file)) == 2


# files that are not as they must be


@pytest.mark.parametrize("mode", [0o644, 0o440, 0o404, 0o600 | 0o002])
def test_a_master_key_that_others_may_read_is_refused(keyring: Keyring, mode: int) -> None:
    keyring.where.file.chmod(mode)
    with pytest.raises(KeyFileError, match="others may read"):
        again(keyring)


NO_KEYS = [b"", b"\n", b"not a key\n", b"AAAA\n", b"\xff\xfe", bytes(range(200, 244))]


@pytest.mark.parametrize("content", NO_KEYS)
def test_a_damaged_master_key_is_told_without_its_content(keyring: Keyring, content: bytes) -> None:
    keyring.where.file.chmod(0o600)
    keyring.where.file.write_bytes(content)
    with pytest.raises(KeyFileError) as refused:
        again(keyring)
    assert "not a key" not in str(refused.value)


def test_missing_keys_are_told_and_no_empty_ones_made(tmp_path: Path) -> None:
    where = Keys.within(tmp_path)
    with pytest.raises(KeyFileError, match="paenz setup"):
        Keyring(where)
    masterkey.make(where.file)
    with pytest.raises(KeyFileError, match="bring them back"):
        Keyring(where)
    assert not where.database.exists()


def test_a_new_master_key_is_never_made_for_old_keys(keyring: Keyring) -> None:
    keyring.where.file.unlink()
    with pytest.raises(KeyFileError, match="no master key"):
        opened(keyring.where)
    assert not keyring.where.file.exists()


def test_keys_that_are_no_keys_are_told(keyring: Keyring) -> None:
    keyring.where.database.write_bytes(b"nonsense" * 1000)
    with pytest.raises(KeyFileError, match="can't be read"):
        again(keyring)


def test_only_their_owner_may_read_the_keys(tmp_path: Path) -> None:
    opened(Keys.within(tmp_path / "keys")).close()
    modes = {file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "keys").glob("*[by]")}
    assert modes == {"master.key": 0o400, "keys.db": 0o600}
    (tmp_path / "keys" / "keys.db").chmod(0o644)
    Keyring(Keys.within(tmp_path / "keys")).close()
    assert (tmp_path / "keys" / "keys.db").stat().st_mode & 0o777 == 0o600
