"""Who can be written to, and what can be changed, deleted, copied and pinned."""

from datetime import timedelta
from typing import Any

import pytest

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.world import World
from tests.demo.wire import Api, StillClock

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
BUTTON = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
WRITING: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"text": "a"}),
    ("sendContact", {"phone_number": "1", "first_name": "a"}),
    ("sendChatAction", {"action": "typing"}),
    ("editMessageText", {"text": "a", "message_id": 1}),
    ("editMessageReplyMarkup", {"message_id": 1}),
    ("pinChatMessage", {"message_id": 1}),
    ("unpinChatMessage", {}),
    ("copyMessage", {"from_chat_id": 7_000_000_001, "message_id": 1}),
]


@pytest.mark.parametrize(("method", "params"), WRITING)
@pytest.mark.parametrize("who", [4711, "@somebody", -100123, "x"])
async def test_unknown_chats_are_not_found(
    api: Api, chat_id: int, method: str, params: dict[str, Any], who: Any
) -> None:
    assert await api.refused(method, chat_id=who, **params) == "400 Bad Request: chat not found"


@pytest.mark.parametrize("method", ["sendMessage", "getChat"])
async def test_a_chat_must_be_named(api: Api, method: str) -> None:
    assert await api.refused(method, text="a") == "400 Bad Request: chat_id is empty"


async def test_the_bot_cannot_write_first(api: Api, amina: Hand) -> None:
    chat = {"chat_id": amina.account.id}
    assert await api.refused("sendMessage", **chat, text="Hallo") == "400 Bad Request: chat not found"
    amina.types("/start")
    assert (await api.result("sendMessage", **chat, text="Hallo"))["text"] == "Hallo"


@pytest.mark.parametrize(("method", "params"), WRITING)
async def test_who_blocked_the_bot_hears_nothing(
    api: Api, amina: Hand, chat_id: int, method: str, params: dict[str, Any]
) -> None:
    amina.blocks()
    refusal = await api.refused(method, chat_id=chat_id, **params)
    assert refusal == "403 Forbidden: bot was blocked by the user"


async def test_looking_and_deleting_still_work_when_blocked(api: Api, amina: Hand, chat_id: int) -> None:
    sent = await api.result("sendMessage", chat_id=chat_id, text="a")
    amina.blocks()
    assert (await api.result("getChat", chat_id=chat_id))["id"] == chat_id
    assert await api.result("deleteMessage", chat_id=chat_id, message_id=sent["message_id"])


async def test_vain_edits_are_refused(api: Api, chat_id: int) -> None:
    sent = await api.result(
        "sendMessage", chat_id=chat_id, text="<b>a</b>", parse_mode="HTML", reply_markup=BUTTON
    )
    message = {"chat_id": chat_id, "message_id": sent["message_id"]}
    same = {"text": "a ", "entities": [{"type": "bold", "offset": 0, "length": 1}], "reply_markup": BUTTON}
    assert await api.refused("editMessageText", **message, **same) == NOT_MODIFIED
    assert await api.refused("editMessageReplyMarkup", **message, reply_markup=BUTTON) == NOT_MODIFIED
    without = await api.result("editMessageText", **message, text="a")
    assert "reply_markup" not in without
    assert "entities" not in without
    assert await api.refused("editMessageReplyMarkup", **message) == NOT_MODIFIED


async def test_edits_of_what_is_not_there(api: Api, chat_id: int) -> None:
    for message_id in (99_999, 0, "x"):
        refusal = await api.refused("editMessageText", chat_id=chat_id, message_id=message_id, text="a")
        assert refusal == "400 Bad Request: message to edit not found"
    refusal = await api.refused("editMessageText", text="a")
    assert refusal == "400 Bad Request: message identifier is not specified"


async def test_edits_of_what_cannot_be_edited(api: Api, amina: Hand, chat_id: int) -> None:
    theirs = amina.types("von mir")
    keyboard = await api.result("sendMessage", chat_id=chat_id, text="a", reply_markup={"keyboard": [["Ja"]]})
    for message_id in (theirs, keyboard["message_id"]):
        refusal = await api.refused("editMessageText", chat_id=chat_id, message_id=message_id, text="b")
        assert refusal == "400 Bad Request: message can't be edited"
    card = await api.result("sendContact", chat_id=chat_id, phone_number="1", first_name="a")
    refusal = await api.refused("editMessageText", chat_id=chat_id, message_id=card["message_id"], text="b")
    assert refusal == "400 Bad Request: there is no text in the message to edit"


