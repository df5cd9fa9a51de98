"""What people see: message keys and buttons, still without a language, made into what Telegram is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from locales.phrase import Phrase
from locales.translator import Voice

Row = tuple["Button", ...]
NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: what it says and what it carries."""

    label: Phrase | str
    carries: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `buttons` stand under it; `keyboard` is the one that stays below the chat.

    `qr` is a link that is sent as a picture, with the text as its caption.
    """

    text: tuple[Phrase, ...]
    buttons: tuple[Row, ...] = ()
    keyboard: tuple[tuple[Phrase, ...], ...] = ()
    qr: str | None = None

    def with_buttons(self, *rows: Row) -> "Screen":
        return replace(self, buttons=(*self.buttons, *rows))


def screen(*text: Phrase, buttons: Sequence[Row] = (), keyboard: Sequence[tuple[Phrase, ...]] = ()) -> Screen:
    return Screen(text, tuple(buttons), tuple(keyboard))


def in_rows(buttons: Sequence[Button], wide: int) -> tuple[Row, ...]:
    """The buttons, `wide` to a row."""
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))


def words(shown: Screen, voice: Voice) -> str:
    """The message's text in the voice's language."""
    return "\n\n".join(voice.say(phrase) for phrase in shown.text)


def markup(shown: Screen, voice: Voice) -> dict[str, Any] | None:
    """The buttons or the keyboard in the shape Telegram knows; None where there are neither."""
    if shown.buttons:
        return {"inline_keyboard": [[_inline(button, voice) for button in row] for row in shown.buttons]}
    if shown.keyboard:
        rows = [[{"text": voice.say(label)} for label in row] for row in shown.keyboard]
        return {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}
    return None


def _inline(button: Button, voice: Voice) -> dict[str, str]:
    label = button.label if isinstance(button.label, str) else voice.say(button.label)
    return {"text": label, "callback_data": button.carries}


def as_new(shown: Screen, voice: Voice) -> tuple[str, dict[str, Any]]:
    """The Bot API method and its parameters, chat left out, that send this screen."""
    keys = markup(shown, voice)
    extra = {} if keys is None else {"reply_markup": keys}
    if shown.qr is not None:
        return "sendPhoto", {"photo": f"qr:{shown.qr}", "caption": words(shown, voice), **extra}
    return "sendMessage", {"text": words(shown, voice), "link_preview_options": NO_PREVIEW, **extra}


def as_edit(shown: Screen, voice: Voice) -> tuple[str, dict[str, Any]]:
    """The method and parameters that change a message into this screen; a reply keyboard can't be edited in."""
    keys = markup(shown, voice) if shown.buttons else None
    # an edit without markup takes the old buttons away
    extra = {} if keys is None else {"reply_markup": keys}
    return "editMessageText", {"text": words(shown, voice), "link_preview_options": NO_PREVIEW, **extra}
