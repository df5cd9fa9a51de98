"""Every method the double knows, by its lower-case name; whatever is missing here answers 404."""

import re
from collections.abc import Callable
from typing import Any

from bot.demo.telegram import company, editing, inline, names, sending
from bot.demo.telegram.call import Call, Told
from bot.demo.telegram.entities import units
from bot.demo.telegram.errors import ApiError, bad
from bot.demo.telegram.menus import Scope, read_commands, read_language, read_menu_button, read_scope
from bot.demo.telegram.messages import Account, Json
from bot.demo.telegram.world import World

_MONTH = 30 * 86_400
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
# The fields ChatFullInfo must have today; nobody reads them here.
_FULL = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    ),
}
_ME = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


def perform(world: World, call: Call) -> Any:
    """Carries out a call and returns its `result`. Raises ApiError when Telegram would refuse."""
    call.ignored.extend(names.unknown_parameters(call.method, call.params))
    return METHODS[call.method](world, call)


def _get_me(world: World, call: Call) -> Json:
    return {**world.bot, **_ME}


def _get_chat(world: World, call: Call) -> Json:
    account = world.chat(call)
    pinned = account.messages.get(account.pinned[-1]) if account.pinned else None
    return {**account.chat, **_FULL} | ({"pinned_message": pinned.api()} if pinned else {})


def _answer_callback_query(world: World, call: Call) -> bool:
    text = call.text("text")
    call.number("cache_time", 0, 0, _MONTH)
    query = world.queries.get(call.text("callback_query_id"))
    if query is None or query.answered or world.seconds() - query.asked_at > world.rules.query_lifetime:
        raise bad(_TOO_OLD)
    if units(text) > world.rules.alert:
        raise bad("MESSAGE_TOO_LONG")
    url = call.text("url")
    if url and not re.match(rf"(?:https?://)?t\.me/{world.bot['username']}\?|tg://", url, re.IGNORECASE):
        raise bad("URL_INVALID")
    query.answered, query.text, query.show_alert, query.url = True, text, call.flag("show_alert"), url
    query.bell.ring()
    toast = {"id": query.account.id, "text": text, "show_alert": query.show_alert}
    world.hub.tell("toast", query.query_id, toast)
    query.account.toasted.ring()
    return True


def _scope(world: World, call: Call) -> Scope:
    kind, chat_id = read_scope(call)
    if chat_id:
        account = world.chat(Call(call.method, {"chat_id": chat_id}))
        return (kind, str(account.id))
    return (kind, "")


def _set_my_commands(world: World, call: Call) -> bool:
    commands = read_commands(world.rules, call)
    world.menus.set(_scope(world, call), read_language(call), commands)
    _everybody_looks(world)
    return True


def _delete_my_commands(world: World, call: Call) -> bool:
    world.menus.set(_scope(world, call), read_language(call), [])
    _everybody_looks(world)
    return True


def _everybody_looks(world: World) -> None:
    world.hub.tell("accounts", None, {})


def _get_my_commands(world: World, call: Call) -> list[Json]:
    return world.menus.get(_scope(world, call), read_language(call))


def _menu_account(world: World, call: Call) -> Account | None:
    if not call.has("chat_id"):
        return None
    account = world.accounts.get(call.number("chat_id"))
    if account is None or not account.started:
        raise bad("user not found")
    return account


def _set_chat_menu_button(world: World, call: Call) -> bool:
    button = read_menu_button(call)
    account = _menu_account(world, call)
    if account is None:
        world.menus.button = button
        return True
    account.menu_button = None if button["type"] == "default" else button
    world.touch(account)
    return True


def _get_chat_menu_button(world: World, call: Call) -> Json:
    account = _menu_account(world, call)
    return world.menus.button if account is None or account.menu_button is None else account.menu_button


def _set_webhook(world: World, call: Call) -> Told:
    return world.webhook.set(call)


def _delete_webhook(world: World, call: Call) -> Told:
    return world.webhook.delete(call)


def _get_webhook_info(world: World, call: Call) -> Json:
    return world.webhook.info()


def _elsewhere(world: World, call: Call) -> Any:
    raise ApiError(500, "Internal Server Error: getUpdates is answered by the server, it has to wait")


METHODS: dict[str, Callable[[World, Call], Any]] = {
    "getupdates": _elsewhere,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _get_webhook_info,
    "getme": _get_me,
    "getchat": _get_chat,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendvoice": sending.send_voice,
    "sendlocation": sending.send_location,
    "sendvenue": sending.send_venue,
    "sendcontact": sending.send_contact,
    "sendchataction": sending.send_chat_action,
    "copymessage": sending.copy_message,
    "editmessagetext": editing.edit_message_text,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "pinchatmessage": editing.pin_chat_message,
    "unpinchatmessage": editing.unpin_chat_message,
    "answercallbackquery": _answer_callback_query,
    "answerinlinequery": inline.answer_inline_query,
    "leavechat": company.leave_chat,
    "setmycommands": _set_my_commands,
    "deletemycommands": _delete_my_commands,
    "getmycommands": _get_my_commands,
    "setchatmenubutton": _set_chat_menu_button,
    "getchatmenubutton": _get_chat_menu_button,
}
