"""The list of many alarms at once, as whoever is on call sees it: numbers, and buttons for the oldest ones."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from handlers.callback import press
from handlers.crisis import rules
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Phrase, S
from storage.paged import Listed
from storage.records import AlarmState, alarm_name

ON_BUTTONS = 10
# characters for the numbers of those that wait, and for those of each other line
FOR_WAITING, FOR_TAKEN, TAKERS = 2750, 60, 8


class Wait(StrEnum):
    """What a listed alarm wants of whoever reads the list, and what its button does."""

    TAKE = "take"  # nobody has it
    OVER = "over"  # whoever took it does not answer
    JOIN = "join"  # somebody has it, and more are wanted


Waiting = Sequence[tuple[Listed, Wait]]


def waits(one: Listed, viewer_id: str) -> Wait | None:
    """What this alarm wants of the viewer; None where it is in hands."""
    if one.state is AlarmState.OPEN:
        return Wait.TAKE
    if one.forgotten_at is not None:
        return Wait.OVER if one.taken_by != viewer_id else None
    return Wait.JOIN if not one.joined and rules.still_wanted(one, one.acknowledged) else None


def board(waiting: Waiting, taken: Sequence[tuple[str, Sequence[int]]], first: int = 0) -> Screen:
    """All that this person was paged for. `taken` says who has which numbers; buttons begin with `first`."""
    text = _lines(waiting)
    text += [S("alarm.board.taken", name=name, numbers=numbers(of, FOR_TAKEN)) for name, of in taken[:TAKERS]]
    first = first if 0 <= first < len(waiting) else 0
    buttons = [_button(one, wait) for one, wait in waiting[first : first + ON_BUTTONS]]
    return screen(*text, buttons=(*in_rows(buttons, 2), _turning(first, len(waiting))))


def _lines(waiting: Waiting) -> list[Phrase]:
    """The numbers of those that nobody has, then of those that were forgotten, then of those that want more."""
    bare, left, short = ([one.number for one, it in waiting if it is wait] for wait in Wait)
    said = numbers(bare, FOR_WAITING)
    text = [S("alarm.board", n=len(bare), numbers=said)]
    if left:
        also = numbers(left, max(FOR_TAKEN, FOR_WAITING - len(said)))
        text.append(S("alarm.board.forgotten", numbers=also))
        said += also
    if short:
        room = max(FOR_TAKEN, FOR_WAITING - len(said))
        text.append(S("alarm.board.wanted", numbers=numbers(short, room)))
    return text


def _button(one: Listed, wait: Wait) -> Button:
    name = alarm_name(one.number)
    labels = {
        Wait.TAKE: S("alarm.board.take.button", number=name),
        Wait.OVER: S("alarm.board.over.button", number=name),
        Wait.JOIN: S("alarm.board.join.button", number=name),
    }
    return Button(labels[wait], press("crisis", wait, one.alarm_id))


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
    few, flood = ([_sample(10_000 + at, now) for at in range(n)] for n in (4, 500))
    taken = [("Ü" * 40, range(10_000, 10_100))] * 20
    mixed = [(one, list(Wait)[one.number % 3]) for one in flood]
    open_few, open_flood = ([(one, Wait.TAKE) for one in some] for some in (few, flood))
    return [
        *(board(open_few, []), board(open_few, taken[:1]), board(mixed[:6], taken[:1])),
        *(done(), older(), board(open_flood, taken, 100), board(mixed, taken, 100)),
    ]


def _sample(number: int, now: datetime) -> Listed:
    return Listed("a" * 16, number, AlarmState.OPEN, None, None, 1, {}, 0, joined=False, paged_at=now)
