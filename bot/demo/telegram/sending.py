"""Methods that put a message into a chat."""

from math import isfinite
from typing import Any

from bot.demo.telegram import names
from bot.demo.telegram.call import Call
from bot.demo.telegram.content import caption, message_text
from bot.demo.telegram.errors import bad
from bot.demo.telegram.fields import FieldError, integer
from bot.demo.telegram.keyboards import read_markup
from bot.demo.telegram.messages import Account, Json, Message
from bot.demo.telegram.world import World, iso

_TYPING_SECONDS = 5
_MOST_METRES = 1500.0
_ACTIONS = names.words(
    "cancel typing record_video upload_video record_audio upload_audio record_voice upload_voice "
    "upload_photo upload_document choose_sticker find_location record_video_note upload_video_note "
    "pick_up_location"
)


def send_message(world: World, call: Call) -> Json:
    """sendMessage: a text."""
    return _send(world, call, message_text(world.rules, call)).api()


def send_photo(world: World, call: Call) -> Json:
    """sendPhoto: a PNG or JPEG up to 10 MB."""
    return _send_file(world, call, "photo")


def send_document(world: World, call: Call) -> Json:
    """sendDocument: any file up to 50 MB."""
    return _send_file(world, call, "document")


def send_voice(world: World, call: Call) -> Json:
    """sendVoice: an OGG, or again what somebody has said."""
    return _send_file(world, call, "voice")


def _send_file(world: World, call: Call, kind: str) -> Json:
    text = caption(world.rules, call)
    file = world.media.receive(world.rules, call, kind)
    kind = file.kind
    extra = {name: True for name in ("show_caption_above_media", "has_spoiler") if call.flag(name)}
    shown = {"has_media_spoiler" if name == "has_spoiler" else name: True for name in extra}
    return _send(world, call, {kind: file.shape, **text, **shown}).api()


def send_contact(world: World, call: Call) -> Json:
    """sendContact: a number people can call with one touch."""
    contact = {name: call.required(name) for name in ("phone_number", "first_name")}
    contact |= {name: call.text(name) for name in ("last_name", "vcard") if call.has(name)}
    return _send(world, call, {"contact": contact}).api()


def send_location(world: World, call: Call) -> Json:
    """sendLocation: a point on the map that does not move."""
    return _send(world, call, {"location": _point(call, "Wrong location specified")}).api()


def send_venue(world: World, call: Call) -> Json:
    """sendVenue: a point on the map with a name and an address."""
    point = _point(call, "Wrong venue location specified")
    venue = {"location": point, **{name: call.required(name) for name in ("title", "address")}}
    optional = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    venue |= {name: call.text(name) for name in optional if call.has(name)}
    return _send(world, call, {"venue": venue, "location": point}).api()


def _point(call: Call, wrong: str) -> Json:
    at = {name: _degrees(call, name, wrong) for name in ("latitude", "longitude")}
    if abs(at["latitude"]) > 90 or abs(at["longitude"]) > 180:
        raise bad(wrong)
    accuracy = _degrees(call, "horizontal_accuracy", wrong) if call.has("horizontal_accuracy") else 0.0
    within = min(max(accuracy, 0.0), _MOST_METRES)
    return at | ({"horizontal_accuracy": within} if within else {})


def _degrees(call: Call, name: str, wrong: str) -> float:
    said = call.text(name).strip()
    if not said:
        raise bad(f"{name} is empty")
    try:
        found = float(said)
    except ValueError:
        return 0.0  # as Telegram does
    if not isfinite(found):
        raise bad(wrong)
    return found


def copy_message(world: World, call: Call) -> Json:
    """copyMessage: the content again, without a link to the original."""
    call.required("from_chat_id")
    fresh = caption(world.rules, call)
    source = world.chat(call, "from_chat_id")
    message = world.message(source, call.number("message_id"), "message to copy")
    body = dict(message.body)
    if "caption" in call.params and not {"photo", "document", "voice"}.isdisjoint(body):
        for name in ("caption", "caption_entities"):
            body.pop(name, None)
        body |= fresh
    return {"message_id": _send(world, call, body).message_id}


def _send(world: World, call: Call, body: Json) -> Message:
    markup = read_markup(world.rules, call)
    account = world.open_chat(call)
    reply_to = _replied(call, account)
    world.pace.spend(account)
    inline = markup.get("inline_keyboard") if markup else None
    _show_keyboard(account, markup)
    message = world.post(
        account,
        world.bot,
        body,
        inline=inline,
        other_markup=markup is not None and inline is None,
        silent=call.flag("disable_notification"),
        protected=call.flag("protect_content"),
        reply_to=reply_to,
    )
    if markup is not None and "keyboard" in markup:
        account.keyboard_from = message.message_id
    return message


def _show_keyboard(account: Account, markup: Json | None) -> None:
    if markup and "keyboard" in markup:
        account.reply_keyboard = markup
    elif markup and "remove_keyboard" in markup:
        account.reply_keyboard = None


def _replied(call: Call, account: Account) -> Message | None:
    message_id, optional = call.number("reply_to_message_id"), call.flag("allow_sending_without_reply")
    if call.has("reply_parameters"):
        message_id, optional = _reply_parameters(call)
    message = account.messages.get(message_id)
    if message is None and message_id and not optional:
        raise bad("message to be replied not found")
    return message


def _reply_parameters(call: Call) -> tuple[int, bool]:
    raw: Any = call.structure("reply_parameters", "Can't parse reply parameters JSON object")
    if not isinstance(raw, dict):
        raise bad("Object expected as reply parameters")
    call.ignored.extend(names.unknown(raw, names.REPLY, "reply_parameters"))
    modelled = {"message_id", "allow_sending_without_reply"}
    call.ignored.extend(
        f"reply_parameters.{name} (not modelled here)" for name in names.REPLY & raw.keys() - modelled
    )
    try:
        return integer(raw, "message_id"), bool(raw.get("allow_sending_without_reply"))
    except FieldError as fault:
        raise bad(str(fault)) from None


def send_chat_action(world: World, call: Call) -> bool:
    """sendChatAction: shown for five seconds or until the next message."""
    action = call.text("action").lower()
    if action not in _ACTIONS:
        raise bad("Wrong parameter action in request")
    account = world.open_chat(call)
    until = world.seconds() + _TYPING_SECONDS
    account.typing_until = 0.0 if action == "cancel" else until
    news = {"id": account.id, "action": action, "until": iso(until), "typing": action != "cancel"}
    world.hub.tell("typing", account.id, news)
    return True
