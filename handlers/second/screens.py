"""What staff see of their second ways: kinds and states, never an address."""

from collections.abc import Sequence
from datetime import datetime

from handlers.addresses import EXAMPLES, KINDS
from handlers.callback import press
from handlers.screen import Button, Row, Screen, screen
from handlers.second.rules import DIGITS, MOST_TRIES, MOST_WAYS
from locales.phrase import Items, Phrase, S
from storage.records import SecondWay

Named = tuple[SecondWay, str]


def ways(mine: Sequence[Named]) -> Screen:
    """The list by kind, each with its own button, and the way to one more."""
    rows: list[Row] = []
    for way, name in mine:
        if way.confirmed_at is None:
            rows.append((Button(S("second.again.button", kind=name), press("second", "again", way.id)),))
        rows.append((Button(S("second.remove.button", kind=name), press("second", "remove", way.id)),))
    if len(mine) < MOST_WAYS:
        rows.append((Button(S("second.add.button"), press("second", "add")),))
    if not mine:
        return screen(S("second.none"), buttons=rows)
    lines = Items(*(_line(way, name) for way, name in mine))
    return screen(S("second.list", ways=lines), buttons=rows)


def ask() -> Screen:
    return screen(S("second.ask", examples=Items(*EXAMPLES)), buttons=[_back()])


def not_understood() -> Screen:
    return screen(S("second.not_understood"), buttons=[_back()])


def code_sent(name: str) -> Screen:
    return screen(S("second.code_sent", kind=name, n=DIGITS), buttons=[_back()])


def enough_codes() -> Screen:
    """No more codes leave within this hour."""
    return screen(S("second.enough_codes"), buttons=[_back()])


def wrong_code(left: int) -> Screen:
    return screen(S("second.wrong_code", n=left), buttons=[_back()])


def confirmed(name: str) -> Screen:
    return screen(S("second.confirmed", kind=name), buttons=[_back()])


def given_up(name: str) -> Screen:
    """Too many wrong codes, or the test did not get through: the address is gone again."""
    return screen(S("second.given_up", kind=name), buttons=[_back()])


def _line(way: SecondWay, name: str) -> Phrase:
    return S("second.works", kind=name) if way.confirmed_at else S("second.untested", kind=name)


def _back() -> tuple[Button, ...]:
    return (Button(S("second.back.button"), press("second", "menu")),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    longest = max((kind.name for kind in KINDS.values()), key=len)
    untested = SecondWay("w" * 16, "p" * 16, "", now, None)
    tested = SecondWay("w" * 16, "p" * 16, "", now, now)
    return [
        ways([]),
        ways([(untested, longest)]),
        ways([(tested, longest), (untested, longest), (tested, longest)]),
        ask(),
        not_understood(),
        code_sent(longest),
        enough_codes(),
        wrong_code(MOST_TRIES),
        confirmed(longest),
        given_up(longest),
    ]
