"""What the door knows of an update before it opens, and in which order a person's line is heard."""

import asyncio
import json
from typing import Any

import pytest

from bot.knock import NOBODY, Knock, knock
from bot.line import TOGETHER, Line
from storage.records import RawUpdate

AMINA = {"id": 7, "is_bot": False, "first_name": "Amina"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Amina"}
SHOWN = {"message_id": 1, "chat": PRIVATE, "date": 5, "text": "shown"}


def came(**update: Any) -> Knock:
    return knock(RawUpdate(1, json.dumps({"update_id": 1, **update}), 0))


def test_a_message_tells_when_it_was_sent_and_what_it_says() -> None:
    told = came(message={"message_id": 1, "from": AMINA, "chat": PRIVATE, "date": 99, "text": "Hallo"})
    assert (told.whose, told.private, told.counts, told.sent_at, told.text) == (7, True, True, 99.0, "Hallo")


def test_a_corrected_message_counts_when_it_was_corrected_and_is_not_new() -> None:
    said = {"message_id": 1, "from": AMINA, "chat": PRIVATE, "date": 99, "edit_date": 120, "text": "x"}
    told = came(edited_message=said)
    assert (told.counts, told.sent_at, told.is_new) == (True, 120.0, False)


def test_a_press_is_answered_by_its_own_id_and_has_no_time() -> None:
    query = {"id": "q", "from": AMINA, "message": SHOWN, "chat_instance": "1", "data": "a:b"}
    told = came(callback_query=query)
    assert (told.counts, told.query_id, told.carried, told.sent_at, told.text) == (True, "q", "a:b", None, "")
    assert came(callback_query={name: query[name] for name in ("id", "from", "data")}).counts


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_what_is_said_in_company_does_not_count(kind: str) -> None:
    said = {"message_id": 1, "from": AMINA, "chat": {"id": -5, "type": kind}, "date": 1, "text": "/start"}
    told = came(message=said)
    assert (told.whose, told.private, told.counts) == (7, False, False)


def test_blocking_and_inline_queries_do_not_count() -> None:
    change = {"chat": PRIVATE, "from": AMINA, "date": 1}
    assert not came(my_chat_member=change).counts
    asked = came(inline_query={"id": "1", "from": AMINA, "query": "", "offset": ""})
    assert (asked.whose, asked.kind, asked.counts) == (7, "inline_query", False)


@pytest.mark.parametrize(
    "raw", ["", "7", "null", "[]", '{"message": 7}', '{"message": {"from": {"id": {}}}}', "[" * 10**5]
)
def test_malformed_updates_are_nobodys(raw: str) -> None:
    told = knock(RawUpdate(3, raw, 0))
    assert (told.whose, told.counts) == (NOBODY, False)


def numbered(number: int, text: str = "") -> Knock:
    return Knock(RawUpdate(number, "", 0), 7, "message", private=True, text=text)


def test_cries_are_heard_first_and_the_same_cry_once() -> None:
    line = Line()
    line.over.append(numbered(1))
    line.stands_in(numbered(2))
    for number, text in enumerate(("Hilfe", "/alarm", " hilfe ", "Hilfe"), 3):
        line.cries_out(numbered(number, text))
    assert len(line) == 6
    order = [[one.raw.update_id for one in line.next()] for _ in range(4)]
    assert order == [[3, 5, 6], [4], [2], []]
    assert [one.raw.update_id for one in line.too_much()] == [1]
    assert len(line) == 0


def test_cries_that_say_nothing_are_each_heard() -> None:
    line = Line()
    line.cries_out(numbered(1))
    line.cries_out(numbered(2))
    assert [len(line.next()), len(line.next())] == [1, 1]


def test_too_much_is_dealt_with_in_portions() -> None:
    line = Line()
    line.over.extend(numbered(number) for number in range(TOGETHER + 5))
    assert [len(line.too_much()) for _ in range(3)] == [TOGETHER, 5, 0]


@pytest.mark.parametrize("comes", [Line.stands_in, Line.cries_out])
async def test_a_breath_ends_when_somebody_comes(comes: Any) -> None:
    line = Line()
    loop = asyncio.get_running_loop()
    loop.call_later(0.01, comes, line, numbered(2, "Hilfe"))
    async with asyncio.timeout(5):
        await line.breathes(60)
    assert len(line.next()) == 1


async def test_a_breath_ends_by_itself() -> None:
    async with asyncio.timeout(5):
        await Line().breathes(0.01)
