"""What time and the outbox do to a drill, and the reminder that one is due."""

from datetime import datetime

from handlers import desk
from handlers.drills import actions, rules, screens
from locales.zone import here
from storage.records import Delivery, DeliveryState, Lane, Role
from storage.store import Store


def opens(store: Store, now: datetime) -> None:
    """The first drill is owed from the first start on."""
    if store.timers.due_at(actions.DUE, "") is None:
        store.timers.set(actions.DUE, "", rules.next_due(now, here()))


def remind(store: Store, drill_id: str, now: datetime) -> None:
    """Whoever is silent hears it once more, also over a second way where there is one."""
    drill = store.drills.get(drill_id)
    if drill is None or drill.ended_at is not None:
        return
    for one in store.probes.of_drill(drill.id):
        person = store.people.known(one.person_id)
        if one.answered_at is None and person is not None and Role.ON_CALL in person.roles:
            actions.ring(store, one, person, screens.reminder(one, drill), now)
            actions.ring_beside(store, person, drill, now)


def end(store: Store, drill_id: str, now: datetime) -> None:
    drill = store.drills.get(drill_id)
    if drill is not None:
        actions.end(store, drill, now)


def due(store: Store, scope: str, now: datetime) -> None:
    """Asks every lead; again after a week, until one begins a drill."""
    for lead in store.people.with_role(Role.LEAD):
        desk.post(store, lead, screens.due(), now, Lane.REMINDER, actions.DUE)
    store.timers.set(actions.DUE, scope, now + rules.AGAIN)


def settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A test alarm reached the phone: the table shows it."""
    probe_id = owed.about.partition(":")[2]
    if state is not DeliveryState.DELIVERED or owed.edits or not store.probes.delivered(probe_id, now):
        return
    probe = store.probes.get(probe_id)
    drill = store.drills.get(probe.drill_id) if probe is not None and probe.drill_id else None
    if drill is not None:
        actions.follow(store, drill, now)
