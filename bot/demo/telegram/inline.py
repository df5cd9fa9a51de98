"""Inline queries: what somebody types behind the bot's name in any chat, and the bot's one answer to it."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram import fields, names
from bot.demo.telegram.bell import Bell
from bot.demo.telegram.call import Call
from bot.demo.telegram.errors import bad
from bot.demo.telegram.fields import FieldError
from bot.demo.telegram.keyboards import check_link
from bot.demo.telegram.messages import Account, Json
from bot.demo.telegram.world import World

_MOST_RESULTS = 50
_LONGEST_CACHE = 86_400
_USUAL_CACHE = 300
_LONGEST_OFFSET = 64  # bytes
_BUTTON = frozenset({"text", "start_parameter", "web_app"})
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True, eq=False)
class InlineQuery:
    """A query waiting for its answer; `button` is what stands above the results."""

    query_id: str
    account: Account
    asked_at: float  # unix seconds by the injected clock
    answered: bool = False
    results: list[Json] = field(default_factory=list)
    button: Json | None = None
    bell: Bell = field(default_factory=Bell)

    async def answer(self, within: float) -> bool:
        """Waits up to `within` real seconds for the bot's answer. Says whether it came."""
        return self.answered or await self.bell.heard(within) or self.answered


def ask_inline(world: World, account: Account, text: str, chat_type: str = "private") -> InlineQuery:
    """Somebody types the bot's name and a text in some chat, be it a stranger's."""
    query = InlineQuery(str(world.dice.randrange(10**17, 10**18)), account, world.seconds())
    world.inline_queries[query.query_id] = query
    if len(world.inline_queries) > world.rules.queries_kept:
        world.inline_queries.popitem(last=False)
    asked = {"id": query.query_id, "from": account.user, "query": text[:256], "offset": ""}
    asked["chat_type"] = chat_type
    world.updates.add("inline_query", asked, account.id + (1 << 33), world.rules.inline_update_lifetime)
    return query


def answer_inline_query(world: World, call: Call) -> bool:
    """answerInlineQuery. Raises 400 for what Telegram would not take, and for a query no longer open."""
    call.number("cache_time", _USUAL_CACHE, 0, _LONGEST_CACHE)
    button, results = _button(call), _results(call)
    if len(call.text("next_offset").encode()) > _LONGEST_OFFSET:
        raise bad("NEXT_OFFSET_INVALID")
    query = world.inline_queries.get(call.text("inline_query_id"))
    late = query is not None and world.seconds() - query.asked_at > world.rules.query_lifetime
    if query is None or query.answered or late:
        raise bad(_TOO_OLD)
    query.answered, query.button, query.results = True, button, results
    query.bell.ring()
    return True


def _results(call: Call) -> list[Json]:
    raw: Any = call.structure("results", "Can't parse JSON encoded inline query results")
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise bad("Expected an Array of inline query results")
    if len(raw) > _MOST_RESULTS:
        raise bad("Too many inline query results specified")
    if raw:
        call.ignored.append("results (not modelled here)")
    return raw


def _button(call: Call) -> Json | None:
    if not call.has("button"):
        return None
    raw = call.structure("button", "Can't parse inline query results button JSON object")
    try:
        return _read_button(call, raw)
    except FieldError as fault:
        raise bad(f"Can't parse inline query results button: {fault}") from None


def _read_button(call: Call, raw: Any) -> Json:
    if not isinstance(raw, dict):
        raise FieldError("InlineQueryResultsButton must be an Object")
    call.ignored.extend(names.unknown(raw, _BUTTON, "button"))
    label = fields.text(raw, "text")
    if "start_parameter" in raw:
        start = fields.text(raw, "start_parameter")
        if not label or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start):
            # Telegram's servers refuse these; their sentences are as others report them
            raise bad("SWITCH_PM_TEXT_EMPTY" if not label else "START_PARAM_INVALID")
        return {"text": label, "start_parameter": start}
    if "web_app" in raw:
        url = fields.text(fields.nested(raw, "web_app"), "url")
        check_link(url, "Inline query button Web App", secure=True)
        return {"text": label, "web_app": {"url": url}}
    raise FieldError("InlineQueryResultsButton must have exactly one optional field")
