"""Voices and places: taken as Telegram takes them, refused in its words; aiogram says what is well formed."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile
from aiohttp import FormData

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from tests.demo.oracle import check
from tests.demo.wire import Api

PORZ = {"latitude": 50.8861, "longitude": 7.0602}
HALL = {**PORZ, "title": "Rathaus Porz", "address": "Friedrich-Ebert-Ufer 64"}


async def test_what_somebody_said_goes_to_somebody_else(
    bot: Bot, amina: Hand, chat_id: int, world: World
) -> None:
    amina.speaks(42)
    (update,) = await bot.get_updates()
    assert update.message is not None
    said = update.message.voice
    assert said is not None
    assert (said.duration, said.mime_type) == (42, "audio/ogg")
    other = Hand(world, world.account("Bilal", "ar"))
    other.types("/start")
    sent = await bot.send_voice(
        other.account.id, said.file_id, caption="Hören Sie zu", protect_content=True, duration=7
    )
    assert sent.voice == said  # its length is known and can't be told anew
    assert (sent.caption, sent.has_protected_content) == ("Hören Sie zu", True)
    copy = await bot.copy_message(chat_id, other.account.id, sent.message_id, caption="noch einmal")
    assert world.accounts[chat_id].messages[copy.message_id].words == "noch einmal"
    assert not world.ignored
    assert [check(line.method, line.params) for line in world.requests] == [[]] * len(world.requests)


async def test_every_recording_is_another_file(amina: Hand, world: World) -> None:
    heard = [world.accounts[amina.account.id].messages[amina.speaks(3)].body["voice"] for _ in range(2)]
    assert heard[0]["file_id"] != heard[1]["file_id"]
    kept = world.media.get(heard[0]["file_id"])
    assert kept is not None
    assert len(kept.content) == heard[0]["file_size"]


async def test_an_uploaded_ogg_is_a_voice_and_anything_else_a_document(bot: Bot, chat_id: int) -> None:
    spoken = await bot.send_voice(chat_id, BufferedInputFile(b"OggS....", "a.ogg"), duration=5)
    assert spoken.voice is not None
    assert (spoken.voice.duration, spoken.voice.file_size) == (5, 8)
    noise = await bot.send_voice(chat_id, BufferedInputFile(b"RIFF....", "a.wav"), duration=5)
    assert noise.voice is None
    assert noise.document is not None


async def test_voices_that_are_refused(api: Api, chat_id: int, amina: Hand, world: World) -> None:
    assert "there is no voice in the request" in await api.refused("sendVoice", chat_id=chat_id)
    unknown = await api.refused("sendVoice", chat_id=chat_id, voice="AwACAgIAAx")
    assert "wrong remote file identifier specified" in unknown
    said = amina.account.messages[amina.speaks()].body["voice"]["file_id"]
    assert "can't use file of type VoiceNote as Photo" in await api.refused(
        "sendPhoto", chat_id=chat_id, photo=said
    )
    form = FormData({"chat_id": str(chat_id)})
    form.add_field("document", b"ten bytes.", filename="a.txt")
    paper = (await api.raw("POST", f"/bot{api.token}/sendDocument", data=form)).result["document"]["file_id"]
    assert "can't use file of type Document as VoiceNote" in await api.refused(
        "sendVoice", chat_id=chat_id, voice=paper
    )
    long = await api.refused("sendVoice", chat_id=chat_id, voice=said, caption="a" * 1025)
    assert "message caption is too long" in long
    sent = await api.result("sendVoice", chat_id=chat_id, voice=said, caption="kurz")
    edit = await api.refused("editMessageText", chat_id=chat_id, message_id=sent["message_id"], text="a")
    assert "there is no text in the message to edit" in edit
    assert not world.ignored


async def test_a_place_comes_back_whole(bot: Bot, chat_id: int, world: World) -> None:
    sent = await bot.send_venue(chat_id, **HALL, protect_content=True)
    assert sent.venue is not None
    assert (sent.venue.title, sent.venue.address) == (HALL["title"], HALL["address"])
    assert (sent.venue.location.latitude, sent.venue.location.longitude) == (50.8861, 7.0602)
    assert sent.location == sent.venue.location
    bare = await bot.send_location(chat_id, **PORZ, horizontal_accuracy=2000)
    assert bare.location is not None
    assert bare.location.horizontal_accuracy == 1500
    assert bare.venue is None
    assert not world.ignored


@pytest.mark.parametrize(
    ("method", "wrong", "complaint"),
    [
        ("sendVenue", {"latitude": ""}, "latitude is empty"),
        ("sendVenue", {"longitude": None}, "longitude is empty"),
        ("sendVenue", {"latitude": 90.5}, "wrong venue location specified"),
        ("sendVenue", {"longitude": -180.5}, "wrong venue location specified"),
        ("sendVenue", {"latitude": "nan"}, "wrong venue location specified"),
        ("sendVenue", {"title": ""}, 'parameter "title" is required'),
        ("sendVenue", {"address": ""}, 'parameter "address" is required'),
        ("sendLocation", {"latitude": -91}, "wrong location specified"),
        ("sendLocation", {"longitude": "inf"}, "wrong location specified"),
    ],
)
async def test_places_that_are_refused(
    api: Api, chat_id: int, method: str, wrong: dict[str, Any], complaint: str
) -> None:
    given = {**(HALL if method == "sendVenue" else PORZ), **wrong}
    assert complaint in await api.refused(method, chat_id=chat_id, **given)


async def test_a_place_that_moves_is_not_played_here(api: Api, chat_id: int, world: World) -> None:
    await api.result("sendLocation", chat_id=chat_id, **PORZ, live_period=60)
    assert [one.name for one in world.ignored] == ["live_period (not modelled here)"]


def test_the_second_opinion_agrees() -> None:
    assert check("sendVenue", {"chat_id": 1, **HALL}) == []
    assert check("sendLocation", {"chat_id": 1, **PORZ}) == []
    assert "longitude" in check("sendVenue", {"chat_id": 1, **HALL, "longitude": "east"})[0]
    assert "title" in check("sendVenue", {"chat_id": 1, **PORZ, "address": "a"})[0]
    assert "voice" in check("sendVoice", {"chat_id": 1})[0]
