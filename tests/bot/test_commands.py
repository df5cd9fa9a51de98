"""The commands as an operator runs them: a process of their own against the double."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from storage.engine import Archive
from storage.keyring import Keyring, Keys, opened
from storage.migrate import is_current, upgrade
from storage.records import Role
from storage.store import Store
from tests import template
from tests.bot.machinery import until
from tests.stage import HURRIED, SAMPLE, served
from tests.whispers import EARS

ROOT = Path(__file__).parents[2]
KEEPING = ("backup", "restore", "copy-keys", "rotate-keys")
RUNNING = asyncio.subprocess.Process


@dataclass
class Ended:
    code: int
    out: str
    err: str


@dataclass
class Shell:
    """A shell of the operator's, with settings for the double."""

    world: World
    address: str
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def store(self) -> str:
        return f"sqlite:///{self.folder}/paenz.db"

    @property
    def keys(self) -> Keys:
        return Keys.within(self.folder / "keys")

    @contextmanager
    def keyring(self) -> Iterator[Keyring]:
        with closing(opened(self.keys)) as ring:
            yield ring

    @asynccontextmanager
    async def archive(self) -> AsyncIterator[Archive]:
        """The store as the commands leave it, made where there is none."""
        with self.keyring() as ring:
            upgrade(self.store, ring)
            archive = await Archive.open(self.store, ring)
            try:
                yield archive
            finally:
                await archive.close()

    async def start(self, *words: str, **settings: str) -> RUNNING:
        given = {
            "TOKEN": self.world.token,
            "API_URL": self.address,
            "STORE": self.store,
            "KEY_FILE": str(self.keys.file),
            "KEYS": str(self.keys.database),
            "BACKUPS": str(self.folder / "backups"),
            "AUDIT": "off",
            **settings,
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PAENZ_")}
        environment = kept | {f"PAENZ_{name}": value for name, value in given.items() if value != "unset"}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self.folder,
            env=environment
            | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1", "PYTHONWARNINGS": "error"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def run(self, *words: str, **settings: str) -> Ended:
        return await self.ended(await self.start(*words, **settings))

    async def ended(self, process: RUNNING) -> Ended:
        async with asyncio.timeout(30):
            out, err = await process.communicate()
        done = Ended(process.returncode or 0, out.decode(), err.decode())
        assert self.world.token not in done.out + done.err
        assert "Traceback" not in done.err, done.err
        EARS.overheard(done.err, "standard error of a command")
        return done

    async def polls(self, process: RUNNING) -> None:
        """Waits until the bot listens."""

        async def listening() -> bool:
            if process.returncode is not None:
                raise AssertionError((await self.ended(process)).err)
            return self.world.updates._poll is not None

        await until(listening, 20)


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Shell]:
    """Where nothing has been set up yet."""
    world = World(SystemClock(), rules=HURRIED, seed=1)
    async with served(world) as address:
        yield Shell(world, address, tmp_path)


@pytest.fixture
async def shell(bare: Shell) -> Shell:
    """Where there are keys."""
    template.keys_in(bare.folder)
    return bare


async def test_help_names_every_command(shell: Shell) -> None:
    ended = await shell.run("--help")
    assert ended.code == 0
    for command in ("setup", "run", "demo", "check", "invite", "load", "migrate", *KEEPING):
        assert f" {command} " in ended.out


async def test_check_finds_all_that_is_missing_and_makes_nothing(bare: Shell) -> None:
    shell = bare
    ended = await shell.run("check", STORE=f"sqlite:///{shell.folder}/none/paenz.db")
    assert ended.code == 1
    found = {line.split(":")[0].strip(): line for line in ended.out.splitlines()}
    wanted = ["✅ Settings", "❌ Keys", "❌ Store", "✅ Catalogs", "✅ Courses", "✅ Telegram", "❌ On call"]
    wanted += ["❌ Second way", "✅ Auditor"]
    assert list(found) == wanted
    assert "paenz migrate" in found["❌ Store"]
    assert "paenz setup" in found["❌ Keys"]
    assert not (shell.folder / "none").exists()
    await shell.run("check")
    assert list(shell.folder.iterdir()) == []


async def test_check_is_content_when_all_is_well(shell: Shell) -> None:
    now = SystemClock().now()

    def on_duty(store: Store) -> None:
        koch = store.people.met(1, "de", now)
        store.people.grant(koch.id, Role.ON_CALL, now)
        store.duties.assign(koch.id, 2, now)
        store.duties.tested(koch.id, now)

    async with shell.archive() as archive:
        await archive.write(on_duty)
    ended = await shell.run("check")
    assert ended.code == 0, ended
    assert ended.out.count("✅") == 9
    assert "@PaenzPorzBot" in ended.out
    assert "1 on duty, steps 2" in ended.out


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"TOKEN": "unset"}, "❌ Settings: PAENZ_TOKEN"),
        ({"TOKEN": "4200000017:another-token-that-is-wrong"}, "❌ Telegram: 401"),
        ({"API_URL": "http://127.0.0.1:9"}, "❌ Telegram: no answer"),
    ],
)
async def test_check_says_what_is_wrong(shell: Shell, settings: dict[str, str], line: str) -> None:
    ended = await shell.run("check", **settings)
    assert ended.code == 1
    assert line in ended.out


async def test_check_looks_at_a_file_that_is_no_store(shell: Shell) -> None:
    (shell.folder / "paenz.db").write_text("this is no database, it only looks like one" * 200)
    ended = await shell.run("check")
    assert ended.code == 1
    assert "❌ Store: the store can't be read" in ended.out


