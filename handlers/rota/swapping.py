"""One's own shifts, and asking a colleague, or anybody, to take one. One winner, however many say yes."""

from datetime import datetime, timedelta

from handlers import desk
from handlers.access import Act, authorise
from handlers.given import number, part
from handlers.refusal import Refusal
from handlers.rota import making, rules, telling, trades, watching
from handlers.rota.trades import Trade
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Lane, Person, Role, Shift, ShiftState, Swap, SwapState
from storage.store import Store

ANYBODY = "any"


def mine(turn: Turn) -> None:
    """The next four weeks."""
    _require(turn)
    ahead = turn.store.rota.between(turn.now, turn.now + timedelta(weeks=rules.OWN_WEEKS))
    shifts = [one for one in ahead if one.person_id == turn.person.id]
    names = telling.site_names(turn.store)
    turn.show(trades.mine(shifts, names, turn.voice, number(part(turn))))


def own(turn: Turn) -> None:
    _show(turn, _own(turn))


def whom(turn: Turn) -> None:
    """Who is asked to take it?"""
    shift = _own(turn)
    site = telling.site_of(turn.store, shift.site_id)
    turn.show(trades.whom(shift, site, colleagues(turn.store, turn.person.id)))


def ask(turn: Turn) -> None:
    """A colleague or everybody gets the question; an earlier one about this shift is taken back."""
    shift, to = _own(turn), part(turn, 1)
    known = {one.id: one for one in colleagues(turn.store, turn.person.id)}
    if to != ANYBODY and to not in known:
        raise Refusal(S("rota.gone"))
    take_back(turn.store, shift, turn.now)
    swap = turn.store.rota.ask_swap(shift, None if to == ANYBODY else to, turn.now)
    for person in known.values() if to == ANYBODY else [known[to]]:
        asked = trades.asked(_trade(turn.store, swap, shift))
        telling.tell(turn.store, person, asked, turn.now, _about(swap))
    turn.note("shift.offered", f"shift:{shift.id}")
    turn.flash(S("rota.asked.toast"))
    _show(turn, shift)


def withdraw(turn: Turn) -> None:
    shift = _own(turn)
    take_back(turn.store, shift, turn.now)
    turn.flash(S("rota.withdrawn.toast"))
    _show(turn, shift)


def accept(turn: Turn) -> None:
    """The shift changes hands in this very transaction; both and the leads see it."""
    swap, shift = _open(turn)
    if swap is None or shift is None:
        return
    if has_shift(turn.store, turn.person.id, shift.starts_at, shift.ends_at):
        raise Refusal(S("rota.overlap"))
    if not turn.store.rota.settle_swap(swap, SwapState.ACCEPTED, turn.person.id, turn.now):
        _too_late(turn, swap)
        return
    making.give(turn.store, shift, turn.person.id, turn.now)
    turn.note("shift.swapped", f"shift:{shift.id}")
    turn.flash(S("rota.accepted.toast"))
    _tell_all(turn, _trade(turn.store, _fresh(turn.store, swap), shift))
    watching.look(turn.store, turn.now)


def _tell_all(turn: Turn, done: Trade) -> None:
    """Whoever was asked sees it where they were asked, the asker and the leads get a message."""
    _refresh(turn.store, done, turn.now)
    asker = turn.store.people.known(done.swap.asker_id)
    told = {one.id: one for one in turn.store.people.with_role(Role.LEAD)}
    if asker is not None:
        told[asker.id] = asker
    for person in told.values():
        if person.id != turn.person.id:
            telling.tell(turn.store, person, trades.swapped(done), turn.now)


