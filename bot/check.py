"""Is everything as it should be? One line for each thing an operator can mend."""

import os
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot import config, oncall
from bot.audit import LONGEST_SILENT
from bot.clock import SystemClock
from bot.pulse import BotsClock, audited_of, felt, pulse_of
from bot.wire import Wire
from locales import courses
from locales.translator import keys, text_of
from storage.engine import Archive, database_path
from storage.file import StoreError
from storage.keyring import Keyring
from storage.masterkey import KeyFileError
from storage.migrate import is_current
from storage.store import Store

LONGEST_UNWELL = timedelta(minutes=3)  # two rounds of the auditor, and a little


@dataclass(frozen=True, slots=True)
class Result:
    what: str
    good: bool
    says: str


async def everything(settings: config.Settings) -> list[Result]:
    """Every check, in the order in which one would mend things."""
    checks: tuple[tuple[str, Callable[[config.Settings], Awaitable[str]]], ...] = (
        ("Settings", _settings),
        ("Keys", _keys),
        ("Store", _store),
        ("Catalogs", _catalogs),
        ("Courses", _courses),
        ("Telegram", _telegram),
        ("On call", _on_call),
        ("Second way", _second_ways),
        ("Auditor", _auditor),
    )
    return [await _checked(what, look, settings) for what, look in checks]


class Wrong(Exception):  # noqa: N818 - a finding, told to the operator
    """What is wrong, in a sentence."""


async def _checked(
    what: str, look: Callable[[config.Settings], Awaitable[str]], settings: config.Settings
) -> Result:
    try:
        return Result(what, good=True, says=await look(settings))
    except (Wrong, config.ConfigError) as wrong:
        return Result(what, good=False, says=str(wrong))
    except StoreError as error:
        return Result(what, good=False, says=str(error))
    except (SQLAlchemyError, OSError) as error:
        return Result(what, good=False, says=f"can't be opened ({type(error).__name__}); try paenz migrate")


async def _settings(settings: config.Settings) -> str:
    _ = settings.secret
    return "complete"


async def _keys(settings: config.Settings) -> str:
    with closing(_keyring(settings)) as keyring:
        return f"readable by you alone, {len(keyring.holders())} holders"


def _keyring(settings: config.Settings) -> Keyring:
    try:
        return Keyring(settings.key_place)
    except KeyFileError as error:
        raise Wrong(str(error)) from None


async def _store(settings: config.Settings) -> str:
    if not os.path.exists(database_path(settings.store)):  # noqa: ASYNC240, PTH110 - a one-shot command
        raise Wrong("there is none yet; run paenz migrate")
    with closing(_keyring(settings)) as keyring:
        if not is_current(settings.store, keyring):
            raise Wrong("migrations are missing; run paenz migrate")
        archive = await Archive.open(settings.store, keyring)
        damage = await archive.damage()
        faults = [] if damage else await archive.read(lambda store: list(store.journal.faults()))
        await archive.close()
    if damage:
        raise Wrong(f"it is damaged ({damage[0]}); see paenz restore")
    if faults:
        raise Wrong(f"its journal is not whole ({faults[0]}); see paenz journal verify")
    return "up to date, sealed and whole"


async def _catalogs(settings: config.Settings) -> str:
    missing = [
        key for domain in ("families", "staff") for key in keys(domain) if not text_of(domain, "de", key)
    ]
    if missing:
        raise Wrong(f"{len(missing)} texts are missing in German, such as {missing[0]}")
    return "complete"


async def _courses(settings: config.Settings) -> str:
    """A course with a fault is left out while the bot works on: no alarm waits for somebody's comma."""
    wrong = courses.left_out(settings.courses) if settings.courses else []
    if wrong:
        more = f" (and {len(wrong) - 3} more)" if len(wrong) > 3 else ""
        said = "; ".join(
            f"{', '.join(filter(None, (one.file, one.key)))}: {one.sentence}" for one in wrong[:3]
        )
        raise Wrong(f"left out until this is mended: {said}{more}")
    courses.also_from(settings.courses)
    return f"{len(courses.syllabi())} can be offered"


async def _telegram(settings: config.Settings) -> str:
    wire = Wire(settings.api_url, settings.secret)
    try:
        reply = await wire.call("getMe", "{}")
    finally:
        await wire.close()
    if not reply.ok:
        raise Wrong("no answer" if reply.status == 0 else f"{reply.status} {reply.description}")
    return f"reached as @{reply.result.get('username')}"


async def _on_call(settings: config.Settings) -> str:
    await _store(settings)  # opening a store that is not there would make an empty one
    keyring = _keyring(settings)
    archive = await Archive.open(settings.store, keyring)
    try:
        says = await archive.read(_who_hears)
    finally:
        await archive.close()
        keyring.close()
    return says


def _who_hears(store: Store) -> str:
    now = SystemClock().now()
    counted, found = oncall.counting(store, now), oncall.gaps(store, now)
    holding = {duty.person_id for duty in store.duties.on_now(now)}
    says = oncall.sentence(counted, len(holding - {duty.person_id for duty in counted}), found)
    if not holding:
        raise Wrong("nobody holds the crisis phone")
    if not counted or found:
        raise Wrong(says)
    return says


async def _second_ways(settings: config.Settings) -> str:
    """How many could be rung if Telegram failed; that somebody can't is theirs to mend, in the chat."""
    await _store(settings)
    with closing(_keyring(settings)) as keyring:
        archive = await Archive.open(settings.store, keyring)
        try:
            rung, everybody = await archive.read(_rung)
        finally:
            await archive.close()
    return f"{rung} of {everybody} on duty can be rung if Telegram fails"


def _rung(store: Store) -> tuple[int, int]:
    on_duty = {duty.person_id for duty in store.duties.on_now(SystemClock().now())}
    return sum(bool(store.second_ways.confirmed_of(id)) for id in on_duty), len(on_duty)


async def _auditor(settings: config.Settings) -> str:
    sign = pulse_of(settings.store)
    now, beaten = BotsClock(sign).now(), felt(sign)
    well = felt(audited_of(settings.store))
    told = ", ".join(
        [
            "beats at PAENZ_BEAT_URL" if settings.beats_at else "beats nowhere (PAENZ_BEAT_URL)",
            "tells somebody" if settings.watcher else "tells nobody (PAENZ_WATCH_ADDRESS)",
        ]
    )
    if beaten is None or now - beaten > LONGEST_SILENT:
        return f"{told}; no bot is at work"
    if well is None or now - well > LONGEST_UNWELL:
        raise Wrong(
            "the bot is at work, and no audit has found all well for 3 minutes; see paenz audit --once"
        )
    return told
