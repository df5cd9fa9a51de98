"""Long lists and long names on a small screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers.screen import Button, Row

T = TypeVar("T")
ON_A_BUTTON = 30


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A piece of a list. Pages count from 0."""

    items: tuple[T, ...]
    number: int
    last: int


def page(items: Sequence[T], asked: int, size: int) -> Page[T]:
    """The page asked for, or the nearest there is."""
    last = max(0, (len(items) - 1) // size)
    number = min(max(asked, 0), last)
    return Page(tuple(items[number * size : (number + 1) * size]), number, last)


def turning(shown: Page[T], carries: Callable[[int], str]) -> tuple[Row, ...]:
    """The row with which one turns the pages; none where there is only one."""
    back = (Button("◀️", carries(shown.number - 1)),) if shown.number > 0 else ()
    on = (Button("▶️", carries(shown.number + 1)),) if shown.number < shown.last else ()
    return (back + on,) if back + on else ()


def shortened(text: str, most: int = ON_A_BUTTON) -> str:
    """The text, cut with an ellipsis where it has more than `most` signs."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
