"""Every screen in every language fits, and every button on every screen is answered, whoever presses it."""

import importlib
import logging
import pkgutil
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Update

import handlers
from handlers import desk, house
from handlers.crisis.screens import FAMILY_KEYS, STAFF_KEYS
from handlers.home import FOR_ALL_STAFF, GUEST, OF_STAFF, PARENT
from handlers.links import introduce
from handlers.screen import Button, Screen, as_edit, as_new, screen
from locales.languages import shipped
from locales.phrase import Phrase, S
from locales.translator import voice
from storage.records import Lane, Role
from storage.store import Store
from tests.phones import Phone, plain
from tests.stage import Stage, opened

THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
# characters of the text, by what is sent; the name of a contact or a place is cut by phones beyond 64
MOST = {
    "sendMessage": 4096,
    "sendPhoto": 1024,
    "sendDocument": 1024,
    "sendVoice": 1024,
    "sendContact": 64,
    "sendVenue": 64,
}
LAST_RESORTS = 3  # the house's own handlers at the end: stale button, dialogue, anything else
COMFORTABLE, MOST_LABEL, MOST_CARRIED = 900, 30, 64
LISTS = {"alarm.board"}  # of numbers, which nobody reads from the first to the last


def rooms() -> list[str]:
    found = [module.name for module in pkgutil.iter_modules(handlers.__path__) if module.ispkg]
    return [name for name in found if (Path(handlers.__path__[0]) / name / "screens.py").exists()]


def specimens(room: str) -> list[Screen]:
    introduce("PaenzPorzBot")
    made: list[Screen] = importlib.import_module(f"handlers.{room}.screens").specimens(THEN)
    return made


def languages(shown: Screen) -> list[str]:
    domains = {phrase.domain for phrase in shown.text}
    return sorted({code for domain in domains for code in shipped(domain)})


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def carried(shown: Screen) -> list[str]:
    return [button.carries for row in shown.buttons for button in row if button.copies is None]


@pytest.mark.parametrize("room", rooms())
def test_every_room_shows_its_screens(room: str) -> None:
    assert specimens(room)


@pytest.mark.parametrize("room", rooms())
def test_every_screen_fits_in_every_language(room: str) -> None:
    wrong: list[str] = []
    for number, shown in enumerate(specimens(room)):
        for code in languages(shown):
            method, body = as_new(shown, voice(code))
            said = (body.get(name) for name in ("text", "caption", "first_name", "title"))
            words = next((one for one in said if one), "")
            most = MOST[method]
            where = f"{room} {number} {code} {shown.text[0].key}"
            if not 0 < units(words) <= most:
                wrong.append(f"{where}: {units(words)} units")
            if len(plain(words)) > COMFORTABLE and shown.text[0].key not in LISTS:
                wrong.append(f"{where}: {len(plain(words))} characters are too many to read")
            wrong += [f"{where}: {problem}" for problem in _keys(body)]
            as_edit(shown, voice(code))
    assert wrong == []


def _keys(body: dict[str, object]) -> list[str]:
    keys = _pressed(body)
    wrong = [f"label {label!r}" for label in _labels(body) if not 0 < len(plain(label)) <= MOST_LABEL]
    data = [key["callback_data"] for key in keys if "callback_data" in key]
    wrong += [f"carries {one!r}" for one in data if not 0 < len(one.encode()) <= MOST_CARRIED]
    return wrong + (["more than 100 buttons"] if len(keys) > 100 else [])


def _pressed(body: dict[str, object]) -> list[dict[str, str]]:
    markup = body.get("reply_markup", {})
    assert isinstance(markup, dict)
    rows = [*markup.get("inline_keyboard", []), *markup.get("keyboard", [])]
    return [key for row in rows for key in row]


def _labels(body: dict[str, object]) -> list[str]:
    return [key["text"] for key in _pressed(body)]


def heard_by(update: dict[str, object]) -> int | None:
    """Which handler of the house hears an update."""
    made = Update.de_json({"update_id": 1, **update}, None)
    for number, handler in enumerate(house.handlers()):
        match = handler.check_update(made)
        if match is not None and match is not False:
            return number
    return None


ACCOUNT = {"id": 1, "is_bot": False, "first_name": "A"}
CHAT = {"id": 1, "type": "private", "first_name": "A"}


@pytest.mark.parametrize("room", rooms())
def test_every_button_belongs_to_a_room_that_is_open(room: str) -> None:
    rest = len(house.handlers()) - LAST_RESORTS
    unheard = []
    for data in {one for shown in specimens(room) for one in carried(shown)}:
        query = {"id": "1", "from": ACCOUNT, "chat_instance": "1", "data": data}
        number = heard_by({"callback_query": query})
        if number is None or number >= rest:
            unheard.append(data)
    assert unheard == []


STAFF = (FOR_ALL_STAFF, *OF_STAFF.values())
# no keyboard is sent with these any more, but an old one may stand below a chat for years
STILL_BELOW = (
    (S("alarms.menu.button"), S("protection.menu.button"), S("second.menu.button")),
    (S("journal.menu.button"), S("incidents.menu.button"), S("preferences.language.button")),
)
LABELS = sorted(
    {
        (label.domain, label.key)
        for board in (GUEST, PARENT, FAMILY_KEYS, STAFF_KEYS, STAFF, STILL_BELOW)
        for row in board
        for label in row
    }
    | {
        (label.domain, label.key)
        for room in rooms()
        for shown in specimens(room)
        for row in shown.keyboard
        for label in row
    }
)


