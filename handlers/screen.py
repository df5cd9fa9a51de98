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
    """An inline button: what it says and what it carries.

    One that `copies` a text carries nothing: the phone keeps the text to paste it elsewhere, such as in a map.
    """

    label: Phrase | str
    carries: str = ""
    copies: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is sent: its name, with the ending that says what it is, and its text, sent as UTF-8."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map: degrees north and east, and the address that stands below its name."""

    latitude: float
    longitude: float
    address: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF that bot/certificate.py prints: its file's name, and what stands on it."""

    name: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `buttons` stand under it; `keyboard` is the one that stays below the chat.

    `qr` is a link that is sent as a picture, `picture` what bot/pictures.py is to draw, `document` a file, `paper`
    one that bot/certificate.py is to print, all with the text as caption, and so is `voice`, a voice message by
    Telegram's own name for it. `contact` is a number in the form a phone dials, sent as a contact card with the
    text as its name; `pin` is a place on the map, with the text as its name too. `german` stands before the text
    and is said in German, whatever the person reads: it is made to be shown to somebody. `to_keep` is made to be
    passed on or saved; Telegram hinders both for everything else. `harmless` tells nobody who looks over a shoulder
    whom it comes from; `silent` makes no sound when it comes.
    """

    text: tuple[Phrase, ...]
    buttons: tuple[Row, ...] = ()
    keyboard: tuple[tuple[Phrase, ...], ...] = ()
    qr: str | None = None
    document: Document | None = None
    paper: Paper | None = None
    contact: str | None = None
    picture: Mapping[str, Any] | None = None
    voice: str | None = None
    pin: Pin | None = None
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


def _inline(button: Button, voice: Voice) -> dict[str, Any]:
    label = button.label if isinstance(button.label, str) else voice.say(button.label)
    if button.copies is not None:
        return {"text": label, "copy_text": {"text": button.copies}}
    return {"text": label, "callback_data": button.carries}


def as_new(shown: Screen, voice: Voice) -> tuple[str, dict[str, Any]]:
    """The Bot API method and its parameters, chat left out, that send this screen."""
    keys = markup(shown, voice)
    method, body = _sent_as(shown, words(shown, voice))
    if keys is not None:
        body["reply_markup"] = keys
    if not shown.to_keep:
        body["protect_content"] = True
    if shown.silent:
        body["disable_notification"] = True
    return method, body


def _sent_as(shown: Screen, said: str) -> tuple[str, dict[str, Any]]:
    method, body = "sendMessage", {"text": said, "link_preview_options": NO_PREVIEW}
    if shown.qr is not None:
        method, body = "sendPhoto", {"photo": f"qr:{shown.qr}", "caption": said}
    elif shown.document is not None:
        file = {"name": shown.document.name, "text": shown.document.text}
        method, body = "sendDocument", {"document": file, "caption": said}
    elif shown.paper is not None:
        # what is to be printed stands first: bot/wire.py looks for it there
        sheet = {"paper": dict(shown.paper.content), "name": shown.paper.name}
        method, body = "sendDocument", {"document": sheet, "caption": said}
    elif shown.picture is not None:
        method, body = "sendPhoto", {"photo": dict(shown.picture), "caption": said}
    elif shown.voice is not None:
        method, body = "sendVoice", {"voice": shown.voice, "caption": said}
    elif shown.pin is not None:
        method, body = "sendVenue", _venue(shown.pin, said)
    elif shown.contact is not None:
        method, body = "sendContact", {"phone_number": shown.contact, "first_name": said}
    return method, body


def _venue(pin: Pin, title: str) -> dict[str, Any]:
    at = {"latitude": pin.latitude, "longitude": pin.longitude}
    return {**at, "title": title, "address": pin.address}


def as_edit(shown: Screen, voice: Voice) -> tuple[str, dict[str, Any]]:
    """The method and parameters that change a message into this screen; a reply keyboard can't be edited in."""
    keys = markup(shown, voice) if shown.buttons else None
    # an edit without markup takes the old buttons away
    extra = {} if keys is None else {"reply_markup": keys}
    return "editMessageText", {"text": words(shown, voice), "link_preview_options": NO_PREVIEW, **extra}


def can_replace(shown: Screen) -> bool:
    """Whether a message can be changed into this screen; what is no text or brings a keyboard needs a new one."""
    other = (shown.qr, shown.picture, shown.document, shown.paper, shown.contact, shown.voice, shown.pin)
    return all(thing is None for thing in other) and not shown.keyboard
