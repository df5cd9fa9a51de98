"""What people see: message keys and buttons, still without a language, made into what Telegram is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from locales.languages import SOURCE
from locales.phrase import Phrase
from locales.translator import Voice
from locales.translator import voice as voice_in

Row = tuple["Button", ...]
NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: what it says and what it carries."""

    label: Phrase | str
    carries: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is sent: its name, with the ending that says what it is, and its text, sent as UTF-8."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `buttons` stand under it; `keyboard` is the one that stays below the chat.

    `qr` is a link that is sent as a picture, `picture` what bot/pictures.py is to draw, `document` a file, all
    with the text as caption. `contact` is a
    number in the form a phone dials, sent as a contact card with the text as its name. `german` stands before
    the text and is said in German, whatever the person reads: it is made to be shown to somebody. `to_keep` is
    made to be passed on or saved; Telegram hinders both for everything else. `harmless` tells nobody who
    looks over a shoulder whom it comes from; `silent` makes no sound when it comes.
    """

    text: tuple[Phrase, ...]
    buttons: tuple[Row, ...] = ()
    keyboard: tuple[tuple[Phrase, ...], ...] = ()
    qr: str | None = None
    document: Document | None = None
    contact: str | None = None
    picture: Mapping[str, Any] | None = None
    german: tuple[Phrase, ...] = ()
    to_keep: bool = False
    harmless: bool = False
    silent: bool = False

    def with_buttons(self, *rows: Row) -> "Screen":
        return replace(self, buttons=(*self.buttons, *rows))


def screen(*text: Phrase, buttons: Sequence[Row] = (), keyboard: Sequence[tuple[Phrase, ...]] = ()) -> Screen:
    return Screen(text, tuple(buttons), tuple(keyboard))


def in_rows(buttons: Sequence[Button], wide: int) -> tuple[Row, ...]:
    """The buttons, `wide` to a row."""
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))


def words(shown: Screen, voice: Voice) -> str:
    """The message's text in the voice's language, behind what is said in German."""
    in_german = (voice_in(SOURCE).say(phrase) for phrase in shown.german)
    return "\n\n".join([*in_german, *(voice.say(phrase) for phrase in shown.text)])


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
    keys, said = markup(shown, voice), words(shown, voice)
    extra: dict[str, Any] = {} if keys is None else {"reply_markup": keys}
    if not shown.to_keep:
        extra["protect_content"] = True
    if shown.silent:
        extra["disable_notification"] = True
    if shown.qr is not None:
        return "sendPhoto", {"photo": f"qr:{shown.qr}", "caption": said, **extra}
    if shown.document is not None:
        file = {"name": shown.document.name, "text": shown.document.text}
        return "sendDocument", {"document": file, "caption": said, **extra}
    if shown.picture is not None:
        return "sendPhoto", {"photo": dict(shown.picture), "caption": said, **extra}
    if shown.contact is not None:
        return "sendContact", {"phone_number": shown.contact, "first_name": said, **extra}
    return "sendMessage", {"text": said, "link_preview_options": NO_PREVIEW, **extra}


def as_edit(shown: Screen, voice: Voice) -> tuple[str, dict[str, Any]]:
    """The method and parameters that change a message into this screen; a reply keyboard can't be edited in."""
    keys = markup(shown, voice) if shown.buttons else None
    # an edit without markup takes the old buttons away
    extra = {} if keys is None else {"reply_markup": keys}
    return "editMessageText", {"text": words(shown, voice), "link_preview_options": NO_PREVIEW, **extra}


def can_replace(shown: Screen) -> bool:
    """Whether a message can be changed into this screen; what is no text or brings a keyboard needs a new one."""
    other = (shown.qr, shown.picture, shown.document, shown.contact)
    return all(thing is None for thing in other) and not shown.keyboard
