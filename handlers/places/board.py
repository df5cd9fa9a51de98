"""What is true of the places now, and every screen that follows it."""

from collections.abc import Callable
from datetime import datetime

from handlers import desk, oncall
from handlers.access import Act, Asking, may
from handlers.places import rules, screens
from handlers.places.sheets import Board, Line, Sheet
from handlers.screen import Screen
from locales.zone import here
from storage.records import Alarm, CrisisPlace, Hold, HoldState, Lane, Person, Role
from storage.store import Store

BOARD = "places:board"


def about(hold: Hold) -> str:
    """The name under which a request's cards are found."""
    return f"stay:{hold.id}"


def board(store: Store, now: datetime) -> Board:
    """All places in the agency's own order, and who waits."""
    by_place = {hold.place_id: hold for hold in store.holds.current()}
    lines = [line(store, place, by_place.get(place.id), now) for place in store.agency.crisis_places()]
    waiting = [sheet(store, hold, now) for hold in rules.queue(store.holds.waiting())]
    return Board(lines, waiting)


def line(store: Store, place: CrisisPlace, hold: Hold | None, now: datetime) -> Line:
    return Line(place, hold, rules.standing(hold, now), _name(store, _whose(hold)))


def sheet(store: Store, hold: Hold, now: datetime) -> Sheet:
    """A request with all that is shown of it."""
    waiting = store.holds.waiting() if hold.state is HoldState.WAITING else []
    return Sheet(
        hold=hold,
        label=label_of(store, hold),
        name=_name(store, _whose(hold)),
        overdue=rules.standing(hold, now) is rules.Standing.OVERDUE,
        position=rules.position(hold, waiting),
        waiting=len(waiting),
    )


def open_requests(store: Store) -> list[Hold]:
    """All that are not over: in a place, or waiting for one."""
    return [*store.holds.current(), *store.holds.waiting()]


def label_of(store: Store, hold: Hold) -> str:
    """What the place is called; "" for a request that waits for any."""
    places = store.agency.crisis_places()
    return next((place.label for place in places if place.id == hold.place_id), "")


def alarms_of(store: Store, person: Person) -> list[Alarm]:
    """The alarms that this person has taken and not ended."""
    return [alarm for alarm in store.alarms.not_ended() if alarm.taken_by == person.id]


def shown_to(store: Store, viewer: Person, now: datetime) -> Screen:
    """The board as this person sees it; whoever may see it no more learns that."""
    if not may(Asking(store, viewer, now), Act.SEE_PLACES):
        return screens.closed()
    return screens.board(board(store, now), looks_back=Role.LEAD in viewer.roles)


def follow(store: Store, now: datetime, *changed: Hold) -> None:
    """Changes every screen that shows one of these requests, a place in the queue, or the board.

    The requests leave first: whoever is on the phone looks at theirs.
    """
    for hold in {one.id: one for one in (*changed, *store.holds.waiting())}.values():
        desk.change_all(store, about(hold), _sheet_for(store, hold.id, now), now, Lane.CRISIS)
    desk.change_all(store, BOARD, lambda viewer: shown_to(store, viewer, now), now, Lane.ANSWER)


def _sheet_for(store: Store, hold_id: str, now: datetime) -> Callable[[Person], Screen]:
    def shown(viewer: Person) -> Screen:
        hold = store.holds.get(hold_id)
        if hold is None or not may(Asking(store, viewer, now), Act.SEE_PLACES):
            return screens.closed()
        return screens.sheet(sheet(store, hold, now))

    return shown


def retire(store: Store, person: Person, now: datetime) -> None:
    """The person's earlier boards say that a newer one stands below."""
    for card in store.cards.about(BOARD):
        if card.person_id == person.id:
            desk.change(store, card, person, screens.older(), now, Lane.ANSWER)
            store.cards.retire(card.id)


def tell(store: Store, hold: Hold, to: Person, shown: Screen, now: datetime) -> None:
    """A message that rings; it follows the request from then on."""
    desk.post(store, to, shown, now, Lane.CRISIS, about(hold))


def tell_askers(store: Store, hold: Hold, shown: Screen, now: datetime) -> None:
    """As above, for everybody who is answerable for the request."""
    for person in askers(store, hold):
        tell(store, hold, person, shown, now)


def askers(store: Store, hold: Hold) -> list[Person]:
    """Whoever asked for the place; the leads where they can't be reached or are no longer on call."""
    asker = store.people.known(hold.asked_by) if hold.asked_by else None
    if asker is not None and not asker.blocked and oncall.helps(asker):
        return [asker]
    return leads(store)


def leads(store: Store) -> list[Person]:
    return [lead for lead in store.people.with_role(Role.LEAD) if not lead.blocked]


def days(now: datetime, reader: Person) -> dict[str, str]:
    """The days on which a stay may end, as this person reads them, by what a button carries."""
    speak = desk.voice_of(reader)
    return {day.isoformat(): speak.day_short(day) for day in rules.days(now, here())}


def past(store: Store, now: datetime, most: int) -> list[Sheet]:
    """The last requests that are over, the newest first."""
    return [sheet(store, hold, now) for hold in store.holds.past(most)]


def _whose(hold: Hold | None) -> str | None:
    """Who answers for it: whoever confirmed the stay, before that whoever asked."""
    return None if hold is None else hold.taken_by or hold.asked_by


def _name(store: Store, person_id: str | None) -> str:
    person = store.people.known(person_id) if person_id else None
    return person.name if person is not None else ""
