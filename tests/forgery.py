"""What no app would send, put into Telegram's queue by hand: foreign presses and broken texts."""

from bot.demo.telegram.messages import Query
from tests.phones import Phone, plain

_HERE = "☞ the text ☜"
_LIFETIME = 3600


def presses(phone: Phone, carried: str, message_id: int | None = None) -> Query:
    """A press of a button this phone may never have been shown; returned at once.

    Of a message that is gone Telegram tells no more than chat and number, with a date of 0.
    """
    query = phone.world.ask(phone.account, message_id or phone.last.message_id, carried)
    there = phone.account.messages.get(query.message_id)
    gone = {"chat": phone.account.chat, "message_id": query.message_id, "date": 0}
    message = there.api() if there is not None else gone
    asked = {"id": query.query_id, "from": phone.account.user, "message": message, "data": carried}
    phone.world.updates.add("callback_query", {**asked, "chat_instance": "1"}, phone.account.id, _LIFETIME)
    return query


async def answer(query: Query) -> str:
    """The words the bot answered a forged press with. Fails if it never did."""
    assert await query.answer(5), f"never answered: {query.data!r}"
    return plain(query.text)


def writes(phone: Phone, json_text: str) -> None:
    """A text message whose text is exactly this piece of JSON, quotes included."""
    message = {
        "message_id": 1_000_000,
        "from": phone.account.user,
        "chat": phone.account.chat,
        "date": int(phone.world.seconds()),
        "text": _HERE,
    }
    phone.world.updates.add("message", message, phone.account.id, _LIFETIME)
    entry = phone.world.updates.live()[-1]
    entry.encoded = entry.encoded.replace(f'"{_HERE}"'.encode(), json_text.encode())
