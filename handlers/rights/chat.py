"""The menu of one's own rights, the files, and what a caseworker does for a family's."""

from handlers import access, consenting
from handlers.access import Act
from handlers.given import part
from handlers.rights import actions, file, screens
from handlers.rights.actions import TAKE_AWAY, WRONG
from handlers.room import Room, on_command, on_presses
from handlers.screen import Screen
from handlers.turn import Turn
from storage.records import Purpose, Role


def menu(turn: Turn) -> None:
    turn.show(_menu(turn))


def _menu(turn: Turn) -> Screen:
    person = turn.person
    if person.is_staff:
        return screens.menu_of_staff(lead=Role.LEAD in person.roles)
    if Role.PARENT not in person.roles:
        return screens.menu_of_guest()
    return screens.menu([one for one in Purpose if consenting.has(turn.store, person, one)])


def mine(turn: Turn) -> None:
    """All there is, at once: a file to read and one for machines."""
    known, staff = actions.about_me(turn), turn.person.is_staff
    turn.say(screens.readable(file.readable(known, turn.voice), staff=staff))
    turn.say(screens.for_machines(file.for_machines(known), staff=staff))


def wrong(turn: Turn) -> None:
    caseworker = actions.something_is_wrong(turn.store, by=turn.person, now=turn.now)
    turn.show(screens.wrong(caseworker))


def of_family(turn: Turn) -> None:
    found = access.family(turn, Act.SEE_FAMILY_RIGHTS, part(turn))
    turn.show(screens.of_family(actions.rights_of(turn.store, found)), about=f"family:{found.id}")


def file_of_family(turn: Turn) -> None:
    """The family's file for the agency (section 9b SGB VIII); it leaves the chat again by itself."""
    known = actions.about_family(turn, part(turn))
    if known.family is None:  # a family's file has its family
        raise LookupError("a file of no family")
    about = f"file:{known.family.id}"
    for shown in (
        screens.readable(file.readable(known, turn.voice), staff=True),
        screens.for_machines(file.for_machines(known), staff=True),
    ):
        card = turn.say(shown, about=about)
        turn.store.timers.set(TAKE_AWAY, card.id, turn.now + actions.STAYS)
    turn.say(screens.filed(known.family), about=about)


room = Room(
    screens.ROOM,
    handlers=(
        on_command("daten", menu),
        on_presses(
            screens.ROOM,
            {"menu": menu, "mine": mine, "wrong": wrong, "family": of_family, "file": file_of_family},
        ),
    ),
    due={WRONG: actions.day_is_over, TAKE_AWAY: actions.take_away},
)
