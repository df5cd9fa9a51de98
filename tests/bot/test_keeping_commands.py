"""Backup, restore, copies of keys and their exchange, as an operator types them, beside a bot at work."""

import shutil
import signal
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.demo.telegram.hand import Hand
from storage import masterkey
from storage.backup import made_at
from storage.records import Role
from storage.store import Store
from tests.bot.machinery import until
from tests.bot.test_commands import Shell, bare, shell

__all__ = ["bare", "shell"]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def somebody(shell: Shell, number: int = 7) -> str:
    """A family with a parent who is known to the store."""
    now = SystemClock().now()

    def add(store: Store) -> str:
        caseworker = store.people.met(1, "de", now)
        family = store.families.add("Ahorn 12", caseworker.id, now)
        parent = store.people.met(number, "tr", now)
        store.people.grant(parent.id, Role.PARENT, now)
        store.families.join(family.id, parent.id)
        return family.id

    async with shell.archive() as archive:
        return await archive.write(add)


async def test_a_backup_beside_a_running_bot_comes_back_and_the_bot_works_on_it(shell: Shell) -> None:
    await somebody(shell)
    process = await shell.start("run")
    await shell.polls(process)
    ended = await shell.run("backup")
    assert ended.code == 0, ended
    (copy,) = names(shell.folder / "backups")
    assert made_at(Path(copy)) is not None
    assert copy in ended.out
    refused = await shell.run("restore", f"backups/{copy}")
    assert refused.code == 1
    assert "stop it first" in refused.err
    process.send_signal(signal.SIGTERM)
    assert (await shell.ended(process)).code == 0

    (shell.folder / "paenz.db").unlink()
    ended = await shell.run("restore", f"backups/{copy}")
    assert ended.code == 0, ended
    async with shell.archive() as archive:
        assert [one.label for one in await archive.read(lambda store: store.families.all())] == ["Ahorn 12"]
    process = await shell.start("run")
    await shell.polls(process)
    amina = Hand(shell.world, shell.world.account("Amina", "tr"))
    amina.types("/start")
    await until(lambda: len(amina.account.messages) > 1, 10)
    process.send_signal(signal.SIGTERM)
    assert (await shell.ended(process)).code == 0


async def test_whoever_was_erased_since_the_backup_stays_erased(shell: Shell) -> None:
    family_id = await somebody(shell)
    assert (await shell.run("backup")).code == 0
    (copy,) = names(shell.folder / "backups")
    async with shell.archive() as archive:
        now = SystemClock().now()
        erased = await archive.write(lambda store: store.erasure.family(family_id, now))
        for holder in erased.holders:
            await archive.write(lambda store, of=holder: store.erasure.shred(of))
    ended = await shell.run("restore", f"backups/{copy}")
    assert ended.code == 0, ended
    assert "2 erased since then were erased again" in ended.out
    assert [name for name in names(shell.folder) if ".before-" in name]
    async with shell.archive() as archive:
        assert await archive.read(lambda store: store.families.all()) == []
    assert (await shell.run("journal", "verify")).code == 0


@pytest.mark.parametrize("stray", ["master.key", "keys.db", "keys-20261124-090000.db", "deep/keys.db"])
async def test_no_backup_into_a_folder_where_keys_lie(shell: Shell, stray: str) -> None:
    await somebody(shell)
    file = shell.folder / "backups" / stray
    file.parent.mkdir(parents=True)
    file.touch()
    ended = await shell.run("backup")
    assert ended.code == 1
    assert "Keys lie in the folder of backups" in ended.err
    assert not list((shell.folder / "backups").glob("*Z.db"))


