"""Groups and channels: who hears what there, who may write, and how one leaves."""

from typing import Any

import pytest

from bot.demo.telegram.company import Company
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.groups import Group, Kind
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from tests.demo.wire import Api

KINDS: tuple[Kind, ...] = ("group", "supergroup", "channel")


@pytest.fixture(params=KINDS)
def group(request: pytest.FixtureRequest, world: World) -> Group:
    """A group of each kind, without the bot."""
    return world.group("Nachbarn", request.param)


@pytest.fixture
def company(amina: Hand, group: Group) -> Company:
    return Company(amina, group)


async def heard(api: Api) -> list[dict[str, Any]]:
    return list(await api.result("getUpdates"))


async def test_the_bot_learns_that_somebody_brought_it(api: Api, company: Company, group: Group) -> None:
    company.brings_the_bot()
    first, *more = await heard(api)
    change = first["my_chat_member"]
    assert change["chat"] == group.chat
    assert change["from"]["first_name"] == "Amina"
    assert change["old_chat_member"]["status"] == "left"
    channel = group.kind == "channel"
    assert change["new_chat_member"]["status"] == ("administrator" if channel else "member")
    assert [update["message"]["new_chat_members"][0]["is_bot"] for update in more] == [True] * (not channel)


async def test_it_can_write_and_leave_and_then_write_no_more(
    api: Api, company: Company, group: Group
) -> None:
    company.brings_the_bot()
    assert (await api.result("sendMessage", chat_id=group.id, text="Hallo"))["chat"] == group.chat
    assert await api.result("leaveChat", chat_id=group.id) is True
    outside = f"403 Forbidden: bot is not a member of the {group.kind} chat"
    assert await api.refused("sendMessage", chat_id=group.id, text="a") == outside
    assert await api.refused("leaveChat", chat_id=group.id) == outside
    last = (await heard(api))[-1]["my_chat_member"]
    assert (last["from"]["is_bot"], last["new_chat_member"]["status"]) == (True, "left")


async def test_who_was_thrown_out_is_told_so(api: Api, company: Company, group: Group) -> None:
    company.brings_the_bot()
    company.removes_the_bot()
    kicked = f"403 Forbidden: bot was kicked from the {group.kind} chat"
    assert await api.refused("sendMessage", chat_id=group.id, text="a") == kicked
    assert await api.refused("leaveChat", chat_id=group.id) == kicked
    last = (await heard(api))[-1]["my_chat_member"]
    assert last["new_chat_member"] == {
        "user": last["new_chat_member"]["user"],
        "status": "kicked",
        "until_date": 0,
    }


async def test_outside_it_may_look_only_at_basic_groups(api: Api, group: Group) -> None:
    if group.kind == "group":
        assert (await api.result("getChat", chat_id=group.id))["title"] == "Nachbarn"
    else:
        outside = f"403 Forbidden: bot is not a member of the {group.kind} chat"
        assert await api.refused("getChat", chat_id=group.id) == outside


async def test_without_the_right_it_can_not_write_but_leave(api: Api, company: Company, group: Group) -> None:
    company.brings_the_bot(may_post=False)
    refusal = await api.refused("sendMessage", chat_id=group.id, text="a")
    assert refusal == (
        "400 Bad Request: need administrator rights in the channel chat"
        if group.kind == "channel"
        else "400 Bad Request: not enough rights to send text messages to the chat"
    )
    assert await api.result("leaveChat", chat_id=group.id) is True


async def test_privacy_mode_lets_only_commands_through(api: Api, amina: Hand, world: World) -> None:
    company = Company(amina, world.group("Nachbarn"))
    company.types("/start")
    company.brings_the_bot()
    world.updates.clear()
    for text in (
        "Hallo zusammen",
        "/start",
        "/help@paenzporzbot",
        "/start@OtherBot",
        "/ nichts",
        "ruf /start",
    ):
        company.types(text)
    assert [update["message"]["text"] for update in await heard(api)] == ["/start", "/help@paenzporzbot"]
    company.removes_the_bot()
    world.updates.clear()
    company.types("/start")
    assert await heard(api) == []


async def test_nobody_writes_in_a_channel_or_brings_the_bot_twice(amina: Hand, world: World) -> None:
    company = Company(amina, world.group("Neues", "channel"))
    with pytest.raises(ApiError):
        company.types("/start")
    company.brings_the_bot()
    with pytest.raises(ApiError):
        company.brings_the_bot()


async def test_a_private_chat_can_not_be_left(api: Api, chat_id: int) -> None:
    refusal = await api.refused("leaveChat", chat_id=chat_id)
    assert refusal == "400 Bad Request: chat member status can't be changed in private chats"
    assert await api.refused("leaveChat", chat_id=-100123) == "400 Bad Request: chat not found"
    assert await api.refused("leaveChat") == "400 Bad Request: chat_id is empty"
