"""A note that staff typed leaves the chat whatever becomes of it; long ones are read in parts, and whole."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from handlers import noting
from handlers.refusal import NeedsCode, Refusal
from handlers.turn import Asked, Turn
from locales.phrase import S
from storage.engine import Archive
from storage.records import Role
from storage.store import Store

TOO_LONG = S("alarms.too_long", most=10)


def refuses(text: str) -> str:
    raise Refusal(S("refusal.not_your_family"))


def needs_code(text: str) -> str:
    raise NeedsCode(S("login.needed"), fresh=False)


@pytest.mark.parametrize(
    ("typed", "by", "made", "room"),
    [
        ("kurz", str.upper, "KURZ", None),
        ("viel zu lang", str.upper, None, "alarms"),
        ("\u2800", str.upper, None, "alarms"),
        ("kurz", refuses, None, None),
        ("kurz", needs_code, None, "login"),
    ],
)
async def test_what_was_typed_is_deleted_whatever_becomes_of_it(
    archive: Archive, now: datetime, typed: str, by: Callable[[str], str], made: str | None, room: str | None
) -> None:
    def story(store: Store) -> None:
        person = store.people.met(1, "de", now)
        store.people.grant(person.id, Role.LEAD, now)
        store.settings.ask_for_codes(True)
        store.dialogues.put(person.id, "alarms", "note", {"alarm": "x"}, now)
        turn = Turn(store, store.people.get(person.id), now, Asked(text=typed, wrote=77))
        store.take_posted()
        assert noting.keep(turn, 10, TOO_LONG, by) == made
        posted = store.take_posted()
        gone = [json.loads(owed.body) for owed in posted if owed.method == "deleteMessages"]
        assert [body["message_ids"] for body in gone] == [[77]]
        told = [str(owed.body) for owed in posted if "Nichts wurde gespeichert" in str(owed.body)]
        assert len(told) == (made is None)
        left = store.dialogues.of(person.id, now)
        assert (left.room if left is not None else None) == room

    await archive.write(story)
