"""What is seen of entrusted words: their number by everybody in charge, the words by their confidant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.callback import press
from handlers.entrusted.rules import LONGEST_NOTE, Ground
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import Day, Items, S
from storage.records import Entrusted, Family

ROOM = "entrusted"
MOST = 10  # notes on one screen; the newest first


@dataclass(frozen=True, slots=True)
class Listed:
    """A family's notes, the confidants' names by id, and who is looking. The texts stay closed."""

    family: Family
    notes: Sequence[Entrusted]
    names: Mapping[str, str]
    reader: str


def listed(shown: Listed) -> Screen:
    """Own notes can be opened; of others' there is only that they exist, and the way by a legal ground."""
    notes = shown.notes[:MOST]
    text = [S("entrusted.list", family=shown.family.label, n=len(shown.notes))]
    if notes:
        lines = (
            S("entrusted.line", n=n, name=shown.names[one.confidant_id], day=Day(one.at))
            for n, one in enumerate(notes, start=1)
        )
        text.append(S("entrusted.lines", lines=Items(*lines)))
    rows = [(_of(one, n, mine=one.confidant_id == shown.reader),) for n, one in enumerate(notes, start=1)]
    new = (Button(S("entrusted.new.button"), press(ROOM, "new", shown.family.id)),)
    back = (Button(S("entrusted.back.button"), press("caseload", "open", shown.family.id)),)
    return screen(*text, buttons=[*rows, new, back])


def _of(note: Entrusted, n: int, *, mine: bool) -> Button:
    if mine:
        return Button(S("entrusted.open.button", n=n), press(ROOM, "open", note.id))
    return Button(S("entrusted.closed.button", n=n), press(ROOM, "ask", note.id))


def write_now(family: Family) -> Screen:
    text = S("entrusted.write_now", family=family.label, most=LONGEST_NOTE)
    return screen(text, buttons=[_to_list(family.id)])


def written(note: Entrusted) -> Screen:
    return screen(S("entrusted.written"), buttons=[_to_list(note.family_id)])


def opened(note: Entrusted) -> Screen:
    """For the confidant."""
    gone = Button(S("entrusted.delete.button"), press(ROOM, "delete", note.id))
    return screen(
        S("entrusted.opened", day=Day(note.at), text=note.text), buttons=[(gone,), _to_list(note.family_id)]
    )


def which_ground(note: Entrusted, name: str, offered: Sequence[Ground]) -> Screen:
    """For whoever is not the confidant: only the law opens it."""
    rows: list[Row] = [
        (Button(S(f"entrusted.ground.{ground}.button"), press(ROOM, "ground", note.id, ground)),)
        for ground in offered
    ]
    lines = Items(*(S(f"entrusted.ground.{ground}") for ground in offered))
    return screen(
        S("entrusted.which_ground", name=name, grounds=lines), buttons=[*rows, _to_list(note.family_id)]
    )


def opened_on(note: Entrusted, name: str, ground: Ground) -> Screen:
    """For whoever read it on a legal ground: bound to the purpose for which it was passed on."""
    text = S("entrusted.opened_by_other", name=name, day=Day(note.at), text=note.text)
    bound = S("entrusted.bound", ground=S(f"entrusted.ground.{ground}"))
    return screen(text, bound, buttons=[_to_list(note.family_id)])


def was_opened(name: str, ground: Ground) -> Screen:
    """For the confidant; nothing that tells which family."""
    return screen(S("entrusted.was_opened", name=name, ground=S(f"entrusted.ground.{ground}")))


def sure(note: Entrusted) -> Screen:
    yes = Button(S("entrusted.sure.button"), press(ROOM, "deleted", note.id))
    back = (Button(S("entrusted.back.button"), press(ROOM, "open", note.id)),)
    return screen(S("entrusted.sure", day=Day(note.at)), buttons=[(yes,), back])


def _to_list(family_id: str) -> Row:
    return (Button(S("entrusted.back.button"), press(ROOM, "list", family_id)),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    family = Family("f" * 16, "W" * 40, "c" * 16)
    note = Entrusted("e" * 16, family.id, "c" * 16, "N" * LONGEST_NOTE, now)
    names = {note.confidant_id: "M" * 40}
    return [
        listed(Listed(family, [], {}, "c" * 16)),
        listed(Listed(family, [note] * 20, names, note.confidant_id)),
        listed(Listed(family, [note] * 20, names, "d" * 16)),
        write_now(family),
        written(note),
        opened(note),
        which_ground(note, "M" * 40, list(Ground)),
        *(opened_on(note, "M" * 40, ground) for ground in Ground),
        *(was_opened("M" * 40, ground) for ground in Ground),
        sure(note),
    ]