@pytest.mark.parametrize(
    ("words", "settings", "complaint"),
    [
        (("backup",), {"BACKUPS": "keys"}, "lies inside PAENZ_BACKUPS"),
        (("backup",), {"BACKUPS": "file/backups"}, "PAENZ_BACKUPS can't be used"),
        (("backup",), {"STORE": "sqlite:///none.db"}, "there is no store"),
        (("restore", "none.db"), {}, "there is no copy"),
        (("restore", "file"), {}, "the store can't be read"),
        (("copy-keys", "backups"), {}, "must not lie where the backups are"),
        (("copy-keys", "backups/deep"), {}, "must not lie where the backups are"),
        (("copy-keys", "."), {}, "must not lie where the backups are"),
        (("copy-keys", "keys"), {}, "in this folder already"),
        (("copy-keys", "file/deep"), {}, "can't be used"),
        (("rotate-keys",), {"KEY_FILE": "none.key"}, "there is no key"),
        (("backup",), {"KEY_FILE": "other.key"}, "not the one these keys were made with"),
        (("run",), {"BACKUPS": "keys"}, "lies inside PAENZ_BACKUPS"),
        (("run",), {"LOG": "DEBUG", "API_URL": "https://api.telegram.org"}, "PAENZ_LOG is DEBUG"),
        (("setup",), {"KEYS": "none.db"}, "There is a store already"),
    ],
)
async def test_what_can_not_be_done_is_told_in_a_sentence(
    shell: Shell, words: tuple[str, ...], settings: dict[str, str], complaint: str
) -> None:
    await somebody(shell)
    (shell.folder / "file").write_text("nonsense" * 1000)
    masterkey.make(shell.folder / "other.key")
    before = (shell.folder / "paenz.db").read_bytes()
    ended = await shell.run(*words, **settings)
    assert ended.code == 1, ended
    assert complaint in " ".join(ended.err.split()), ended.err
    assert (shell.folder / "paenz.db").read_bytes() == before


async def test_keys_are_copied_and_open_the_store_again(shell: Shell) -> None:
    await somebody(shell)
    ended = await shell.run("copy-keys", "stick")
    assert ended.code == 0, ended
    (copy,) = names(shell.folder / "stick")
    assert (shell.folder / "stick" / copy).stat().st_mode & 0o777 == 0o600
    shell.keys.database.unlink()
    assert (await shell.run("migrate")).code == 1
    shutil.copy(shell.folder / "stick" / copy, shell.keys.database)
    async with shell.archive() as archive:
        assert [one.label for one in await archive.read(lambda store: store.families.all())] == ["Ahorn 12"]


async def test_keys_are_exchanged_beside_a_bot_at_work(shell: Shell) -> None:
    await somebody(shell)
    process = await shell.start("run")
    await shell.polls(process)
    before = shell.keys.file.read_bytes()
    ended = await shell.run("rotate-keys", "--families")
    assert ended.code == 0, ended
    assert shell.keys.file.read_bytes().splitlines()[1] == before.splitlines()[0]
    known, fresh = (Hand(shell.world, shell.world.account(name, "tr")) for name in ("Amina", "Berrin"))
    for hand in (known, fresh):
        hand.types("/start")
        await until(lambda hand=hand: len(hand.account.messages) > 1, 10)
    process.send_signal(signal.SIGTERM)
    ended = await shell.ended(process)
    assert ended.code == 0
    assert " ERROR " not in ended.err
    async with shell.archive() as archive:
        assert len(await archive.read(lambda store: list(store.sealed.opened()))) > 4
        owed = await archive.read(lambda store: {timer.kind for timer in store.timers.ahead()})
        assert "keys.retire" in owed


async def test_nothing_a_command_makes_is_for_others_to_read(bare: Shell) -> None:
    assert (await bare.run("setup")).code == 0
    assert (await bare.run("backup")).code == 0
    assert (await bare.run("copy-keys", "stick")).code == 0
    made = [path for path in bare.folder.rglob("*") if path.name != "__pycache__"]
    assert {path.name for path in made} >= {"paenz.db", "master.key", "keys.db", "stick", "backups"}
    assert [path for path in made if path.stat().st_mode & 0o077] == []