def decline(turn: Turn) -> None:
    """Whoever was asked alone says no, and the asker learns it; one of many only clears the question away."""
    swap, shift = _open(turn)
    if swap is None or shift is None:
        return
    if swap.asked_id is not None:
        turn.store.rota.settle_swap(swap, SwapState.DECLINED, None, turn.now)
        asker = turn.store.people.known(swap.asker_id)
        if asker is not None:
            answer = trades.declined(_trade(turn.store, swap, shift), turn.person)
            telling.tell(turn.store, asker, answer, turn.now)
    for card in turn.store.cards.about(_about(swap)):
        if card.person_id == turn.person.id:
            turn.store.cards.retire(card.id)
    turn.flash(S("rota.declined.toast"))
    turn.show(trades.you_declined(_trade(turn.store, swap, shift)))


def take_back(store: Store, shift: Shift, now: datetime) -> None:
    """Open questions about this shift are over, and those asked see that."""
    for swap in making.open_swaps(store, shift):
        store.rota.settle_swap(swap, SwapState.WITHDRAWN, None, now)
        _refresh(store, _trade(store, _fresh(store, swap), shift), now)


def has_shift(store: Store, person_id: str, since: datetime, until: datetime) -> bool:
    """Whether they hold one already at any time between the two moments."""
    return any(one.person_id == person_id for one in store.rota.between(since, until))


def colleagues(store: Store, but: str) -> list[Person]:
    """Everybody on call who can be reached, by name."""
    there = [one for one in store.people.with_role(Role.ON_CALL) if one.id != but and not one.blocked]
    return sorted(there, key=lambda one: (one.name.casefold(), one.id))


def _own(turn: Turn) -> Shift:
    """The person's own shift behind the button, still ahead. Raises Refusal for every other."""
    _require(turn)
    found = turn.store.rota.get(part(turn))
    if found is None or found.person_id != turn.person.id or found.state is not ShiftState.PLANNED:
        raise Refusal(S("rota.not_yours"))
    if found.starts_at <= turn.now:
        raise Refusal(S("rota.begun"))
    return found


def _open(turn: Turn) -> tuple[Swap | None, Shift | None]:
    """The question behind the button while it is open; otherwise says what came of it and gives nothing."""
    _require(turn)
    swap = turn.store.rota.swap(part(turn))
    shift = turn.store.rota.get(swap.shift_id) if swap is not None else None
    if swap is None or shift is None or swap.asker_id == turn.person.id:
        raise Refusal(S("rota.gone"))
    if swap.asked_id not in {None, turn.person.id} and swap.state is SwapState.ASKED:
        raise Refusal(S("rota.gone"))
    still = swap.state is SwapState.ASKED and shift.starts_at > turn.now
    if not still or shift.state is not ShiftState.PLANNED or shift.person_id != swap.asker_id:
        _too_late(turn, swap)
        return None, None
    return swap, shift


def _too_late(turn: Turn, swap: Swap) -> None:
    current = _fresh(turn.store, swap)
    shift = turn.store.rota.get(swap.shift_id)
    if shift is None:
        raise Refusal(S("rota.gone"))
    turn.flash(S("rota.too_late.toast"))
    turn.show(trades.seen(_trade(turn.store, current, shift), turn.person))


def _show(turn: Turn, shift: Shift) -> None:
    asked = making.open_swaps(turn.store, shift)
    trade = _trade(turn.store, asked[0], shift) if asked else None
    turn.show(trades.own(shift, telling.site_of(turn.store, shift.site_id), trade))


def _trade(store: Store, swap: Swap, shift: Shift) -> Trade:
    taker = store.people.known(swap.asked_id or "")
    site, asker = telling.site_of(store, shift.site_id), telling.name_of(store, swap.asker_id)
    return Trade(swap, shift, site, asker, taker.name if taker else None)


def _refresh(store: Store, trade: Trade, now: datetime) -> None:
    desk.change_all(store, _about(trade.swap), lambda person: trades.seen(trade, person), now, Lane.ANSWER)


def _fresh(store: Store, swap: Swap) -> Swap:
    return store.rota.swap(swap.id) or swap


def _about(swap: Swap) -> str:
    return f"swap:{swap.id}"


def _require(turn: Turn) -> None:
    authorise(turn, Act.SWAP_SHIFTS, turn.person)
