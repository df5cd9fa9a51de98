"""What time owes: reminders until an incident is reported or closed, and the drill of each quarter."""

from datetime import datetime

from handlers import desk
from handlers.incidents import actions, rules, screens
from locales.zone import here
from storage.records import Lane, Role
from storage.store import Store


def opens(store: Store, now: datetime) -> None:
    """The first drill is owed from the first start on."""
    if store.timers.due_at(actions.DRILL, "") is None:
        store.timers.set(actions.DRILL, "", rules.next_drill(now, here()))


def remind(store: Store, incident_id: str, now: datetime) -> None:
    """Every lead sees how much of the 72 hours is left, or that nothing is."""
    incident = store.incidents.get(incident_id)
    if incident is None or not rules.is_pending(incident):
        return
    actions.tell_leads(store, incident, screens.reminder(incident, now), now)
    store.timers.set(actions.REMIND, incident.id, rules.next_mark(incident.noticed_at, now))


def drill(store: Store, scope: str, now: datetime) -> None:
    """Asks every lead to try it out once; again after a week, until somebody says that it was done."""
    for lead in store.people.with_role(Role.LEAD):
        desk.post(store, lead, screens.drill(), now, Lane.REMINDER, actions.DRILL)
    store.timers.set(actions.DRILL, scope, now + rules.DRILL_AGAIN)
