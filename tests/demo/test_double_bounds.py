"""What could grow for ever does not."""

from dataclasses import replace

from aiohttp import FormData

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Query
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.world import World
from tests.demo.wire import Api, StillClock


async def test_the_transcript(api: Api, clock: StillClock, world: World) -> None:
    for _ in range(5):
        await api.call("getMe")
    assert [request.n for request in world.requests] == [1, 2, 3, 4, 5]
    small = World(clock, rules=Rules(requests_kept=3))
    for number in range(5):
        small.requests.write("getMe", {"n": number}, 200)
    assert [request.n for request in small.requests] == [3, 4, 5]
    assert [request.n for request in small.requests.after(4)] == [5]


def test_ignored_names(world: World) -> None:
    for number in range(1500):
        world.requests.note_ignored("sendMessage", [f"name{number}"])
    assert len(world.ignored) == 1000
    assert world.ignored[-1].name == "name1499"


async def test_pressed_buttons(api: Api, amina: Hand, chat_id: int, world: World) -> None:
    world.rules = replace(world.rules, queries_kept=2)
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
    sent = await api.result("sendMessage", chat_id=chat_id, text="?", reply_markup=keyboard)
    pressed = [amina.presses(sent["message_id"], 0, 0) for _ in range(3)]
    assert list(world.queries) == [query.query_id for query in pressed[1:] if isinstance(query, Query)]


async def test_files(api: Api, chat_id: int, world: World) -> None:
    world.rules = replace(world.rules, media_bytes_kept=25)
    kept = []
    for _ in range(3):
        form = FormData({"chat_id": str(chat_id)})
        form.add_field("document", b"ten bytes.", filename="a.txt")
        answer = await api.raw("POST", f"/bot{api.token}/sendDocument", data=form)
        kept.append(answer.result["document"]["file_id"])
    assert [world.media.get(file_id) is not None for file_id in kept] == [False, True, True]


async def test_news_nobody_reads(world: World) -> None:
    watcher = world.hub.watch()
    for number in range(1500):
        world.hub.tell("toast", number, {"number": number})
    assert await watcher.next() == ("toast", {"number": 500})
    world.hub.leave(watcher)
    world.hub.tell("toast", 1500, {"number": 1500})
    for number in range(501, 1500):
        assert (await watcher.next())[1] == {"number": number}
    assert not watcher._news
