"""The list of many alarms at once, as whoever is on call sees it: numbers, and buttons for the oldest ones."""

from collections.abc import Sequence
from datetime import datetime

from handlers.callback import press
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import S
from storage.paged import Listed

ON_BUTTONS = 10
# characters for the numbers of those that wait, and of those that somebody has
FOR_OPEN, FOR_TAKEN, TAKERS = 3000, 60, 8


def board(waiting: Sequence[Listed], taken: Sequence[tuple[str, Sequence[int]]], first: int = 0) -> Screen:
    """All that this person was paged for. `taken` says who has which numbers; buttons begin with `first`."""
    text = [S("alarm.board", n=len(waiting), numbers=numbers([one.number for one in waiting], FOR_OPEN))]
    text += [S("alarm.board.taken", name=name, numbers=numbers(of, FOR_TAKEN)) for name, of in taken[:TAKERS]]
    first = first if 0 <= first < len(waiting) else 0
    some = waiting[first : first + ON_BUTTONS]
    takes = [
        Button(
            S("alarm.board.take.button", number=f"A-{one.number:04d}"), press("crisis", "take", one.alarm_id)
        )
        for one in some
    ]
    return screen(*text, buttons=(*in_rows(takes, 2), _turning(first, len(waiting))))


def _turning(first: int, n: int) -> Row:
    again = Button(S("alarm.board.refresh.button"), press("crisis", "board", first))
    on = first + ON_BUTTONS
    back = (Button("◀️", press("crisis", "board", first - ON_BUTTONS)),) if first else ()
    return (*back, again, *((Button("▶️", press("crisis", "board", on)),) if on < n else ()))


def numbers(of: Sequence[int], most: int) -> str:
    """As many of the numbers as fit into `most` characters, and how many more there are."""
    shown: list[str] = []
    length = 0
    for number in of:
        said = f"{number:04d}"
        length += len(said) + 1
        if length > most:
            return " ".join([*shown, f"+{len(of) - len(shown)}"])
        shown.append(said)
    return " ".join(shown)


def done() -> Screen:
    """What becomes of a list on which nothing is open any more."""
    return screen(S("alarm.board.done"))


def older() -> Screen:
    """What becomes of a list when a newer one stands below."""
    return Screen((S("alarm.board.older"),), harmless=True)


def specimens(now: datetime) -> list[Screen]:
    """The list with a few alarms, and with as many as it can show."""
    few, flood = ([Listed("a" * 16, 10_000 + at, None, now) for at in range(n)] for n in (4, 500))
    taken = [("Ü" * 40, range(10_000, 10_100))] * 20
    return [board(few, []), board(few, taken[:1]), done(), older(), board(flood, taken, 100)]
