"""Is everything as it should be? One line for each thing an operator can mend."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot import config
from bot.wire import Wire
from locales.translator import keys, text_of
from storage.engine import Archive, database_path
from storage.migrate import is_current
from storage.records import Duty


@dataclass(frozen=True, slots=True)
class Result:
    what: str
    good: bool
    says: str


async def everything(settings: config.Settings) -> list[Result]:
    """Every check, in the order in which one would mend things."""
    checks: tuple[tuple[str, Callable[[config.Settings], Awaitable[str]]], ...] = (
        ("Settings", _settings),
        ("Store", _store),
        ("Catalogs", _catalogs),
        ("Telegram", _telegram),
        ("On call", _on_call),
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
    except (SQLAlchemyError, OSError) as error:
        return Result(what, good=False, says=f"can't be opened ({type(error).__name__}); try paenz migrate")


async def _settings(settings: config.Settings) -> str:
    _ = settings.secret
    return "complete"


async def _store(settings: config.Settings) -> str:
    if not os.path.exists(database_path(settings.store)):  # noqa: ASYNC240, PTH110 - a one-shot command
        raise Wrong("there is none yet; run paenz migrate")
    if not is_current(settings.store):
        raise Wrong("migrations are missing; run paenz migrate")
    return "up to date"


async def _catalogs(settings: config.Settings) -> str:
    missing = [
        key for domain in ("families", "staff") for key in keys(domain) if not text_of(domain, "de", key)
    ]
    if missing:
        raise Wrong(f"{len(missing)} texts are missing in German, such as {missing[0]}")
    return "complete"


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
    archive = await Archive.open(settings.store)
    try:
        on_duty: list[Duty] = await archive.read(lambda store: store.duties.on_now())
    finally:
        await archive.close()
    if not on_duty:
        raise Wrong("nobody holds the crisis phone")
    return f"{len(on_duty)} on duty, steps {', '.join(sorted({str(duty.step) for duty in on_duty}))}"
