"""The ground on which every example plays: one sealed store, made once, and put back by rolling back."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from bot import agency
from handlers import consenting
from storage.file import Raw, core_engine, open_file
from storage.keyring import Keyring
from storage.records import Purpose, Role
from storage.settings import CODES_ASKED
from storage.store import Store
from storage.vault import Vault
from tests import template

SAMPLE = Path(agency.__file__).parent / "demo" / "agency.toml"
BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FIRST_CHAT = 7_000_000_001
PARENTS = 5  # two of one family, one of another, and two strangers
ON_CALL = 5  # two on step 1, one on step 2, one on step 3, and one who has answered no test page
STEPS = (1, 1, 2, 3, 1)
# everywhere two steps and one who must come; at the site of both families two must come on step 1
POLICIES = {
    "": {"minutes": [5, 5], "join_minutes": 12},
    "site": {"minutes": [3, 4, 5], "needed": [2, 1, 1], "join_minutes": 0, "remind_minutes": 7},
}


@dataclass(frozen=True)
class Ground:
    """An open connection on which nothing is ever committed, and whose chats are whose."""

    connection: Connection
    raw: Raw
    vault: Vault
    site_id: str
    parents: tuple[int, ...]
    on_call: tuple[int, ...]
    lead: int


@cache
def ground() -> Ground:
    """The store with its cast. The folder goes when the process ends."""
    keeper = tempfile.TemporaryDirectory(prefix="paenz-machine-")
    _kept.append(keeper)
    folder = Path(keeper.name)
    vault = Vault(Keyring(template.keys_in(folder)))
    raw = open_file(template.store_in(folder, "machine.db").removeprefix("sqlite:///"), vault.store_key)
    raw.execute("PRAGMA synchronous=OFF")  # nothing of it is to survive
    connection = core_engine(lambda: raw, "BEGIN IMMEDIATE").connect()
    chats = tuple(range(FIRST_CHAT, FIRST_CHAT + PARENTS + ON_CALL + 1))
    with connection.begin():
        site_id = _cast(Store(connection, vault), chats)
    return Ground(connection, raw, vault, site_id, chats[:PARENTS], chats[PARENTS:-1], chats[-1])


_kept: list[tempfile.TemporaryDirectory[str]] = []


def _cast(store: Store, chats: tuple[int, ...]) -> str:
    """Writes everybody down; the site whose alarms have a rule of their own."""
    agency.write(store, agency.read(SAMPLE))
    store.settings.put(CODES_ASKED, "off")
    offer = store.agency.offers()[0]
    store.agency.replace_policies({"": POLICIES[""], offer.site_id: POLICIES["site"]})
    people = [store.people.met(chat, ("tr", "ar", "de")[n % 3], BEGAN).id for n, chat in enumerate(chats)]
    parents, on_call, lead = people[:PARENTS], people[PARENTS:-1], people[-1]
    for n, id in enumerate(people):
        store.people.rename(id, f"N{n}")
    for id, step in zip(on_call, STEPS, strict=True):
        store.people.grant(id, Role.ON_CALL, BEGAN)
        store.duties.assign(id, step, BEGAN)
        store.duties.tested(id, BEGAN)
    store.duties.tested(on_call[-1], None)
    store.people.grant(lead, Role.LEAD, BEGAN)
    for label, members, enrolled in (("Ahorn", parents[:2], True), ("Birke", parents[2:3], True)):
        family = store.families.add(label, lead, BEGAN)
        for id in members:
            store.people.grant(id, Role.PARENT, BEGAN)
            store.families.join(family.id, id)
            consenting.give(store, store.people.get(id), Purpose.CONTACT, BEGAN)
        if enrolled:
            store.families.enrol(family.id, offer.id, BEGAN)
    return offer.site_id