@pytest.mark.parametrize(("domain", "key"), LABELS)
def test_every_typed_button_is_heard_in_every_language(domain: str, key: str) -> None:
    rest = len(house.handlers()) - LAST_RESORTS
    for code in shipped(domain):  # type: ignore[arg-type]
        said = voice(code).say(Phrase(domain, key, {}))  # type: ignore[arg-type]
        message = {"message_id": 1, "date": 1, "from": ACCOUNT, "chat": CHAT, "text": said}
        number = heard_by({"message": message})
        assert number is not None, (code, said)
        assert number < rest, (code, said)


PEOPLE = ("parent", "caseworker", "on_call", "lead", "stranger")


async def cast(stage: Stage) -> dict[str, Phone]:
    """One of each kind, the family of the parent with the caseworker's."""
    caseworker = await stage.staff("Frau Klein", Role.CASEWORKER)
    phones = {
        "caseworker": caseworker,
        "on_call": await stage.staff("Frau Koch", Role.ON_CALL),
        "lead": await stage.staff("Herr Weber", Role.LEAD),
        "parent": await stage.parent("Amina", "tr", await stage.family("Linde", caseworker)),
        "stranger": stage.stranger("Chidi", "en"),
    }
    await phones["stranger"].types("/start")
    await stage.quiet()
    return phones


@pytest.fixture
async def open_house(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage on which nobody minds what else shows up: every press here is out of place."""
    async with opened(tmp_path) as evening:
        yield evening


def _buttons(room: str) -> list[Screen]:
    """A screen for each button of the room: the first on which it stands, with that button alone."""
    found: dict[str, Screen] = {}
    for shown in specimens(room):
        for row in shown.buttons:
            for button in row:
                if button.copies is not None:
                    continue  # the phone answers that one itself
                found.setdefault(button.carries, replace(shown, buttons=((button,),), keyboard=(), qr=None))
    return list(found.values())


@pytest.mark.parametrize("room", [room for room in rooms() if _buttons(room)])
async def test_every_button_is_answered_whoever_presses_it(
    open_house: Stage, room: str, caplog: pytest.LogCaptureFixture
) -> None:
    phones = await cast(open_house)
    for kind in PEOPLE:
        phone = phones[kind]
        before = len(phone.account.messages)
        await open_house.machine.archive.write(_posting(phone, _buttons(room), open_house.clock.now()))
        await open_house.quiet()
        mine = [one for one in list(phone.account.messages.values())[before:] if one.inline]
        assert len(mine) == len(_buttons(room)), kind
        for message in mine:
            if message.message_id not in phone.account.messages:
                continue  # an earlier button has cleared the chat
            data = (message.inline or [])[0][0]["callback_data"]
            query = phone.hand.forges(message.message_id, data)
            assert await query.answer(5.0), f"{kind}: {data} was never answered"
        await open_house.quiet()
    counted = "SELECT state, count(*) FROM updates GROUP BY state"
    states = await open_house.machine.archive.read(
        lambda store: dict(map(tuple, store.connection.exec_driver_sql(counted).all()))
    )
    assert set(states) == {"done"}, states
    errors = [line for line in caplog.records if line.levelno >= logging.ERROR]
    assert errors == [], errors[0].getMessage()
    assert open_house.world.ignored == []


def _posting(phone: Phone, shown: list[Screen], now: datetime):  # type: ignore[no-untyped-def]
    def post(store: Store) -> None:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        for one in shown:
            desk.post(store, person, one, now, Lane.ANSWER)

    return post


async def test_a_button_of_nobody_is_answered_too(open_house: Stage) -> None:
    phones = await cast(open_house)
    odd = [
        "x",
        ":",
        "a:b",
        "crisis:",
        "crisis:take",
        "crisis:take:",
        "caseload:open:" + "ü" * 25,
        "🆘:🆘",
        "\0",
    ]
    for kind in PEOPLE:
        phone = phones[kind]
        number = next(reversed(phone.account.messages))
        for data in odd:
            query = phone.hand.forges(number, data)
            assert await query.answer(5.0), f"{kind}: {data!r} was never answered"
    await open_house.quiet()
    counted = "SELECT count(*) FROM updates WHERE state != 'done'"
    left = await open_house.machine.archive.read(
        lambda store: store.connection.exec_driver_sql(counted).scalar_one()
    )
    assert left == 0


WITHOUT_PICTURE = re.compile(r"[◀▶✖](?!\ufe0f)|[⬅←➡→✕✗✘×]")


@pytest.mark.parametrize("room", rooms())
def test_back_and_cancel_look_alike_everywhere(room: str) -> None:
    odd = {
        label
        for shown in specimens(room)
        for code in languages(shown)
        for label in _labels(as_new(shown, voice(code))[1])
        if WITHOUT_PICTURE.search(label)
    }
    assert odd == set()


def test_a_button_that_carries_too_much_would_be_found() -> None:
    shown = screen(S("door.stale.toast"), buttons=[(Button("x" * 31, "y" * 65),)])
    _, body = as_new(shown, voice("de"))
    assert len(_keys(body)) == 2
