"""Adding an address, confirming it with a code that came over it, and taking it away."""

from datetime import datetime

from handlers import clearing, desk
from handlers.access import Act, Asks, authorise
from handlers.addresses import NotUnderstood, kind_of, understood
from handlers.refusal import Refusal
from handlers.second import rules, screens
from handlers.second.screens import Named
from handlers.turn import Turn
from locales.bidi import clean
from locales.phrase import S
from storage.records import Dialogue, Lane, Ring, SecondWay
from storage.store import Store

SENT = "second.sent"  # one timer for each code of the last hour: until it is due


class EnoughCodes(Exception):  # noqa: N818 - what it says
    """As many codes as may leave within an hour have left."""


def mine(asks: Asks) -> list[Named]:
    """One's own second ways, with what their kinds are called. Raises Refusal."""
    authorise(asks, Act.KEEP_SECOND_WAYS, asks.person)
    return [(way, name_of(way)) for way in asks.store.second_ways.of_person(asks.person.id)]


def name_of(way: SecondWay) -> str:
    kind = kind_of(way.address)
    return kind.name if kind else "?"


def own(asks: Asks, id: str) -> SecondWay | None:
    """This address, if it is one's own."""
    return next((way for way, _ in mine(asks) if way.id == id), None)


def add(turn: Turn, typed: str) -> SecondWay | None:
    """Keeps the address that was typed, takes it out of the chat and sends a code over it. Raises Refusal.

    None when we don't understand it: a refusal would leave standing in the chat what was typed. Raises
    EnoughCodes, and then keeps nothing.
    """
    if len(mine(turn)) >= rules.MOST_WAYS:
        raise Refusal(S("second.enough", n=rules.MOST_WAYS))
    hidden(turn)
    address = typed.strip()
    try:
        understood(address, here=turn.store.settings.rings_here)
    except NotUnderstood:
        return None
    _count(turn, address)
    way = turn.store.second_ways.add(turn.person.id, address, turn.now)
    turn.note("second_way.added", f"person:{turn.person.id}")
    _send(turn, way)
    return way


def hidden(turn: Turn) -> None:
    """An address may hold a password: what was typed does not stay in the chat, whether we understood it or not."""
    if turn.asked.wrote is not None:
        clearing.messages(turn.store, turn.person, [turn.asked.wrote], turn.now)


def test(turn: Turn, way: SecondWay) -> None:
    """Sends a fresh code over the address and waits for it here. Raises EnoughCodes; the last code stays good."""
    _count(turn, way.address)
    _send(turn, way)


def _count(turn: Turn, address: str) -> None:
    """One more code, to this address and by this person; whoever removes an address and adds it again counts on."""
    allowed = {
        turn.store.second_ways.mark(address): rules.MOST_CODES,
        turn.person.id: rules.MOST_CODES_OF_ONE,
    }
    free = [_free(turn, whose, most) for whose, most in allowed.items()]
    if None in free:
        raise EnoughCodes
    for scope in filter(None, free):
        turn.store.timers.set(SENT, scope, turn.now + rules.CODES_WITHIN)


def _free(turn: Turn, whose: str, most: int) -> str | None:
    """A scope under which one more can be counted; None when there were as many within the hour."""
    for scope in (f"{whose}:{n}" for n in range(most)):
        until = turn.store.timers.due_at(SENT, scope)
        if until is None or until <= turn.now:
            return scope
    return None


def forgotten(store: Store, scope: str, now: datetime) -> None:
    """An hour later the code counts no more: its timer is gone, and nothing else is to do."""


def _send(turn: Turn, way: SecondWay) -> None:
    turn.store.rings.call_off(way.id, turn.now)
    code = rules.fresh_code()
    turn.store.rings.post(way.id, clean(turn.voice.say(S("second.test", code=code))), turn.now)
    content = {"way": way.id, "code": code, "left": rules.MOST_TRIES}
    turn.store.dialogues.put(turn.person.id, "second", "code", content, turn.now)


def confirm(turn: Turn, dialogue: Dialogue, way: SecondWay) -> int | None:
    """None when the code is right and the address counts from now on; else how many tries are left."""
    if rules.is_code(turn.asked.text, str(dialogue.content["code"])):
        turn.store.dialogues.drop(turn.person.id)
        turn.store.second_ways.confirm(way.id, turn.now)
        turn.note("second_way.confirmed", f"person:{turn.person.id}")
        return None
    left = int(dialogue.content["left"]) - 1
    content = {**dialogue.content, "left": left}
    turn.store.dialogues.put(turn.person.id, "second", "code", content, turn.now)
    if left <= 0:
        remove(turn, way)
    return left


def remove(asks: Asks, way: SecondWay) -> None:
    """Takes the address away, with all that was owed over it."""
    authorise(asks, Act.KEEP_SECOND_WAYS, asks.store.people.get(way.person_id))
    _gone(asks.store, way, asks.now)
    asks.store.journal.write(asks.now, asks.person.id, "second_way.removed", f"person:{way.person_id}")


def _gone(store: Store, way: SecondWay, now: datetime) -> None:
    store.dialogues.drop(way.person_id)
    store.erasure.rows("second_ways", [way.id], now)


def test_failed(store: Store, owed: Ring, now: datetime) -> None:
    """The code could not be sent: whoever waits for it learns that, and the address is not kept."""
    way = store.second_ways.readable(owed.way_id)
    person = store.people.known(way.person_id) if way else None
    if way is None or person is None or way.confirmed_at is not None:
        return
    _gone(store, way, now)
    desk.post(store, person, screens.given_up(name_of(way)), now, Lane.ANSWER, direct=True)
