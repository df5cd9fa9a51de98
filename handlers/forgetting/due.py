"""What time brings about: nobody's wish to be forgotten is itself forgotten (Art. 12 (3) GDPR)."""

from datetime import datetime

from handlers import access, desk
from handlers.forgetting import rules, screens
from handlers.forgetting.actions import REMIND
from storage.records import Lane, Person, Role
from storage.store import Store

TIME = "time"


def remind(store: Store, scope: str, now: datetime) -> None:
    """After 20 days whoever works with the family and every lead; from 30 days on the leads, daily."""
    found = store.requests.get(scope)
    family = store.families.get(found.family_id or "") if found else None
    if found is None or family is None or not rules.is_open(found):
        return
    late = rules.is_late(found, now)
    leads = store.people.with_role(Role.LEAD)
    reminded: list[Person] = leads if late else [*access.in_charge(store, family, now), *leads]
    for person in {one.id: one for one in reminded}.values():
        shown = screens.waiting(found, late=late)
        desk.post(store, person, shown, now, Lane.NEWS, f"request:{found.id}", always=True)
    store.timers.set(REMIND, found.id, rules.reminded_at(found.asked_at, now))
    store.journal.write(now, TIME, "request.reminded", f"request:{found.id}", family.id)
