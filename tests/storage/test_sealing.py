"""A store of the first version, in which everything lay open, becomes a sealed one: nothing lost, nothing readable."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from sqlalchemy import text

from storage import migrate
from storage.engine import Archive
from storage.file import StoreError, core_engine, is_plain
from storage.keyring import Keyring
from storage.migrate import settings, upgrade
from storage.migrations import sealing
from storage.records import Role
from storage.store import Store
from storage.types import from_millis, to_millis
from storage.vault import Vault
from tests.storage.test_erasure import every_byte

AT = to_millis(datetime(2026, 6, 1, 12, tzinfo=UTC))
FAMILIES = 25
# what each table of the first version holds for family number n; every word that tells of anybody is marked
ROWS: dict[str, Callable[[int], dict[str, Any]]] = {
    "sites": lambda n: {"id": f"s{n}", "name": "Porz", "address": "a", "places": 3},
    "offers": lambda n: {"id": f"o{n}", "site_id": f"s{n}", "kind": "parent_training"},
    "crisis_numbers": lambda n: {
        "number": f"110 {n}", "key": "k", "hours": "", "position": n, "first": 0, "staff_only": 0, "confirmed_on": None,
    },
    "escalation_steps": lambda n: {"step": n, "minutes": 5},
    "people": lambda n: {
        "id": f"p{n}", "telegram_id": 7_000_000_000 + n, "name": f"~name {n}~", "language": "tr", "hint": "tr",
        "blocked": 0, "created_at": AT,
    },
    "roles": lambda n: {"person_id": f"p{n}", "role": "parent" if n else "caseworker", "since": AT},
    "families": lambda n: {"id": f"f{n}", "label": f"~label {n}~", "caseworker_id": "p0", "created_at": AT},
    "members": lambda n: {"family_id": f"f{n}", "person_id": f"p{n}"},
    "enrolments": lambda n: {"offer_id": f"o{n}", "family_id": f"f{n}", "since": AT},
    "invitations": lambda n: {
        "id": f"i{n}", "code_hash": f"h{n}", "role": "parent", "name": f"~invited {n}~",
        "family_id": f"f{n}" if n else None,
        "step": None, "invited_by": "p0", "created_at": AT, "expires_at": AT, "used_at": AT if n % 2 else None,
        "used_by": f"p{n}" if n % 2 else None,
    },
    "sessions": lambda n: {
        "id": f"t{n}", "offer_id": f"o{n}", "caseworker_id": "p0", "starts_at": AT, "place": f"~session {n}~",
    },
    "appointments": lambda n: {
        "id": f"a{n}", "family_id": f"f{n}", "caseworker_id": "p0", "kind": "home_visit", "starts_at": AT,
        "place": f"~place {n}~", "state": "planned", "revision": 3, "session_id": f"t{n}",
    },
    "answers": lambda n: {"appointment_id": f"a{n}", "person_id": f"p{n}", "answer": "yes", "at": AT},
    "checkins": lambda n: {
        "id": f"c{n}", "person_id": f"p{n}", "family_id": f"f{n}", "mood": "bad", "note": f"~note {n}~", "at": AT,
    },
    "alarms": lambda n: {
        "id": f"x{n}", "number": n + 1, "person_id": f"p{n}", "family_id": f"f{n}" if n % 3 else None, "state": "taken",
        "opened_at": AT, "policy": "{}", "step": 0, "round": 0, "taken_by": "p0", "withdrawn_at": None, "revision": 1,
    },
    "pages": lambda n: {"alarm_id": f"x{n}", "person_id": "p0", "step": 1, "paged_at": AT, "delivered_at": None},
    "lines": lambda n: {"id": n + 1, "alarm_id": f"x{n}", "text": f"~line {n}~", "at": AT},
    "duties": lambda n: {"person_id": f"p{n}", "step": 1, "since": AT, "on": 1},
    "timers": lambda n: {"kind": "k", "scope": f"a{n}", "due_at": AT, "failures": 0},
    "cards": lambda n: {
        "id": f"k{n}", "person_id": f"p{n}", "about": f"appointment:a{n}", "message_id": n, "created_at": AT,
    },
    "deliveries": lambda n: {
        "id": n + 1, "lane": 1, "person_id": f"p{n}" if n else None, "chat_id": 7_000_000_000 + n,
        "method": "sendMessage",
        "body": f'{{"text": "~body {n}~"}}' if n % 2 else "", "card_id": f"k{n}", "edits": 0, "about": "",
        "state": "queued" if n % 2 else "delivered", "attempts": 0, "not_before": AT, "lease_until": None,
        "created_at": AT, "settled_at": None, "failure": None,
    },
    "updates": lambda n: {
        "update_id": n, "raw": f'{{"text": "~raw {n}~"}}' if n % 2 else "", "state": "waiting" if n % 2 else "done",
        "tries": 0, "arrived_at": AT, "failure": None,
    },
    "dialogues": lambda n: {
        "person_id": f"p{n}", "room": "r", "step": "s", "content": f'{{"typed": "~typed {n}~"}}', "expires_at": AT,
    },
    "journal": lambda n: {"id": n + 1, "at": AT + n, "actor": f"p{n}", "act": "duty.on", "subject": f"person:p{n}"},
}  # fmt: skip
# the steps have become one policy; everything else is as many as before
KEPT = {table: FAMILIES for table in ROWS if table != "escalation_steps"} | {"policies": 1}


@pytest.fixture
def plain(tmp_path: Path, keyring: Keyring) -> Path:
    """A store as the first version left it, with something in every table, still partly in its log."""
    file = tmp_path / "paenz.db"
    raw = sqlcipher.connect(str(file), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    engine = core_engine(lambda: raw, "BEGIN IMMEDIATE")
    with engine.connect() as connection:
        command.upgrade(settings(connection, Vault(keyring)), "0001")
        for table, row in ROWS.items():
            for n in range(FAMILIES):
                _insert(connection, table, row(n))
        connection.commit()
    engine.dispose()
    raw.close()
    assert is_plain(str(file))
    return file


def _insert(connection: Any, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    slots = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({slots})"), row)  # noqa: S608 - ours


def test_there_is_a_row_for_every_table_of_the_first_version(plain: Path) -> None:
    raw = sqlcipher.connect(str(plain))
    tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    raw.close()
    assert tables - {"alembic_version"} == set(ROWS)
    assert b"~name 7~" in every_byte(plain.parent)


async def everything(file: Path, keyring: Keyring) -> tuple[dict[str, int], set[str]]:
    """How many rows each table has, and every sealed word."""
    archive = await Archive.open(f"sqlite:///{file}", keyring)

    def look(store: Store) -> tuple[dict[str, int], set[str]]:
        count = {
            table: store.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - ours
            for table in KEPT
        }
        return count, {word for _, _, word in store.sealed.opened()}

    try:
        assert await archive.damage() == []
        return await archive.read(look)
    finally:
        await archive.close()


def wanted_words() -> set[str]:
    words = set()
    for n in range(FAMILIES):
        words |= {
            f"~name {n}~",
            f"~label {n}~",
            f"~session {n}~",
            f"~place {n}~",
            f"~note {n}~",
            f"~line {n}~",
        }
        words |= {f'{{"typed": "~typed {n}~"}}', str(7_000_000_000 + n)}
        words |= {f'{{"text": "~body {n}~"}}', f'{{"text": "~raw {n}~"}}'} if n % 2 else {f"~invited {n}~"}
    return words | {""}  # the name on an invitation that was used is not kept


async def test_nothing_is_lost_and_nothing_is_readable(plain: Path, keyring: Keyring, tmp_path: Path) -> None:
    await asyncio.to_thread(upgrade, f"sqlite:///{plain}", keyring)
    counts, words = await everything(plain, keyring)
    assert counts == KEPT
    assert words == wanted_words()
    content = every_byte(tmp_path)
    for word in ("~name", "~label", "~note", "~line", "~raw", "700000000"):
        assert word.encode() not in content
    assert {file.name for file in _files(tmp_path)} <= {
        "paenz.db",
        "master.key",
        "keys.db",
        "keys.db-journal",
        "journal.head",
    }


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


async def test_the_rooms_find_everything_where_it_was(plain: Path, keyring: Keyring) -> None:
    await asyncio.to_thread(upgrade, f"sqlite:///{plain}", keyring)
    archive = await Archive.open(f"sqlite:///{plain}", keyring)

    def look(store: Store) -> None:
        amina = store.people.by_telegram(7_000_000_003)
        assert amina is not None
        assert (amina.name, amina.roles, amina.discreet, amina.paused) == (
            "~name 3~",
            {Role.PARENT},
            False,
            False,
        )
        family = store.families.of_person(amina.id)
        assert family is not None
        assert family.label == "~label 3~"
        taken = store.checkins.get("c3")
        assert taken is not None
        assert taken.note == "~note 3~"
        circle = store.appointments.circle("a3")
        assert circle is not None
        assert (circle.appointment.place, circle.appointment.revision) == ("~place 3~", 3)
        alarm = store.alarms.get("x3")
        assert alarm is not None
        assert store.alarms.lines(alarm) == ["~line 3~"]
        assert len(store.updates.waiting()) == FAMILIES // 2
        assert list(store.journal.faults()) == []
        invitation = store.invitations.get("i3")
        assert invitation is not None
        assert invitation.decided_at == invitation.used_at is not None
        assert store.agency.steps() == [(step, 5) for step in range(1, FAMILIES + 1)]
        on_call = store.duties.on_now(from_millis(AT))
        assert len(on_call) == FAMILIES
        assert all(duty.tested for duty in on_call)
        assert (alarm.taken_by, alarm.site_id, alarm.promise) == ("p0", None, None)

    await archive.read(look)
    await archive.close()


class Killed(BaseException):
    """The power went out."""


MOMENTS = ("_export", "settle", "_zero", "MOVED.people", "MOVED.lines", "MOVED.dialogues", "seal_the_journal")


@pytest.mark.parametrize("moment", MOMENTS)
async def test_killed_on_the_way_it_is_done_the_next_time(
    plain: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        if moment.startswith("MOVED."):
            table, seen = moment.partition(".")[2], []
            true = sealing.MOVED[table]

            def dies_in_the_middle(vault: Vault, row: dict[str, Any]) -> dict[str, Any]:
                seen.append(row)
                if len(seen) > FAMILIES // 2:
                    raise Killed
                return true(vault, row)

            patch.setitem(sealing.MOVED, table, dies_in_the_middle)
        elif moment == "seal_the_journal":
            patch.setattr("storage.journal.Journal.write", dies)
        else:
            patch.setattr(migrate, moment, dies)
        with pytest.raises(Killed):
            await asyncio.to_thread(upgrade, f"sqlite:///{plain}", keyring)
    await asyncio.to_thread(upgrade, f"sqlite:///{plain}", keyring)
    counts, words = await everything(plain, keyring)
    assert counts == KEPT
    assert words == wanted_words()


def test_a_file_that_somebody_has_open_is_left_alone(plain: Path, keyring: Keyring) -> None:
    """An old bot that is still at work would go on writing into a file without a name."""
    other = sqlcipher.connect(str(plain), isolation_level=None)
    other.execute("SELECT count(*) FROM people").fetchone()
    with pytest.raises(StoreError, match=r"open|locked"):
        upgrade(f"sqlite:///{plain}", keyring)
    assert is_plain(str(plain))
    other.execute("INSERT INTO escalation_steps VALUES (99, 9)")
    other.close()
    upgrade(f"sqlite:///{plain}", keyring)
    assert not is_plain(str(plain))
