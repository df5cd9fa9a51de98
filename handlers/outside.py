"""Groups, channels and inline queries: Pänz speaks with one person alone, and says where."""

from datetime import datetime
from typing import Any

from handlers.desk import voice_of
from handlers.links import HELLO
from locales.languages import match
from locales.phrase import F, S
from locales.translator import voice
from storage.records import Lane
from storage.store import Store

# seconds Telegram may show the same answer again: long enough for whoever types on, short enough for a new language
REMEMBERED = 10


def goodbye(store: Store, telegram_id: int, hint: str) -> str:
    """The words for a group, in the language of whoever brought us there; strangers stay strangers."""
    person = store.people.by_telegram(telegram_id)
    if person is None:
        return voice(match(hint)).say(F("outside.group"))
    return voice_of(person).say(S("outside.group") if person.is_staff else F("outside.group"))


def leave(store: Store, chat_id: int, words: str | None, now: datetime) -> None:
    """Owes a group the words, if any, and then that we go."""
    if words is not None:
        body = {"chat_id": chat_id, "text": words, "protect_content": True}
        store.deliveries.post(Lane.NEWS, chat_id, "sendMessage", body, now)
    store.deliveries.post(Lane.NEWS, chat_id, "leaveChat", {"chat_id": chat_id}, now)


def way_in(store: Store, telegram_id: int, hint: str) -> str:
    """What stands on the button that opens the private chat, in the person's language."""
    person = store.people.by_telegram(telegram_id)
    if person is None:
        return voice(match(hint)).say(F("outside.open.button"))
    return voice_of(person).say(S("outside.open.button") if person.is_staff else F("outside.open.button"))


def only_a_door(query_id: str, label: str) -> dict[str, Any]:
    """The answer to an inline query: nothing to send, and the button."""
    button = {"text": label, "start_parameter": HELLO}
    return {
        "inline_query_id": query_id,
        "results": [],
        "cache_time": REMEMBERED,
        "is_personal": True,
        "button": button,
    }
