"""What time does: warns before a hold lapses, lets it lapse, and speaks up when a stay ends."""

from datetime import datetime

from handlers import desk
from handlers.places import actions, board, rules, screens
from locales.zone import here
from storage.records import HoldState, Lane
from storage.store import Store


def opens(store: Store, now: datetime) -> None:
    """A place the agency has added since is for whoever waits."""
    actions.serve(store, now)


def warn(store: Store, hold_id: str, now: datetime) -> None:
    """Five minutes are left."""
    held = store.holds.get(hold_id)
    if held is None or held.state is not HoldState.HELD:
        return
    board.tell_askers(store, held, screens.warning(board.sheet(store, held, now)), now)


def ends(store: Store, hold_id: str, now: datetime) -> None:
    """The stay ends today, or should have ended: a human decides. Nothing becomes free by itself."""
    stay = store.holds.get(hold_id)
    if stay is None or stay.state is not HoldState.TAKEN or stay.until is None:
        return
    store.timers.set(actions.ENDS, stay.id, rules.next_notice(stay.until, now, here()))
    board.follow(store, now, stay)
    shown = screens.ending(board.sheet(store, stay, now))
    confirmed = store.people.known(stay.taken_by) if stay.taken_by else None
    told = {person.id: person for person in (*board.leads(store), confirmed) if person is not None}
    for person in told.values():
        desk.post(store, person, shown, now, Lane.NEWS, board.about(stay))
