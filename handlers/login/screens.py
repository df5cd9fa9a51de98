"""What members of staff see around their codes."""

from datetime import datetime, timedelta

from handlers.callback import press
from handlers.codes import LOCKED_FOR, OPEN_FOR, ROOM, Outcome, asking, connect
from handlers.home import keyboard
from handlers.screen import Button, Screen, screen
from locales.phrase import Hour, S
from storage.records import Person, Role

MINUTES = LOCKED_FOR // timedelta(minutes=1)
REFUSED: dict[Outcome, Screen] = {
    Outcome.WRONG: screen(S("login.wrong")),
    Outcome.LOCKED: screen(S("login.locked", minutes=MINUTES)),
}


def six_digits() -> Screen:
    return screen(S("login.six_digits"))


def opened(until: datetime) -> Screen:
    """They are in; what they had wanted is one more press away."""
    leave = Button(S("login.leave.button"), press(ROOM, "leave"))
    return screen(S("login.opened", time=Hour(until)), buttons=[(leave,)])


def left(person: Person) -> Screen:
    return screen(S("login.left"), keyboard=keyboard(person))


def not_asked() -> Screen:
    return screen(S("login.not_asked"))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    staff = Person("p" * 16, 1, "M" * 40, "de", "de", blocked=False, roles=frozenset(Role) - {Role.PARENT})
    return [
        connect("A" * 32, "M" * 40),
        asking(fresh=True),
        asking(fresh=False),
        *REFUSED.values(),
        six_digits(),
        opened(now + OPEN_FOR),
        left(staff),
        not_asked(),
    ]
