"""Inline queries: one answer each, soon, and well formed."""

from datetime import timedelta
from typing import Any

import pytest

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.inline import InlineQuery, ask_inline
from bot.demo.telegram.world import World
from tests.demo.wire import Api, StillClock

BUTTON = {"text": "Direkt", "start_parameter": "hallo"}
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
def query(world: World, amina: Hand) -> InlineQuery:
    """Typed by somebody who never started the bot."""
    return ask_inline(world, amina.account, "termine")


async def test_the_bot_hears_it_from_anybody(api: Api, query: InlineQuery) -> None:
    (update,) = await api.result("getUpdates")
    asked = update["inline_query"]
    assert (asked["id"], asked["query"], asked["offset"]) == (query.query_id, "termine", "")
    assert asked["from"]["language_code"] == "tr"


async def test_it_is_answered_once(api: Api, query: InlineQuery) -> None:
    named = {"inline_query_id": query.query_id, "results": [], "cache_time": 1, "button": BUTTON}
    assert await api.result("answerInlineQuery", **named) is True
    assert (await query.answer(0), query.button, query.results) == (True, BUTTON, [])
    assert await api.refused("answerInlineQuery", **named) == TOO_OLD


async def test_it_grows_old(api: Api, query: InlineQuery, clock: StillClock) -> None:
    clock.forward(timedelta(seconds=16))
    assert await api.refused("answerInlineQuery", inline_query_id=query.query_id, results=[]) == TOO_OLD
    assert await api.refused("answerInlineQuery", inline_query_id="17", results=[]) == TOO_OLD
    clock.forward(timedelta(seconds=15))
    assert await api.result("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"results": {}}, "expected an Array of inline query results"),
        ({"results": {"a": 1}}, "expected an Array of inline query results"),
        ({"results": "["}, "can't parse JSON encoded inline query results"),
        ({"results": [{}] * 51}, "too many inline query results specified"),
        ({"button": "{"}, "can't parse inline query results button JSON object"),
        (
            {"button": []},
            "can't parse inline query results button: InlineQueryResultsButton must be an Object",
        ),
        ({"button": {}}, "can't parse inline query results button: Can't find field \"text\""),
        (
            {"button": {"text": "a"}},
            "can't parse inline query results button: "
            "InlineQueryResultsButton must have exactly one optional field",
        ),
        ({"button": {**BUTTON, "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {**BUTTON, "start_parameter": "a" * 65}}, "START_PARAM_INVALID"),
        ({"button": {**BUTTON, "start_parameter": ""}}, "START_PARAM_INVALID"),
        ({"button": {**BUTTON, "text": ""}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
    ],
)
async def test_malformed_answers_are_refused(
    api: Api, query: InlineQuery, params: dict[str, Any], complaint: str
) -> None:
    named = {"inline_query_id": query.query_id, **params}
    assert await api.refused("answerInlineQuery", **named) == f"400 Bad Request: {complaint}"
    assert not query.answered


async def test_names_nobody_knows_are_noted(api: Api, query: InlineQuery, world: World) -> None:
    button = {**BUTTON, "colour": "red"}
    await api.result("answerInlineQuery", inline_query_id=query.query_id, results=[], button=button, bliss=1)
    assert [one.name for one in world.ignored] == ["bliss", "button.colour"]
