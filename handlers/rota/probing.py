"""Test pages: would you have heard this? Nobody counts as on call before having said so."""

from datetime import datetime

from handlers import desk, oncall
from handlers.access import Act, authorise
from handlers.given import part
from handlers.refusal import Refusal
from handlers.rota import making, rules, screens, watching
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.watch import look_at_alarms
from locales.phrase import S
from storage.records import Delivery, DeliveryState, Lane, Person, Role
from storage.store import Store

ABOUT = "probe"


def ask(store: Store, scope: str, now: datetime) -> None:
    """Sends a test page and owes the next one, until one is answered."""
    person = store.people.known(scope)
    if person is None or person.blocked or Role.ON_CALL not in person.roles:
        return
    if store.duties.tested_at(person.id) is not None:
        return
    _fold(store, person, screens.older_probe(), now)
    sent = store.probes.send(person.id, now)
    desk.post(store, person, screens.probe(sent), now, Lane.CRISIS, f"{ABOUT}:{sent.id}")
    holds = store.duties.is_on(person.id) or bool(making.running(store, now, person.id))
    ahead = store.rota.between(now, now + rules.DAY_BEFORE * 2)
    mine = [one for one in ahead if one.person_id == person.id]
    store.timers.set(oncall.PROBE, person.id, rules.next_probe(now, holds, mine))


def heard(turn: Turn) -> None:
    """✅: they count from this moment on, also where they had answered before and have ceased to count since."""
    authorise(turn, Act.GO_ON_DUTY, turn.person)
    found = turn.store.probes.get(part(turn))
    if found is None or found.person_id != turn.person.id:
        raise Refusal(S("door.stale.toast"))
    is_first = turn.store.probes.answer(found.id, turn.now)
    if is_first or turn.store.duties.tested_at(turn.person.id) is None:
        turn.store.duties.tested(turn.person.id, turn.now)
        turn.store.timers.drop(oncall.PROBE, turn.person.id)
        look_at_alarms(turn.store, turn.now)
        turn.note("probe.answered", f"person:{turn.person.id}")
        watching.look(turn.store, turn.now)
    turn.flash(S("rota.heard.toast"))
    turn.show(screens.heard())


def settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """It reached the phone."""
    if state is DeliveryState.DELIVERED and not owed.edits:
        store.probes.delivered(owed.about.partition(":")[2], now)


def _fold(store: Store, person: Person, shown: Screen, now: datetime) -> None:
    """The test page before this one says that a newer one stands below."""
    before = store.probes.newest_of(person.id)
    for card in store.cards.about(f"{ABOUT}:{before.id}") if before is not None else ():
        desk.change(store, card, person, shown, now, Lane.CRISIS)
        store.cards.retire(card.id)
