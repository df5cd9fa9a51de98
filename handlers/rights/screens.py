"""What is seen of one's own rights, and of a family's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import consenting
from handlers.callback import press
from handlers.screen import Button, Document, Row, Screen, screen
from locales.phrase import Day, F, S
from storage.records import Family, Person, Purpose, Request, RequestState, Role

ROOM = "rights"
STOP = {Purpose.CONTACT: F("rights.stop.contact.button"), Purpose.CHECKINS: F("rights.stop.checkins.button")}
START = {
    Purpose.CONTACT: F("rights.start.contact.button"),
    Purpose.CHECKINS: F("rights.start.checkins.button"),
}


@dataclass(frozen=True, slots=True)
class OfFamily:
    """What there is to know about a family's rights: who is connected, a wish to be forgotten, a legal hold."""

    family: Family
    members: int
    wish: Request | None
    held_since: datetime | None


def menu(given: Collection[Purpose]) -> Screen:
    """A parent's: each yes can be taken back with one tap."""
    rows = [(_consent(purpose, given=purpose in given),) for purpose in Purpose]
    wrong = (Button(F("rights.wrong.button"), press(ROOM, "wrong")),)
    return screen(F("rights.menu"), buttons=[(_mine(),), *rows, wrong, _forget(), _more()])


def menu_of_guest() -> Screen:
    return screen(F("rights.menu_guest"), buttons=[(_mine(),), _forget(), _more()])


def menu_of_staff(*, lead: bool) -> Screen:
    mine = (Button(S("rights.mine.button"), press(ROOM, "mine")),)
    wishes = (Button(S("rights.wishes.button"), press("forgetting", "list")),)
    return screen(S("rights.menu"), buttons=[mine, wishes] if lead else [mine])


def _mine() -> Button:
    return Button(F("rights.mine.button"), press(ROOM, "mine"))


def _consent(purpose: Purpose, *, given: bool) -> Button:
    if given:
        return Button(STOP[purpose], press("consent", "no", purpose, consenting.ALONE))
    return Button(START[purpose], press("consent", "page", purpose, consenting.ALONE, 0))


def _forget() -> Row:
    return (Button(F("rights.forget.button"), press("forgetting", "wish")),)


def _more() -> Row:
    return (Button(F("consent.more.button"), press("consent", "more", Purpose.CONTACT, "rights", 0)),)


def readable(file: Document, *, staff: bool) -> Screen:
    return Screen(
        (S("rights.file_readable") if staff else F("rights.file_readable"),), document=file, to_keep=True
    )


def for_machines(file: Document, *, staff: bool) -> Screen:
    return Screen(
        (S("rights.file_machines") if staff else F("rights.file_machines"),), document=file, to_keep=True
    )


def wrong(caseworker: Person) -> Screen:
    return screen(F("rights.wrong", person=caseworker.name), buttons=[_back()])


def doubted(parent: Person, family: Family) -> Screen:
    """For the caseworker: that there is something to talk about, not what."""
    return screen(S("rights.doubted", name=parent.name or S("consent.somebody"), family=family.label))


def of_family(found: OfFamily) -> Screen:
    """From the family's card: what the agency's file needs, and the way to forgetting."""
    family = found.family
    text = [S("rights.family", family=family.label, n=found.members)]
    if found.wish is not None:
        text.append(S("rights.family_wish", day=Day(found.wish.asked_at)))
    if found.held_since is not None:
        text.append(S("rights.family_held", day=Day(found.held_since)))
    return screen(*text, buttons=[(_file(family),), _wish(found), _hold(found), _to_card(family)])


def _file(family: Family) -> Button:
    return Button(S("rights.file.button"), press(ROOM, "file", family.id))


def _wish(found: OfFamily) -> Row:
    if found.wish is not None:
        return (Button(S("rights.open_wish.button"), press("forgetting", "open", found.wish.id)),)
    return (Button(S("rights.begin.button"), press("forgetting", "begin", found.family.id)),)


def _hold(found: OfFamily) -> Row:
    if found.held_since is not None:
        return (Button(S("rights.see_hold.button"), press("forgetting", "held", found.family.id)),)
    return (Button(S("rights.hold.button"), press("forgetting", "hold", found.family.id)),)


def _to_card(family: Family) -> Row:
    return (Button(S("rights.back.button"), press("caseload", "open", family.id)),)


def filed(family: Family) -> Screen:
    """Below the two files of a family."""
    return screen(
        S("rights.filed"), buttons=[(Button(S("rights.back.button"), press(ROOM, "family", family.id)),)]
    )


def _back() -> Row:
    return (Button(F("consent.back.button"), press(ROOM, "menu")),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    family = Family("f" * 16, "W" * 40, "c" * 16)
    person = Person("p" * 16, 1, "M" * 40, "ar", "ar", blocked=False, roles=frozenset({Role.PARENT}))
    wish = Request("r" * 16, person.id, family.id, RequestState.ASKED, now, None, None, None, None, None)
    file = Document("2026-11-24.html", "<!doctype html>")
    return [
        menu(()),
        menu(tuple(Purpose)),
        menu_of_guest(),
        menu_of_staff(lead=True),
        *(shown(file, staff=staff) for shown in (readable, for_machines) for staff in (True, False)),
        wrong(person),
        doubted(person, family),
        of_family(OfFamily(family, 2, None, None)),
        of_family(OfFamily(family, 2, wish, now - timedelta(days=400))),
        filed(family),
    ]
