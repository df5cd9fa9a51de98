"""Long lists, long names and long words on a small screen."""

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


def pieces(text: str, most: int) -> list[str]:
    """The text in parts of at most `most` signs; none where there is no text."""
    return [text[at : at + most] for at in range(0, len(text), most)]


def dotted(text: str, most: int) -> list[str]:
    """The text in parts of at most `most` signs, with dots where it goes on; one part, be it empty, at least."""
    if len(text) <= most:
        return [text]
    parts = pieces(text, most - len("… ") - len(" …"))
    last = len(parts) - 1
    return [("… " if n else "") + part + (" …" if n < last else "") for n, part in enumerate(parts)]
