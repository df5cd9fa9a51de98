"""Methods that change, remove or pin what is already in a chat."""

from typing import Any

from bot.demo.telegram.call import Call, leading_integer
from bot.demo.telegram.content import message_text
from bot.demo.telegram.errors import bad
from bot.demo.telegram.keyboards import read_inline
from bot.demo.telegram.messages import Account, Json, Message
from bot.demo.telegram.world import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_AT_ONCE = 100


def edit_message_text(world: World, call: Call) -> Json:
    """editMessageText: new text; without reply_markup the buttons go."""
    inline = read_inline(world.rules, call)
    body = message_text(world.rules, call)
    message = _editable(world, call)
    if "text" not in message.body:
        raise bad("There is no text in the message to edit")
    return _edit(world, message, body, inline)


def edit_message_reply_markup(world: World, call: Call) -> Json:
    """editMessageReplyMarkup: new buttons, or none."""
    inline = read_inline(world.rules, call)
    message = _editable(world, call)
    # Buttons that go leave nothing new to read; buttons that change do.
    return _edit(world, message, message.body, inline, news=bool(inline))


def _editable(world: World, call: Call) -> Message:
    message_id = call.number("message_id", low=0)
    if not call.has("chat_id") and not message_id:
        raise bad("Message identifier is not specified")
    message = world.message(world.open_chat(call), message_id, "message to edit")
    # What a person wrote, and what once brought a reply keyboard, stays as it is.
    if not message.from_bot or message.other_markup:
        raise bad("Message can't be edited")
    return message


def _edit(
    world: World, message: Message, body: Json, inline: list[list[Json]] | None, news: bool = True
) -> Json:
    # Whether it changes anything is found out behind the rate limit, so a vain edit counts too.
    world.pace.spend(message.account)
    if body == message.body and (inline or None) == (message.inline or None):
        raise bad(_NOT_MODIFIED)
    message.body, message.inline = body, inline
    message.edit_date = int(world.seconds())
    world.touch(message.account, message if news else None)
    return message.api()


def delete_message(world: World, call: Call) -> bool:
    """deleteMessage: one message of the last 48 hours, the bot's or the person's."""
    if not call.has("chat_id"):
        raise bad("Chat identifier is not specified")
    message_id = call.number("message_id", low=0)
    if not message_id:
        raise bad("Message identifier is not specified")
    account = world.chat(call)
    _remove(world, account, [world.message(account, message_id, "message to delete")])
    return True


def delete_messages(world: World, call: Call) -> bool:
    """deleteMessages: up to 100, those not found are passed over."""
    message_ids = _message_ids(call)
    account = world.chat(call)
    found = [account.messages[number] for number in message_ids if number in account.messages]
    _remove(world, account, found)
    return True


def _message_ids(call: Call) -> list[int]:
    raw = call.structure("message_ids", "Can't parse message_ids JSON object")
    if raw is None:
        raise bad("Message identifiers are not specified")
    if not isinstance(raw, list):
        raise bad("Expected an Array of message identifiers")
    if len(raw) > _AT_ONCE:
        raise bad("Too many message identifiers specified")
    if not raw:
        raise bad("Message identifiers are not specified")
    return [_message_id(item) for item in raw]


def _message_id(item: Any) -> int:
    if not isinstance(item, int | str) or isinstance(item, bool):
        raise bad("Message identifier must be a Number")
    number = item if isinstance(item, int) else leading_integer(item)
    if number <= 0:
        raise bad("Invalid message identifier specified")
    return number


def _remove(world: World, account: Account, messages: list[Message]) -> None:
    oldest = world.seconds() - world.rules.deletion_window
    if any(message.date < oldest for message in messages):
        raise bad("Message can't be deleted for everyone")
    for message in messages:
        account.loses(message.message_id)
    if messages:
        world.touch(account)


def pin_chat_message(world: World, call: Call) -> bool:
    """pinChatMessage."""
    account = world.open_chat(call)
    message = world.message(account, call.number("message_id", low=0), "message to pin")
    if message.message_id not in account.pinned:
        account.pinned.append(message.message_id)
        world.touch(account)
    return True


def unpin_chat_message(world: World, call: Call) -> bool:
    """unpinChatMessage: the named one, or the latest pinned."""
    account = world.open_chat(call)
    message_id = call.number("message_id", low=0) or next(reversed(account.pinned), 0)
    message = world.message(account, message_id, "message to unpin")
    if message.message_id in account.pinned:
        account.pinned.remove(message.message_id)
        world.touch(account)
    return True
