"""The bot's command lists by scope and language, and its menu buttons."""

import re
from typing import Any

from bot.demo.telegram import fields, names
from bot.demo.telegram.call import Call
from bot.demo.telegram.errors import bad
from bot.demo.telegram.fields import FieldError, Json
from bot.demo.telegram.keyboards import check_link
from bot.demo.telegram.messages import Account
from bot.demo.telegram.rules import Rules

_SIMPLE_SCOPES = names.words("default all_private_chats all_group_chats all_chat_administrators")
_CHAT_SCOPES = names.words("chat chat_administrators chat_member")
_NAME = re.compile("[a-z0-9_]{1,32}")
_LONGEST_NAME = 32
_LONGEST_DESCRIPTION = 256

Scope = tuple[str, str]  # type and chat_id


class Menus:
    """Commands by (scope, language), and the menu button of all chats that have none of their own."""

    def __init__(self) -> None:
        self._commands: dict[tuple[Scope, str], list[Json]] = {}
        self.button: Json = {"type": "default"}

    def set(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Replaces one list; an empty one is the same as none."""
        self._commands.pop((scope, language), None)
        if commands:
            self._commands[scope, language] = commands

    def get(self, scope: Scope, language: str) -> list[Json]:
        """Exactly the list of this scope and language, empty if none was set."""
        return self._commands.get((scope, language), [])

    def seen_by(self, account: Account) -> list[Json]:
        """What a person's menu shows in the private chat, by Telegram's order of look-up."""
        language = (account.language_code or "")[:2]
        for scope in (("chat", str(account.id)), ("all_private_chats", ""), ("default", "")):
            for code in (language, ""):
                commands = self._commands.get((scope, code))
                if commands:
                    return commands
        return []


def read_language(call: Call) -> str:
    """The language_code: two letters or empty. Raises 400 otherwise."""
    language = call.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad("Invalid language code specified")
    return language


def read_scope(call: Call) -> Scope:
    """The scope of a command list; `default` when not given."""
    if not call.has("scope"):
        return ("default", "")
    raw = call.structure("scope", "Can't parse BotCommandScope JSON object")
    try:
        return _scope(call, raw)
    except FieldError as fault:
        raise bad(f"Can't parse BotCommandScope: {fault}") from None


def _scope(call: Call, raw: Any) -> Scope:
    if not isinstance(raw, dict):
        raise FieldError("BotCommandScope must be an Object")
    call.ignored.extend(names.unknown(raw, names.SCOPE, "scope"))
    kind = fields.text(raw, "type")
    if kind in _SIMPLE_SCOPES:
        return (kind, "")
    if kind not in _CHAT_SCOPES:
        raise FieldError("Unsupported type specified")
    chat_id = fields.text(raw, "chat_id")
    if not chat_id:
        raise FieldError("Empty chat_id specified")
    return (kind, chat_id)


def read_commands(rules: Rules, call: Call) -> list[Json]:
    """The commands of setMyCommands, cleaned as Telegram stores them."""
    raw = call.structure("commands", "Can't parse commands JSON object")
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise bad("Expected an Array of BotCommand")
    try:
        commands = [_command(call, item) for item in raw]
    except FieldError as fault:
        raise bad(f"Can't parse BotCommand: {fault}") from None
    if len(commands) > rules.commands:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    return [_checked(command) for command in commands]


def _command(call: Call, item: Any) -> Json:
    if not isinstance(item, dict):
        raise FieldError("expected an Object")
    call.ignored.extend(names.unknown(item, names.COMMAND, "commands"))
    return {"command": fields.text(item, "command"), "description": fields.text(item, "description")}


def _checked(command: Json) -> Json:
    name = command["command"].strip().removeprefix("/")
    description = command["description"].strip()
    if not name:
        raise bad("Command must be non-empty")
    if len(name) > _LONGEST_NAME:
        raise bad(f"Command length must not exceed {_LONGEST_NAME}")
    if not description:
        raise bad("Command description must be non-empty")
    if len(description) > _LONGEST_DESCRIPTION:
        raise bad(f"Command description length must not exceed {_LONGEST_DESCRIPTION}")
    if not _NAME.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def read_menu_button(call: Call) -> Json:
    """The menu_button of setChatMenuButton; `default` when not given."""
    if not call.has("menu_button"):
        return {"type": "default"}
    raw = call.structure("menu_button", "Can't parse menu button JSON object")
    try:
        return _menu_button(call, raw)
    except FieldError as fault:
        raise bad(f"Can't parse menu button: {fault}") from None


def _menu_button(call: Call, raw: Any) -> Json:
    if not isinstance(raw, dict):
        raise FieldError("MenuButton must be an Object")
    call.ignored.extend(names.unknown(raw, names.MENU, "menu_button"))
    kind = fields.text(raw, "type")
    if kind in ("default", "commands"):
        return {"type": kind}
    if kind != "web_app":
        raise FieldError("MenuButton has unsupported type")
    label = fields.text(raw, "text")
    url = fields.text(fields.nested(raw, "web_app"), "url")
    if not label:
        raise bad("Menu button text must be non-empty")
    check_link(url, "Menu button Web App", secure=True)
    return {"type": kind, "text": label, "web_app": {"url": url}}
