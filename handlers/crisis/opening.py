"""An alarm is opened: with the rule of the family's site frozen into it."""

from datetime import datetime

from handlers.crisis.policy import policy_of
from storage.records import Alarm, Person
from storage.store import Store


def opened(store: Store, by: Person, now: datetime) -> Alarm:
    """The alarm as it is written down. The rota of the family's first offer is paged, else everybody's."""
    family = store.families.known_of(by.id)
    site_id = store.families.site_of(family.id) if family is not None else None
    policy = policy_of(store.agency.policy(site_id))
    return store.alarms.open(by.id, family.id if family else None, policy, now, site_id)
