"""The lead's journal button and everything under it."""

from handlers import access
from handlers.access import Act
from handlers.given import part
from handlers.journal import actions, due, screens
from handlers.journal.actions import Asked, By
from handlers.room import Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import S
from locales.zone import here


def menu(turn: Turn) -> None:
    """The ways in, out of whatever was going on."""
    access.authorise(turn, Act.READ_JOURNAL)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.menu(turn.now.astimezone(here()).date()))


def back(turn: Turn) -> None:
    access.authorise(turn, Act.READ_JOURNAL)
    turn.show(screens.menu(turn.now.astimezone(here()).date()))


def families(turn: Turn) -> None:
    turn.show(
        screens.choose_family(actions.families(turn.store, by=turn.person, now=turn.now), _number(part(turn)))
    )


def people(turn: Turn) -> None:
    turn.show(
        screens.choose_person(actions.staff(turn.store, by=turn.person, now=turn.now), _number(part(turn)))
    )


def read(turn: Turn) -> None:
    """A page of lines: by what, of whom, which page, and up to which line."""
    by = next((by for by in By if by == part(turn)), None)
    asked = Asked(by, part(turn, 1), _number(part(turn, 2)), _number(part(turn, 3))) if by else None
    reading = actions.read(turn.store, asked, by=turn.person, now=turn.now) if asked else None
    if reading is None:
        turn.flash(S("door.stale.toast"))
        back(turn)
    else:
        turn.show(screens.lines(reading))


def _number(carried: str) -> int:
    """A page or a line as a button carries it; 0 for everything else."""
    return int(carried) if carried.isascii() and carried.isdecimal() and len(carried) < 16 else 0


room = Room(
    "journal",
    handlers=(
        on_words({"journal.menu.button": menu}),
        on_command("journal", menu),
        on_presses("journal", {"menu": back, "families": families, "people": people, "read": read}),
    ),
    due={due.LOOK: due.look},
    opens=due.opens,
)
