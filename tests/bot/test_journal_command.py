"""`paenz journal verify`, as an operator runs it beside the bot."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.clock import SystemClock
from storage.engine import Archive
from storage.file import open_file
from storage.keyring import Keyring, Keys, opened
from storage.migrate import upgrade
from storage.vault import Vault
from tests.bot.test_commands import Shell
from tests.bot.test_commands import bare as bare


@pytest.fixture
def shell(bare: Shell) -> Shell:
    """Without keys: they are made here, where the settings name them."""
    return bare


async def written(shell: Shell, lines: int) -> Keys:
    """A store with a journal, where the command looks for it."""
    keys = Keys.within(shell.folder / "var" / "keys")
    shell.settings |= {"KEY_FILE": str(keys.file), "KEYS": str(keys.database)}
    now = SystemClock().now()
    with closing(opened(keys)) as keyring:
        upgrade(shell.store, keyring)
        archive = await Archive.open(shell.store, keyring)
        for n in range(lines):
            await archive.write(lambda store, n=n: store.journal.write(now, "p", "duty.on", f"person:{n}"))
        await archive.close()
    return keys


async def verify(shell: Shell) -> tuple[int, str]:
    ended = await shell.run("journal", "verify", **shell.settings)
    return ended.code, ended.out + ended.err


def tampered(shell: Shell, keys: Keys, change: str) -> None:
    with (
        closing(Keyring(keys)) as keyring,
        closing(open_file(str(Path(shell.folder) / "paenz.db"), Vault(keyring).store_key)) as raw,
    ):
        raw.execute("DROP TRIGGER journal_is_never_changed")
        raw.execute("DROP TRIGGER journal_is_kept")
        raw.execute(change)


async def test_a_whole_journal_is_called_whole(shell: Shell) -> None:
    await written(shell, 12)
    assert await verify(shell) == (0, "whole: 12 lines\n")


async def test_an_empty_one_too(shell: Shell) -> None:
    await written(shell, 0)
    assert await verify(shell) == (0, "whole: 0 lines\n")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE journal SET subject = 'person:me' WHERE id = 7", "line 7 was changed"),
        ("DELETE FROM journal WHERE id IN (4, 5)", "lines 4 to 5 are missing"),
        ("DELETE FROM journal WHERE id > 9", "line 12 was known outside: its end was cut"),
    ],
)
async def test_each_fault_is_told_and_the_exit_code_says_so(shell: Shell, change: str, fault: str) -> None:
    keys = await written(shell, 12)
    tampered(shell, keys, change)
    code, said = await verify(shell)
    assert code == 1
    assert fault in said
    assert "Faults: 1," in said


async def test_check_says_it_too(shell: Shell) -> None:
    keys = await written(shell, 3)
    tampered(shell, keys, "UPDATE journal SET act = 'x' WHERE id = 2")
    ended = await shell.run("check", **shell.settings)
    assert ended.code == 1
    assert "its journal is not whole (line 2 was changed); see paenz journal verify" in ended.out
