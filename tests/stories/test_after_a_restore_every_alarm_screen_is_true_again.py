"""A copy is older than what stands in the chats: with the start every screen of an open alarm says what is true now."""

from contextlib import closing
from pathlib import Path

from bot import agency
from bot.app import running
from bot.clock import WoundClock
from bot.demo.telegram.world import World
from bot.throttle import Pace
from storage import backup
from storage.file import database_path
from storage.keyring import Keyring
from storage.records import Role
from storage.restore import restored
from storage.settings import CODES_ASKED
from tests import template
from tests.oncall import TAKE
from tests.phones import plain
from tests.stage import HURRIED, SAMPLE, UNHURRIED, Stage, served


async def test_the_parent_reads_again_that_nobody_has_it(tmp_path: Path) -> None:
    clock = WoundClock()
    world = World(clock, rules=HURRIED, seed=1)
    keys, store = template.keys_in(tmp_path), template.store_in(tmp_path, "story.db")
    path, copy = Path(database_path(store)), tmp_path / "copy.db"
    pace = Pace(per_second=None, per_chat_gap=0.0)
    async with served(world) as address:
        async with running(address, world.token, store, keys, clock, pace) as machine:
            machine.door.allow(UNHURRIED)
            facts = agency.read(SAMPLE)
            await machine.archive.write(lambda there: agency.write(there, facts))
            await machine.archive.write(lambda there: there.settings.put(CODES_ASKED, "off"))
            stage = Stage(world, clock, machine, address)
            koch = await stage.staff("Frau Koch", Role.ON_CALL)
            amina = stage.stranger("Amina", "de").ignores("")
            await amina.types("/alarm")
            await koch.sees("Jemand braucht Hilfe")
            await stage.quiet()
            backup.copied(str(path), machine.archive.vault.store_key, copy)
            await koch.presses(TAKE)
            await stage.quiet()
            assert "Frau Koch" in plain(amina.screen)
        with closing(Keyring(keys)) as ring:
            restored(copy, path, ring, clock.now())
        async with running(address, world.token, store, keys, clock, pace) as machine:
            machine.door.allow(UNHURRIED)
            await Stage(world, clock, machine, address).quiet()
            assert "Frau Koch" not in plain(amina.screen)
            assert TAKE in koch.screen
