"""Holding a place, confirming, holding longer and releasing it; and whom a place goes to that becomes free."""

from datetime import datetime

from handlers.access import Act, Asks, authorise
from handlers.places import board, rules, screens
from handlers.refusal import Refusal
from locales.phrase import S
from locales.zone import here
from storage.records import CrisisPlace, Hold, HoldState
from storage.store import Store

WARN, LAPSE, ENDS = "places.warn", "places.lapse", "places.ends"
TIME = "time"  # who acts when nobody does


def place(asks: Asks, place_id: str) -> CrisisPlace:
    """Raises Refusal for a place there is not, or for whoever may hold none."""
    authorise(asks, Act.HOLD_PLACE)
    found = next((one for one in asks.store.agency.crisis_places() if one.id == place_id), None)
    if found is None:
        raise Refusal(S("door.stale.toast"))
    return found


def known(asks: Asks, hold_id: str) -> Hold:
    """The request of that id. Raises Refusal as above."""
    authorise(asks, Act.HOLD_PLACE)
    found = asks.store.holds.get(hold_id)
    if found is None:
        raise Refusal(S("door.stale.toast"))
    return found


def hold(asks: Asks, wanted: CrisisPlace, alarm_number: int | None, *, from_porz: bool) -> Hold | None:
    """Reserves the place for half an hour; None when somebody was faster, or others have waited for it.

    Whoever has asked for this alarm before gets that request, and no second place.
    """
    store, now = asks.store, asks.now
    serve(store, now)
    before = rules.own(board.open_requests(store), asks.person.id, alarm_number, wanted.id)
    if before is not None:
        return before
    made = store.holds.hold(
        wanted.id, asks.person.id, alarm_number, now, rules.lapses_at(now), from_porz=from_porz
    )
    if made is not None:
        _begin(store, made, now)
        store.journal.write(now, asks.person.id, "place.held", board.about(made))
        board.follow(store, now)
    return made


def wait(asks: Asks, alarm_number: int | None, *, from_porz: bool) -> Hold:
    """Puts the request on the waiting list; where a place is free it has it at once.

    Whoever has asked for this alarm before gets that request.
    """
    store, now = asks.store, asks.now
    before = rules.own(board.open_requests(store), asks.person.id, alarm_number)
    if before is not None:
        return before
    made = store.holds.wait(asks.person.id, alarm_number, now, from_porz=from_porz)
    store.journal.write(now, asks.person.id, "place.waits", board.about(made))
    serve(store, now, but=made.id)
    board.follow(store, now)
    return store.holds.get(made.id) or made


def serve(store: Store, now: datetime, but: str | None = None) -> list[Hold]:
    """Gives each free place to whoever is next, who is told of it, `but` one who sees it anyway."""
    given: list[Hold] = []
    taken = {one.place_id for one in store.holds.current()}
    free = [one for one in store.agency.crisis_places() if one.id not in taken]
    for wanted, waits in zip(free, rules.queue(store.holds.waiting()), strict=False):
        if store.holds.grant(waits.id, wanted.id, rules.lapses_at(now)):
            given.append(store.holds.get(waits.id) or waits)
            _begin(store, given[-1], now)
            store.journal.write(now, TIME, "place.offered", board.about(waits))
    if given:
        board.follow(store, now, *given)
    for one in given:
        if one.id != but:
            board.tell_askers(store, one, screens.offered(board.sheet(store, one, now)), now)
    return given


def confirm(asks: Asks, held: Hold, until: datetime) -> bool:
    """Somebody comes and stays until then. False when the hold had lapsed or was released."""
    if not asks.store.holds.confirm(held.id, asks.person.id, until, asks.now):
        return False
    _stop(asks.store, held)
    asks.store.timers.set(ENDS, held.id, rules.next_notice(until, asks.now, here()))
    _done(asks, held, "place.confirmed")
    return True


def hold_longer(asks: Asks, held: Hold) -> bool:
    """Half an hour from now. False when it is held no more."""
    if held.state is not HoldState.HELD or not asks.store.holds.prolong(held, rules.lapses_at(asks.now)):
        return False
    _begin(asks.store, held, asks.now)
    _done(asks, held, "place.prolonged")
    return True


def stay_longer(asks: Asks, taken: Hold, until: datetime) -> bool:
    """The stay ends then. False when it is over."""
    if taken.state is not HoldState.TAKEN or not asks.store.holds.prolong(taken, until):
        return False
    asks.store.timers.set(ENDS, taken.id, rules.next_notice(until, asks.now, here()))
    _done(asks, taken, "place.prolonged")
    return True


def release(asks: Asks, over: Hold) -> bool:
    """It is needed no more; whoever waits has the place now. False when it was over, or something else by now."""
    store, now = asks.store, asks.now
    if not store.holds.release(over, now):
        return False
    _stop(store, over)
    store.timers.drop(ENDS, over.id)
    _done(asks, over, "place.released")
    _tell_owner(asks, over)
    serve(store, now)
    return True


def lapse(store: Store, hold_id: str, now: datetime) -> None:
    """Nobody confirmed it in time: whoever held it is told, and whoever waits has the place now."""
    held = store.holds.get(hold_id)
    if held is None or not store.holds.lapse(hold_id, now):
        return
    _stop(store, held)
    store.journal.write(now, TIME, "place.lapsed", board.about(held))
    board.follow(store, now, held)
    shown = board.sheet(store, store.holds.get(hold_id) or held, now)
    board.tell_askers(store, held, screens.lapsed(shown), now)
    serve(store, now)


def _begin(store: Store, held: Hold, now: datetime) -> None:
    lapses = rules.lapses_at(now)
    store.timers.set(LAPSE, held.id, lapses)
    store.timers.set(WARN, held.id, rules.warned_at(lapses))


def _stop(store: Store, held: Hold) -> None:
    for kind in (LAPSE, WARN):
        store.timers.drop(kind, held.id)


def _done(asks: Asks, changed: Hold, act: str) -> None:
    asks.store.journal.write(asks.now, asks.person.id, act, board.about(changed))
    board.follow(asks.store, asks.now, changed)


def _tell_owner(asks: Asks, over: Hold) -> None:
    """Somebody else released it: whoever held it or confirmed the stay must not rely on it."""
    owner = asks.store.people.known(over.taken_by or over.asked_by or "")
    if owner is not None and owner.id != asks.person.id:
        label = board.label_of(asks.store, over)
        board.tell(asks.store, over, owner, screens.released_by(label, over, asks.person.name), asks.now)
