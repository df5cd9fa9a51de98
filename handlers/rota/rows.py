"""Rows of buttons that stand under several screens of the rota."""

from collections.abc import Callable, Sequence

from handlers.callback import press
from handlers.fitting import shortened
from handlers.screen import Button, Row, in_rows
from locales.phrase import S
from storage.records import Person

ROOM = "rota"
MOST = 40  # colleagues on one screen


def of_people(people: Sequence[Person], carries: Callable[[str], str]) -> tuple[Row, ...]:
    """A button for each by name; `carries` is asked with the person's id."""
    return in_rows([Button(shortened(one.name, 16), carries(one.id)) for one in people[:MOST]], 2)


def to_mine() -> Row:
    """To one's own shifts."""
    return (Button(S("rota.mine.button"), press(ROOM, "mine", 0)),)


def to_plan() -> Row:
    """To what a lead can do about the rota."""
    return (Button(S("rota.plan.button"), press(ROOM, "plan")),)


def to_list() -> Row:
    """To the next 14 days."""
    return (Button(S("rota.list.button"), press(ROOM, "list", 0)),)
