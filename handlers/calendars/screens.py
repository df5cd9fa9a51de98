"""What caseworkers see of their calendars outside: states, never an address; the feed's link only once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.calendars.rules import BUSY_AHEAD, TOLD_AFTER
from handlers.callback import press
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import Moment, Phrase, S
from storage.calendars import Outside

ROOM = "calendars"
EXAMPLE = "F-7K2M"
WHYS = ("no_answer", "refused", "too_big", "no_calendar", "elsewhere", "too_slow")


def menu(state: Outside, *, served: bool) -> Screen:
    """Both ways with how they stand; `served` says whether feeds can be subscribed to here at all."""
    rows: list[Row] = []
    if served and state.feed:
        rows.append(
            (_button(S("calendars.renew.button"), "feed"), _button(S("calendars.close.button"), "close"))
        )
    elif served:
        rows.append((_button(S("calendars.subscribe.button"), "feed"),))
    elif state.feed:
        rows.append((_button(S("calendars.close.button"), "close"),))
    if state.imports:
        rows.append((_button(S("calendars.other.button"), "import"),))
        rows.append((_button(S("calendars.forget.button"), "forget"),))
    else:
        rows.append((_button(S("calendars.import.button"), "import"),))
    rows.append((_button(S("calendars.again.button"), "menu"),))
    return screen(S("calendars.menu"), _feed(state, served=served), *_import(state), buttons=rows)


def _feed(state: Outside, *, served: bool) -> Phrase:
    if not served:
        return S("calendars.feed_nowhere")
    return S("calendars.feed_on", example=EXAMPLE) if state.feed else S("calendars.feed_off")


def _import(state: Outside) -> Sequence[Phrase]:
    if not state.imports:
        return [S("calendars.import_off")]
    if state.looked_at is None:
        return [S("calendars.import_waits")]
    looked = S("calendars.import_on", at=Moment(state.looked_at), n=state.spans)
    if not state.failures:
        return [looked]
    return [looked, S("calendars.import_fails", n=state.failures, why=why(state.failure))]


def why(code: str) -> Phrase:
    """Why a calendar could not be read, in plain words."""
    return S(f"calendars.why.{code if code in WHYS else WHYS[0]}")


def link(url: str, *, renewed: bool) -> Screen:
    """The link as words and as a picture, this one time; the button takes it out of the chat."""
    old = (S("calendars.old_link"),) if renewed else ()
    shown = screen(
        S("calendars.link", link=url), *old, buttons=[(_button(S("calendars.hide.button"), "hide"),)]
    )
    return replace(shown, qr=url, to_keep=True)


def ask() -> Screen:
    return screen(S("calendars.ask"), buttons=[_back()])


def not_understood() -> Screen:
    return screen(S("calendars.not_understood"), buttons=[_back()])


def taken() -> Screen:
    return screen(S("calendars.taken"), buttons=[_back()])


def first_look(n: int) -> Screen:
    """It could be read: so many busy times."""
    shown = screen(S("calendars.first_look", n=n, days=BUSY_AHEAD.days), buttons=[_back()])
    return replace(shown, harmless=True)


def first_failed(code: str) -> Screen:
    return replace(screen(S("calendars.first_failed", why=why(code)), buttons=[_back()]), harmless=True)


def lost(code: str) -> Screen:
    """For somebody whose calendar could not be read several times in a row."""
    shown = screen(S("calendars.lost", n=TOLD_AFTER, why=why(code)), buttons=[_back()])
    return replace(shown, harmless=True)


def _button(label: Phrase, verb: str) -> Button:
    return Button(label, press(ROOM, verb))


def _back() -> Row:
    return (_button(S("calendars.back.button"), "menu"),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    nothing = Outside(feed=False, imports=False, looked_at=None, failures=0, failure="", spans=0)
    waits = replace(nothing, feed=True, imports=True)
    full = [
        replace(waits, looked_at=now, failures=n, failure=one, spans=2000) for n, one in enumerate(WHYS, 99)
    ]
    url = f"https://{'kalender' * 8}.example.org/{'w' * 43}.ics"
    return [
        *(menu(state, served=served) for state in (nothing, waits, *full) for served in (True, False)),
        menu(replace(full[0], failures=0), served=True),
        link(url, renewed=False),
        link(url, renewed=True),
        ask(),
        not_understood(),
        taken(),
        first_look(2000),
        *(shown(one) for one in WHYS for shown in (first_failed, lost)),
    ]
