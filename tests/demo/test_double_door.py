"""Who gets in and how parameters may travel."""

import orjson
import pytest
from aiohttp import FormData

from bot.demo.telegram.rules import Rules
from bot.demo.telegram.world import World
from tests.demo.wire import Api


async def test_wrong_token_is_unauthorized_and_a_malformed_one_not_found(api: Api) -> None:
    wrong = await api.raw("POST", "/bot17:wrong/getMe")
    assert (wrong.status, wrong.complaint) == (401, "Unauthorized")
    for token in ("nonsense", "0:abc", "17", ""):
        malformed = await api.raw("GET", f"/bot{token}/getMe")
        assert (malformed.status, malformed.complaint) == (404, "Not Found"), token


@pytest.mark.parametrize("method", ["sendMassage", "logOut", "close", "sendAudio", "getFile", ""])
async def test_methods_that_are_not_there_answer_404(api: Api, method: str) -> None:
    assert await api.refused(method) == "404 Not Found"


@pytest.mark.parametrize("method", ["sendMessage", "SENDMESSAGE", "sendmessage"])
async def test_method_names_know_no_case(api: Api, chat_id: int, method: str) -> None:
    assert (await api.result(method, chat_id=chat_id, text="Hallo"))["text"] == "Hallo"


@pytest.mark.parametrize("verb", ["GET", "POST"])
async def test_parameters_in_the_query_string(api: Api, chat_id: int, verb: str) -> None:
    path = f"/bot{api.token}/sendMessage?chat_id={chat_id}&text=Gr%C3%BC%C3%9Fe+aus+Porz"
    assert (await api.raw(verb, path)).result["text"] == "Grüße aus Porz"


async def test_parameters_urlencoded_with_nested_json(api: Api, chat_id: int) -> None:
    markup = orjson.dumps({"inline_keyboard": [[{"text": "Ja", "callback_data": "a"}]]}).decode()
    form = {"chat_id": str(chat_id), "text": "Grüße", "reply_markup": markup, "disable_notification": "True"}
    answer = await api.raw("POST", f"/bot{api.token}/sendMessage", data=form)
    assert answer.result["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a"


async def test_parameters_multipart(api: Api, chat_id: int, world: World) -> None:
    form = FormData({"chat_id": str(chat_id), "caption": "Plan"})
    form.add_field("document", b"inhalt", filename="plan.txt", content_type="text/plain")
    answer = await api.raw("POST", f"/bot{api.token}/sendDocument", data=form)
    assert answer.result["document"]["file_name"] == "plan.txt"
    assert answer.result["document"]["mime_type"] == "text/plain"
    (*_, last) = world.requests
    assert last.params["document"] == {"file": "plan.txt", "size": 6}


async def test_json_that_is_none_and_json_that_is_no_object(api: Api) -> None:
    headers = {"Content-Type": "application/json"}
    broken = await api.raw("POST", f"/bot{api.token}/getMe", data=b"{", headers=headers)
    assert (broken.status, broken.complaint[:30]) == (400, "Bad Request: can't parse JSON:")
    array = await api.raw("POST", f"/bot{api.token}/getMe", data=b"[]", headers=headers)
    assert array.complaint == "Bad Request: JSON object expected"


async def test_files_too_big_are_turned_away(api: Api, chat_id: int, world: World) -> None:
    world.rules = Rules(document_bytes=10)
    form = FormData({"chat_id": str(chat_id)})
    form.add_field("document", b"more than ten bytes", filename="a.bin")
    answer = await api.raw("POST", f"/bot{api.token}/sendDocument", data=form)
    assert (answer.status, answer.complaint) == (413, "Request Entity Too Large")


async def test_the_transcript_remembers_method_parameters_and_outcome(
    api: Api, chat_id: int, world: World
) -> None:
    await api.call("sendMessage", chat_id=chat_id, text="Hallo")
    await api.call("sendMessage", chat_id=chat_id, text="")
    good, bad = list(world.requests)[-2:]
    assert (good.method, good.status, good.error) == ("sendMessage", 200, None)
    assert good.params == {"chat_id": chat_id, "text": "Hallo"}
    assert (bad.status, bad.error) == (400, "Bad Request: message text is empty")
