"""The phones' side over HTTP: everything a hand can do, and the stream of events."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession, FormData, web

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.web import bot_api
from bot.demo.telegram.world import World
from tests.demo.pictures import jpeg, png
from tests.demo.wire import Api, StillClock


async def get(api: Api, path: str) -> dict[str, Any]:
    answer = await api.raw("GET", f"/sim/{path}")
    assert answer.status == 200, answer.body
    return answer.body


async def post(api: Api, path: str, **body: Any) -> dict[str, Any]:
    answer = await api.raw("POST", f"/sim/{path}", json=body)
    assert answer.status == 200, answer.body
    return answer.body


async def test_an_account_is_made_writes_and_reads(api: Api, world: World) -> None:
    made = await post(api, "accounts", name="Şebnem", language_code="tr")
    assert (made["first_name"], made["language_code"]) == ("Şebnem", "tr")
    assert made["color"].startswith("#")
    chat = f"chats/{made['id']}"
    assert (await get(api, chat))["started"] is False
    typed = await post(api, f"{chat}/text", text="/start <b>")
    shown = await get(api, chat)
    assert shown["started"] is True
    (message,) = shown["messages"]
    assert message["message_id"] == typed["message_id"]
    assert message["html"] == '<span class="command">/start</span> &lt;b&gt;'
    assert message["from_bot"] is False
    state = await get(api, "state")
    assert state["accounts"] == [made]
    assert state["bot"] == {"username": "PaenzPorzBot", "name": "Pänz"}
    assert state["now"] == "2026-03-02T09:00:00+00:00"
    assert state["faults"]["mode"] == "none"
    assert state["rates"] == {"per_second": None, "per_chat_per_second": None}


async def test_a_message_of_the_bot_in_all_its_parts(api: Api, chat_id: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
    sent = await api.result(
        "sendMessage",
        chat_id=chat_id,
        text='<b>fett & <a href="https://example.org">da</a></b>'.replace("&", "&amp;"),
        parse_mode="HTML",
        disable_notification=True,
        protect_content=True,
        reply_markup=keyboard,
    )
    await api.result("sendMessage", chat_id=chat_id, text="Menü", reply_markup={"keyboard": [["SOS"]]})
    await api.result("pinChatMessage", chat_id=chat_id, message_id=sent["message_id"])
    await api.result("setMyCommands", commands=[{"command": "sos", "description": "Hilfe"}])
    await api.result("sendChatAction", chat_id=chat_id, action="typing")
    shown = await get(api, f"chats/{chat_id}")
    message = shown["messages"][1]
    assert message["html"] == '<b>fett &amp; <a href="https://example.org" rel="noreferrer">da</a></b>'
    assert (message["silent"], message["protected"], message["pinned"], message["edited"]) == (
        True,
        True,
        True,
        False,
    )
    assert message["inline_keyboard"] == keyboard["inline_keyboard"]
    assert (message["photo"], message["document"], message["contact"]) == (None, None, None)
    assert shown["reply_keyboard"] == {"keyboard": [[{"text": "SOS"}]]}
    assert shown["commands"] == [{"command": "sos", "description": "Hilfe"}]
    assert shown["menu_button"] == {"type": "default"}
    assert (shown["typing"], shown["blocked"]) == (True, False)


async def test_typing_ends_with_the_message(api: Api, chat_id: int) -> None:
    await api.result("sendChatAction", chat_id=chat_id, action="typing")
    assert (await get(api, f"chats/{chat_id}"))["typing"] is True
    await api.result("sendMessage", chat_id=chat_id, text="a")
    assert (await get(api, f"chats/{chat_id}"))["typing"] is False


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/?a=1&b", "https://example.org/?a=1&amp;b"),
        ("example.org", "https://example.org"),
        ("javascript:alert(1)", "#"),
    ],
)
async def test_only_harmless_links_are_shown(api: Api, chat_id: int, url: str, shown: str) -> None:
    link = [{"type": "text_link", "offset": 0, "length": 1, "url": url}]
    await api.result("sendMessage", chat_id=chat_id, text="x", entities=link)
    (*_, message) = (await get(api, f"chats/{chat_id}"))["messages"]
    assert message["html"] == f'<a href="{shown}" rel="noreferrer">x</a>'


async def test_a_pressed_button_and_its_answer(api: Api, chat_id: int) -> None:
    keyboard = {
        "inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}, {"text": "i", "url": "example.org"}]]
    }
    sent = await api.result("sendMessage", chat_id=chat_id, text="?", reply_markup=keyboard)
    place = {"message_id": sent["message_id"], "row": 0}
    opened = await post(api, f"chats/{chat_id}/press", **place, column=1)
    assert opened == {"query_id": None, "url": "example.org"}
    pressed = await post(api, f"chats/{chat_id}/press", **place, column=0)
    waiting = asyncio.ensure_future(get(api, f"queries/{pressed['query_id']}?wait=5"))
    await asyncio.sleep(0.05)
    await api.result(
        "answerCallbackQuery", callback_query_id=pressed["query_id"], text="Danke", show_alert=True
    )
    answer = await asyncio.wait_for(waiting, 2)
    assert (answer["answered"], answer["text"], answer["show_alert"]) == (True, "Danke", True)
    unanswered = await post(api, f"chats/{chat_id}/press", **place, column=0)
    assert (await get(api, f"queries/{unanswered['query_id']}?wait=0.05"))["answered"] is False
    gone = await api.raw("POST", f"/sim/chats/{chat_id}/press", json={**place, "column": 7})
    assert gone.status == 404


@pytest.mark.parametrize("what", ["contact", "photo", "sticker", "voice", "location", "forward"])
async def test_other_things_people_send(api: Api, chat_id: int, what: str) -> None:
    sent = await post(api, f"chats/{chat_id}/{what}")
    (update,) = await api.result("getUpdates")
    assert update["message"]["message_id"] == sent["message_id"]
    assert {"forward": "forward_origin"}.get(what, what) in update["message"]


async def test_editing_deleting_blocking(api: Api, chat_id: int) -> None:
    chat = f"chats/{chat_id}"
    typed = await post(api, f"{chat}/text", text="alt")
    await post(api, f"{chat}/edit", message_id=typed["message_id"], text="neu")
    assert (await get(api, chat))["messages"][-1]["text"] == "neu"
    await post(api, f"{chat}/delete", message_id=typed["message_id"])
    assert len((await get(api, chat))["messages"]) == 1
    await post(api, f"{chat}/block")
    assert (await get(api, chat))["blocked"] is True
    assert (await api.raw("POST", f"/sim/{chat}/text", json={"text": "geht nicht"})).status == 409
    await post(api, f"{chat}/unblock")
    await post(api, f"{chat}/text", text="wieder da")
    kinds = [next(k for k in update if k != "update_id") for update in await api.result("getUpdates")]
    assert kinds == ["message", "edited_message", "my_chat_member", "my_chat_member", "message"]


async def test_long_texts_are_cut_as_the_app_cuts_them(api: Api, chat_id: int) -> None:
    await post(api, f"chats/{chat_id}/text", text="ä" * 5000)
    assert [len(update["message"]["text"]) for update in await api.result("getUpdates")] == [4096, 904]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("chats/4711/text", {"text": "a"}, 404),
        ("chats/x/text", {"text": "a"}, 400),
        ("chats/7000000001/text", {}, 400),
        ("chats/7000000001/text", {"text": " "}, 400),
        ("chats/7000000001/delete", {"message_id": 99_999}, 404),
        ("accounts", {}, 400),
        ("accounts", {"name": "Zwilling", "id": 7_000_000_001}, 400),
        ("faults", {"mode": "earthquake"}, 400),
        ("clock", {"forward_seconds": -1}, 400),
    ],
)
async def test_acts_that_make_no_sense(
    api: Api, chat_id: int, path: str, body: dict[str, Any], status: int
) -> None:
    answer = await api.raw("POST", f"/sim/{path}", json=body)
    assert (answer.status, answer.body["ok"]) == (status, False)


async def test_media_can_be_looked_at_but_not_run(api: Api, chat_id: int) -> None:
    form = FormData({"chat_id": str(chat_id)})
    form.add_field("photo", png(30, 20), filename="a.png")
    await api.raw("POST", f"/bot{api.token}/sendPhoto", data=form)
    form = FormData({"chat_id": str(chat_id), "document": "attach://file"})
    form.add_field("file", b"<script>", filename="a.html", content_type="text/html")
    await api.raw("POST", f"/bot{api.token}/sendDocument", data=form)
    photo, document = (await get(api, f"chats/{chat_id}"))["messages"][-2:]
    async with api.session.get(api.base + photo["photo"]) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", png(30, 20))
    assert (document["document"]["name"], document["document"]["size"]) == ("a.html", 8)
    async with api.session.get(api.base + document["document"]["url"]) as answer:
        assert answer.headers["Content-Security-Policy"] == "sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with api.session.get(f"{api.base}/sim/media/unknown") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"GIF89a", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (jpeg(9_000, 1_001), "PHOTO_INVALID_DIMENSIONS"),
        (png(210, 10), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_photos_that_are_refused(api: Api, chat_id: int, content: bytes, complaint: str) -> None:
    form = FormData({"chat_id": str(chat_id)})
    form.add_field("photo", content, filename="a.png")
    answer = await api.raw("POST", f"/bot{api.token}/sendPhoto", data=form)
    assert answer.complaint == f"Bad Request: {complaint}"


async def test_photos_by_name(api: Api, chat_id: int) -> None:
    for photo, complaint in (
        ("", "there is no photo in the request"),
        ("attach://nothing", "there is no photo in the request"),
        ("https://example.org/a.png", "failed to get HTTP URL content"),
        ("AgADunknown", "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"),
    ):
        assert await api.refused("sendPhoto", chat_id=chat_id, photo=photo) == f"400 Bad Request: {complaint}"


async def test_the_clock_is_wound_for_everybody(world: World, clock: StillClock) -> None:
    wound: list[timedelta] = []

    async def wind(by: timedelta) -> None:
        wound.append(by)
        clock.forward(by)

    runner = web.AppRunner(bot_api(world, wind), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        api = Api(session, f"http://127.0.0.1:{runner.addresses[0][1]}", world.token)
        assert await post(api, "clock", forward_seconds=90) == {"now": "2026-03-02T09:01:30+00:00"}
    await runner.cleanup()
    assert wound == [timedelta(seconds=90)]


async def test_without_a_winder_the_world_s_clock_is_wound(api: Api, clock: StillClock) -> None:
    assert await post(api, "clock", forward_seconds=1) == {"now": "2026-03-02T09:00:01+00:00"}


async def test_faults_and_transcript_over_http(api: Api, chat_id: int) -> None:
    before = await api.raw("GET", "/sim/requests")
    assert before.body["list"] == []
    shown = await post(api, "faults", mode="error500", share=1, methods=["getMe"], seconds=60, seed=3)
    assert shown == {"mode": "error500", "share": 1.0, "methods": ["getme"], "seconds": 60.0}
    assert (await api.call("getMe")).status == 500
    assert (await post(api, "faults", mode="none"))["mode"] == "none"
    await api.call("getMe")
    both = (await api.raw("GET", "/sim/requests")).body["list"]
    assert [(entry["n"], entry["status"], entry.get("error")) for entry in both] == [
        (1, 500, "Internal Server Error"),
        (2, 200, None),
    ]
    assert (await api.raw("GET", "/sim/requests?after=1")).body["list"] == both[1:]


@pytest.fixture
async def news(api: Api) -> AsyncIterator[asyncio.Queue[tuple[str, dict[str, Any]]]]:
    """Events as they come."""
    queue: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()
    async with api.session.get(f"{api.base}/sim/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")

        async def read() -> None:
            while chunk := await stream.content.readuntil(b"\n\n"):
                kind, _, content = chunk.decode().strip().partition("\n")
                queue.put_nowait((kind.removeprefix("event: "), orjson.loads(content.removeprefix("data: "))))

        reader = asyncio.ensure_future(read())
        yield queue
        reader.cancel()
        await asyncio.wait([reader])


async def test_events_tell_what_happened(
    api: Api, chat_id: int, amina: Hand, world: World, news: asyncio.Queue[tuple[str, dict[str, Any]]]
) -> None:
    async def next_news() -> tuple[str, dict[str, Any]]:
        return await asyncio.wait_for(news.get(), 2)

    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
    sent = await api.result("sendMessage", chat_id=chat_id, text="?", reply_markup=keyboard)
    assert await next_news() == ("chat", {"id": chat_id, "revision": amina.account.revision})
    await api.result("sendChatAction", chat_id=chat_id, action="typing")
    kind, typing = await next_news()
    assert (kind, typing["id"], typing["typing"]) == ("typing", chat_id, True)
    pressed = await post(api, f"chats/{chat_id}/press", message_id=sent["message_id"], row=0, column=0)
    await api.result("answerCallbackQuery", callback_query_id=pressed["query_id"], text="Danke")
    assert await next_news() == ("toast", {"id": chat_id, "text": "Danke", "show_alert": False})
    await post(api, "clock", forward_seconds=60)
    assert await next_news() == ("clock", {"now": "2026-03-02T09:01:00+00:00"})
    made = await post(api, "accounts", name="Neu")
    assert await next_news() == ("accounts", {"id": made["id"]})
    await post(api, "faults", mode="slow")
    assert (await next_news())[0] == "faults"


async def test_who_does_not_read_gets_the_latest_of_each_chat_only(world: World, amina: Hand) -> None:
    watcher = world.hub.watch()
    for number in range(5000):
        amina.types(str(number))
    kind, what = await watcher.next()
    assert (kind, what["revision"]) == ("chat", 5000)
    assert not watcher._news
