"""What is there before a measurement begins: an agency full of families with open invitations, and the updates."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from bot import agency
from bot.clock import SystemClock
from handlers import consenting, quiet
from handlers.appointed import invite, known
from handlers.callback import press
from handlers.planning.actions import keep_as_card
from locales.phrase import F
from locales.translator import voice
from storage.engine import Archive
from storage.keyring import Keys, opened
from storage.migrate import upgrade
from storage.records import AppointmentKind, DeliveryState, Person, Purpose, Role
from storage.settings import CODES_ASKED
from storage.store import Store

SAMPLE = Path(agency.__file__).parent / "demo" / "agency.toml"
TONGUES = ("de", "tr", "ar")
FAMILIES_EACH = 20  # to a caseworker
PARENT, GUEST, CASEWORKER, ON_CALL, COLLEAGUE = 100_000, 200_000, 300_000, 400_000, 400_001
CARD = 77  # the number of the invitation in each parent's chat
SINCE = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Press:
    """A parent's ✅ in the making."""

    chat: int
    carries: str


async def filled(folder: Path, families: int) -> tuple[Path, list[Press]]:
    """A store with that many families, each with a parent, an appointment and an invitation that has arrived."""
    path = folder / "filled.db"
    url = f"sqlite:///{path}"
    keyring = opened(keys_of(path))
    await asyncio.to_thread(upgrade, url, keyring)
    archive = await Archive.open(url, keyring)
    now = SystemClock().now()
    facts = agency.read(SAMPLE)
    await archive.write(lambda store: agency.write(store, facts))
    await archive.write(lambda store: on_call(store, now))
    await archive.write(lambda store: store.settings.put(CODES_ASKED, "off"))
    presses = await archive.write(lambda store: [invited(store, n, now) for n in range(families)])
    await archive.close()
    keyring.close()
    return path, presses


def keys_of(store: Path) -> Keys:
    """The keys of every copy of the store lie in the same folder."""
    return Keys.within(store.parent / "keys")


def on_call(store: Store, now: datetime) -> None:
    """One who is paged, and one on the step after it."""
    for step, (chat, name) in enumerate(((ON_CALL, "Frau Koch"), (COLLEAGUE, "Herr Weber")), start=1):
        met = person(store, chat, name, "de", Role.ON_CALL, now)
        store.duties.assign(met.id, step, now)
        store.duties.tested(met.id, now)


def invited(store: Store, n: int, now: datetime) -> Press:
    """One family more, all by the rooms' own hands, and what was sent has arrived."""
    caseworker = person(store, CASEWORKER + n // FAMILIES_EACH, "Frau Baum", "de", Role.CASEWORKER, now)
    family = store.families.add(f"Familie {n}", caseworker.id, now)
    parent = person(store, PARENT + n, f"Amina {n}", TONGUES[n % len(TONGUES)], Role.PARENT, now)
    store.families.join(family.id, parent.id)
    store.people.set_quiet(parent.id, quiet.OFF)  # at night it is measured as by day
    for purpose in Purpose:
        consenting.give(store, parent, purpose, now)
    at = (now + timedelta(days=2 + n % 9)).replace(minute=30, second=0, microsecond=0)
    made = store.appointments.add(family.id, caseworker.id, AppointmentKind.HOME_VISIT, at, "Bonner Str. 1")
    circle = known(store, made.id)
    invite(store, circle, now)
    keep_as_card(store, circle, store.people.get(caseworker.id), 1000 + n, now)
    for owed in store.posted:
        store.deliveries.settle(owed.id, DeliveryState.DELIVERED, now)
        if owed.card_id is not None and not owed.edits:
            store.cards.sent(owed.card_id, CARD)
    store.posted.clear()
    return Press(PARENT + n, press("appointments", "yes", made.id, made.revision))


def person(store: Store, chat: int, name: str, language: str, role: Role, now: datetime) -> Person:
    met = store.people.met(chat, language, now)
    if not met.name:
        store.people.rename(met.id, name)
        store.people.speaks(met.id, language)
        store.people.grant(met.id, role, now)
    return store.people.get(met.id)


def _account(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Amina", "language_code": "de"}


def _chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "Amina"}


def pressed(given: Press) -> dict[str, Any]:
    """A press as Telegram sends it, the message with its buttons included."""
    row = [{"text": "✅", "callback_data": given.carries}]
    shown = {
        "message_id": CARD,
        "from": {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"},
        "chat": _chat(given.chat),
        "date": SINCE,
        "text": "📅 Hausbesuch\nMittwoch, 07.01.2026, 14:30\nBonner Str. 1",
        "reply_markup": {"inline_keyboard": [row]},
    }
    query = {
        "id": str(given.chat),
        "from": _account(given.chat),
        "message": shown,
        "chat_instance": "1",
        "data": given.carries,
    }
    return {"callback_query": query}


def typed(chat: int, text: str) -> dict[str, Any]:
    said = {"message_id": 5, "from": _account(chat), "chat": _chat(chat), "date": SINCE, "text": text}
    return {"message": said}


def cries(count: int, first: int = 0) -> list[dict[str, Any]]:
    """The red alarm button of as many guests, each a stranger until now."""
    text = voice("de").say(F("crisis.alarm.button"))
    return [typed(GUEST + first + n, text) for n in range(count)]


def order(kind: str, updates: list[dict[str, Any]], chats: list[int], **more: Any) -> bytes:
    """One order for the fake Bot API."""
    return orjson.dumps({"order": kind, "updates": updates, "chats": chats, **more}) + b"\n"
