"""What is seen of one's own shifts and of questions to take one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.callback import press
from handlers.fitting import page, turning
from handlers.rota import said, samples
from handlers.rota.rows import ROOM, of_people, to_mine
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Items, Phrase, S
from locales.translator import Voice, voice
from storage.records import Person, Shift, Swap, SwapState

ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Trade:
    """A question to take a shift. `taker` is the name of whoever was asked alone, or has taken it."""

    swap: Swap
    shift: Shift
    site: str | None
    asker: str
    taker: str | None


def mine(shifts: Sequence[Shift], sites: Mapping[str, str], said_in: Voice, number: int) -> Screen:
    """One's own shifts of four weeks, a page of them."""
    shown = page(shifts, number, ON_A_PAGE)
    back = (Button(S("rota.back.button"), press(ROOM, "show")),)
    if not shown.items:
        return screen(S("rota.mine_none"), buttons=[back])
    lines = Items(*(said.own_line(one, sites.get(one.site_id or "")) for one in shown.items))
    opens = [Button(_label(one, said_in), press(ROOM, "own", one.id)) for one in shown.items]
    file = (Button(S("rota.file.button"), press(ROOM, "ownfile")),)
    turn = turning(shown, lambda to: press(ROOM, "mine", to))
    return screen(S("rota.mine", lines=lines), buttons=[*in_rows(opens, 2), *turn, file, back])


def _label(shift: Shift, said_in: Voice) -> str:
    return f"{said_in.day_short(shift.starts_at)} {said_in.time(shift.starts_at)}"


def own(shift: Shift, site: str | None, open_trade: Trade | None) -> Screen:
    """One shift, and whether somebody has been asked to take it."""
    text = [said.own_line(shift, site)]
    if open_trade is None:
        choice = Button(S("rota.swap.button"), press(ROOM, "whom", shift.id))
    else:
        choice = Button(S("rota.take_back.button"), press(ROOM, "unask", shift.id))
        name = open_trade.taker
        text.append(S("rota.waiting_for", name=name) if name else S("rota.waiting_for_anybody"))
    return screen(*text, buttons=[(choice,), to_mine()])


def whom(shift: Shift, site: str | None, colleagues: Sequence[Person]) -> Screen:
    if not colleagues:
        return screen(S("rota.nobody_else"), buttons=[_to_own(shift)])
    anybody = (Button(S("rota.anybody.button"), press(ROOM, "ask", shift.id, "any")),)
    names = of_people(colleagues, lambda whom: press(ROOM, "ask", shift.id, whom))
    text = S("rota.whom", shift=said.own_line(shift, site))
    return screen(text, buttons=[anybody, *names, _to_own(shift)])


def asked(trade: Trade) -> Screen:
    """For whoever is asked."""
    yes = Button(S("rota.accept.button"), press(ROOM, "yes", trade.swap.id))
    no = Button(S("rota.decline.button"), press(ROOM, "no", trade.swap.id))
    return screen(S("rota.asked", name=trade.asker, shift=_shift(trade)), buttons=[(yes,), (no,)])


def seen(trade: Trade, viewer: Person) -> Screen:
    """What the question has become for one of those who were asked."""
    swap = trade.swap
    if swap.state is SwapState.ASKED:
        return asked(trade)
    if swap.state is not SwapState.ACCEPTED:
        return screen(S("rota.lapsed", name=trade.asker, shift=_shift(trade)))
    if swap.asked_id == viewer.id:
        return screen(S("rota.accepted", shift=_shift(trade)), buttons=[to_mine()])
    return swapped(trade)


def swapped(trade: Trade) -> Screen:
    """For whoever asked, the leads, and those who were later."""
    return screen(S("rota.swapped", taker=trade.taker or "…", giver=trade.asker, shift=_shift(trade)))


def declined(trade: Trade, by: Person) -> Screen:
    """For whoever asked."""
    again = (Button(S("rota.ask_another.button"), press(ROOM, "whom", trade.shift.id)),)
    return screen(S("rota.declined", name=by.name, shift=_shift(trade)), buttons=[again])


def you_declined(trade: Trade) -> Screen:
    return screen(S("rota.you_declined", name=trade.asker, shift=_shift(trade)))


def _shift(trade: Trade) -> Phrase:
    return said.own_line(trade.shift, trade.site)


def _to_own(shift: Shift) -> Row:
    return (Button(S("rota.back.button"), press(ROOM, "own", shift.id)),)


def specimens(now: datetime) -> list[Screen]:
    """All of them at their fullest."""
    shift, somebody = samples.shift(now), samples.SOMEBODY
    trades = [
        Trade(samples.swap(state, now), shift, samples.SITE, samples.LONG_NAME, samples.LONG_NAME)
        for state in SwapState
    ]
    return [
        mine([shift] * 20, {shift.site_id or "": samples.SITE}, voice("de"), 1),
        mine([], {}, voice("de"), 0),
        *(own(shift, samples.SITE, trade) for trade in (None, trades[0])),
        whom(shift, samples.SITE, [somebody] * 50),
        whom(shift, None, []),
        *(seen(trade, viewer) for trade in trades for viewer in (somebody, samples.SOMEBODY_ELSE)),
        declined(trades[0], somebody),
        you_declined(trades[0]),
    ]