@pytest.mark.parametrize("command", ["check", "run", "migrate", "demo"])
async def test_a_wrong_setting_ends_every_command_with_its_name(shell: Shell, command: str) -> None:
    ended = await shell.run(command, LOG="loud")
    assert ended.code == 1
    assert ended.err.strip() == "PAENZ_LOG is wrong; allowed: one of DEBUG, INFO, WARNING, ERROR"


async def test_an_invitation_is_printed_for_a_program_and_really_opens(shell: Shell) -> None:
    ended = await shell.run("invite", "oncall", "--name", "  Frau   Koch ", "--step", "2", "--json")
    assert ended.code == 0, ended
    made = json.loads(ended.out)
    assert set(made) == {"link", "code", "role", "expires_at"}
    assert made["link"] == f"https://t.me/PaenzPorzBot?start={made['code']}"
    assert made["role"] == "oncall"
    left = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)  # noqa: TID251 - a process with its own clock
    assert timedelta(hours=71) < left < timedelta(hours=73)
    process = await shell.start("run")
    await shell.polls(process)
    koch = Hand(shell.world, shell.world.account("Koch", "de"))
    koch.types(f"/start {made['code']}")
    await until(lambda: len(koch.account.messages) > 1, 10)
    process.send_signal(signal.SIGTERM)
    assert (await shell.ended(process)).code == 0
    async with shell.archive() as archive:
        person = await archive.read(lambda store: store.people.by_telegram(koch.account.id))
        (duty,) = await archive.read(lambda store: store.duties.on_now(SystemClock().now()))
    assert person is not None
    assert (person.name, person.roles, duty.step) == ("Frau Koch", frozenset({Role.ON_CALL}), 2)


async def test_an_invitation_for_people_to_read(shell: Shell) -> None:
    ended = await shell.run("invite", "lead", "--name", "Frau K.")
    assert ended.code == 0
    assert ended.out.startswith("https://t.me/PaenzPorzBot?start=")
    assert "Valid once" in ended.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("invite", "lead"), "--name"),
        (("invite", "king", "--name", "K"), "king"),
        (("invite", "lead", "--name", ""), "1 to 40"),
        (("invite", "lead", "--name", "x" * 41), "1 to 40"),
        (("invite", "oncall", "--name", "K", "--step", "0"), "--step"),
    ],
)
async def test_a_wrong_invitation_is_refused(shell: Shell, words: tuple[str, ...], complaint: str) -> None:
    ended = await shell.run(*words)
    assert ended.code != 0
    assert complaint in ended.err


async def test_no_invitation_without_telegram(shell: Shell) -> None:
    ended = await shell.run("invite", "lead", "--name", "K", API_URL="http://127.0.0.1:9")
    assert ended.code == 1
    assert "Telegram could not be asked" in ended.err


async def test_facts_are_loaded(shell: Shell) -> None:
    ended = await shell.run("load", str(SAMPLE))
    assert ended.code == 0, ended
    assert "sites" in ended.out
    async with shell.archive() as archive:
        assert await archive.read(lambda store: len(store.agency.numbers())) > 5


async def test_broken_facts_are_refused_with_the_place(shell: Shell) -> None:
    file = shell.folder / "mine.toml"
    file.write_text(
        SAMPLE.read_text(encoding="utf-8").replace("places = 12", 'places = "many"'), encoding="utf-8"
    )
    ended = await shell.run("load", str(file))
    assert ended.code == 1
    assert "sites.0.places" in ended.err
    assert (await shell.run("load", "nowhere.toml")).code == 1
    assert not (shell.folder / "paenz.db").exists()


async def test_migrating_makes_a_store(shell: Shell) -> None:
    for _ in range(2):
        ended = await shell.run("migrate")
        assert ended.code == 0, ended
        assert "up to date" in ended.out
    with shell.keyring() as ring:
        assert is_current(shell.store, ring)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_runs_refuses_a_second_and_ends_when_told_to(shell: Shell, number: signal.Signals) -> None:
    process = await shell.start("run")
    await shell.polls(process)
    second = await shell.run("run")
    assert second.code == 1
    assert "another Pänz is at work" in second.err
    amina = Hand(shell.world, shell.world.account("Amina", "tr"))
    amina.types("/start")
    await until(lambda: len(amina.account.messages) > 1, 10)
    process.send_signal(number)
    ended = await shell.ended(process)
    assert ended.code == 0, ended.err
    assert " ERROR " not in ended.err


async def test_a_store_that_can_not_be_made_is_told_in_a_sentence(shell: Shell) -> None:
    (shell.folder / "file").write_text("")
    for command in ("run", "migrate"):
        ended = await shell.run(command, STORE=f"sqlite:///{shell.folder}/file/paenz.db")
        assert ended.code == 1
        assert "PAENZ_STORE" in ended.err


async def test_debug_logs_hold_no_token_and_no_words(shell: Shell) -> None:
    process = await shell.start("run", LOG="DEBUG")
    await shell.polls(process)
    amina = Hand(shell.world, shell.world.account("Amina", "tr"))
    amina.types("a very private matter")
    await until(lambda: len(amina.account.messages) > 1, 10)
    process.send_signal(signal.SIGTERM)
    ended = await shell.ended(process)
    assert ended.code == 0
    assert "private matter" not in ended.err