async def test_messages_can_be_deleted_for_48_hours(
    api: Api, amina: Hand, chat_id: int, clock: StillClock
) -> None:
    mine = (await api.result("sendMessage", chat_id=chat_id, text="a"))["message_id"]
    theirs = amina.types("b")
    clock.forward(timedelta(hours=48))
    assert await api.result("deleteMessage", chat_id=chat_id, message_id=theirs)
    clock.forward(timedelta(seconds=1))
    refusal = await api.refused("deleteMessage", chat_id=chat_id, message_id=mine)
    assert refusal == "400 Bad Request: message can't be deleted for everyone"
    assert (await api.refused("deleteMessages", chat_id=chat_id, message_ids=[mine])) == refusal
    edited = await api.result("editMessageText", chat_id=chat_id, message_id=mine, text="ein alter Satz")
    assert edited["text"] == "ein alter Satz"


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"message_id": 1}, "chat identifier is not specified"),
        ({"chat_id": 7_000_000_001}, "message identifier is not specified"),
        ({"chat_id": 7_000_000_001, "message_id": 99_999}, "message to delete not found"),
    ],
)
async def test_deletions_that_are_refused(
    api: Api, chat_id: int, params: dict[str, Any], complaint: str
) -> None:
    assert await api.refused("deleteMessage", **params) == f"400 Bad Request: {complaint}"


@pytest.mark.parametrize(
    ("message_ids", "complaint"),
    [
        (None, "message identifiers are not specified"),
        ([], "message identifiers are not specified"),
        ("{", "can't parse message_ids JSON object"),
        ({}, "expected an Array of message identifiers"),
        ([True], "message identifier must be a Number"),
        ([0], "invalid message identifier specified"),
        (list(range(1, 102)), "too many message identifiers specified"),
    ],
)
async def test_mass_deletions_that_are_refused(
    api: Api, chat_id: int, message_ids: Any, complaint: str
) -> None:
    refusal = await api.refused("deleteMessages", chat_id=chat_id, message_ids=message_ids)
    assert refusal == f"400 Bad Request: {complaint}"


async def test_replies_need_their_message(api: Api, chat_id: int) -> None:
    gone = {"message_id": 99_999}
    refusal = await api.refused("sendMessage", chat_id=chat_id, text="a", reply_parameters=gone)
    assert refusal == "400 Bad Request: message to be replied not found"
    gone["allow_sending_without_reply"] = True
    sent = await api.result("sendMessage", chat_id=chat_id, text="a", reply_parameters=gone)
    assert "reply_to_message" not in sent


@pytest.mark.parametrize(
    ("method", "purpose"), [("copyMessage", "copy"), ("pinChatMessage", "pin"), ("unpinChatMessage", "unpin")]
)
async def test_messages_that_are_not_there(api: Api, chat_id: int, method: str, purpose: str) -> None:
    refusal = await api.refused(method, chat_id=chat_id, from_chat_id=chat_id, message_id=99_999)
    assert refusal == f"400 Bad Request: message to {purpose} not found"


async def test_contacts_and_actions_need_their_parts(api: Api, chat_id: int) -> None:
    refusal = await api.refused("sendContact", chat_id=chat_id, phone_number="1")
    assert refusal == '400 Bad Request: parameter "first_name" is required'
    refusal = await api.refused("sendChatAction", chat_id=chat_id, action="dancing")
    assert refusal == "400 Bad Request: wrong parameter action in request"


async def test_a_chat_keeps_a_bounded_number_of_messages(
    api: Api, amina: Hand, chat_id: int, world: World
) -> None:
    world.rules = Rules(messages_kept=5)
    for number in range(9):
        amina.types(str(number))
    assert [message.words for message in amina.account.messages.values()] == list("45678")


async def test_account_ids_need_more_than_32_bits(amina: Hand) -> None:
    assert amina.account.id > 2**32
