"""What a lead sees of how long things are kept, and of what is about to go for the first time."""

from collections.abc import Mapping
from datetime import datetime

from handlers.callback import press
from handlers.fitting import page, turning
from handlers.keeping.rules import ON_A_PAGE
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import Items, Phrase, S
from storage.retention import RULES, Rule

ROOM = "keeping"
_AGREE: Row = (Button(S("keeping.agree.button"), press(ROOM, "agree")),)
_PERIODS: Row = (Button(S("keeping.periods.button"), press(ROOM, "show", 0)),)


def asked(counts: Mapping[str, int]) -> Screen:
    """What would go, by kind, before anything of it ever went."""
    return screen(S("keeping.asked", things=_counted(counts)), buttons=[_AGREE, _PERIODS])


def reminded(counts: Mapping[str, int]) -> Screen:
    """The second notice: it goes in the next night, whoever says what."""
    return screen(S("keeping.reminded", things=_counted(counts)), buttons=[_AGREE, _PERIODS])


def agreed() -> Screen:
    return screen(S("keeping.agreed"), buttons=[_PERIODS])


def gone(counts: Mapping[str, int]) -> Screen:
    """It went for the first time; from now on it does so every night, without a word."""
    return screen(S("keeping.gone", things=_counted(counts)), buttons=[_PERIODS])


def _counted(counts: Mapping[str, int]) -> Items:
    return Items(*(S(f"keeping.count.{table}", n=n) for table, n in counts.items()))


def periods(number: int) -> Screen:
    """How long everything is kept: a page of the very table by which it is purged."""
    shown = page(RULES, number, ON_A_PAGE)
    turn = turning(shown, lambda to: press(ROOM, "show", to))
    lines = Items(*map(_line, shown.items))
    text = S("keeping.periods", page=shown.number + 1, pages=shown.last + 1, lines=lines)
    return screen(text, S("keeping.rest"), buttons=[*turn, _to_oversight()])


def _line(rule: Rule) -> Phrase:
    return S(f"keeping.period.{rule.table}", n=rule.days)


def _to_oversight() -> Row:
    return (Button(S("team.back.button"), press("oversight", "look")),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    counts = {rule.table: 99_999 for rule in RULES if rule.klass == "operative"}
    pages = -(-len(RULES) // ON_A_PAGE)
    return [asked(counts), reminded(counts), agreed(), gone(counts), *map(periods, range(pages))]
