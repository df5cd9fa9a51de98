"""Legal holds: what a court, an authority or a law still needs is not erased."""

from handlers import access
from handlers.access import Act, Asks
from handlers.forgetting.screens import Held
from handlers.refusal import Refusal
from locales.phrase import S
from storage.records import Family, Role

LONGEST_GROUND = 120


def put(asks: Asks, family_id: str, ground: str) -> Held:
    """Nothing of the family is erased from now on. Whoever works with it may stop an erasure, and leads may."""
    family = access.family(asks, Act.SET_HOLD, family_id)
    asks.store.legal_holds.put(family.id, ground, asks.person.id, asks.now)
    asks.store.journal.write(asks.now, asks.person.id, "hold.set", f"family:{family.id}", family.id)
    return seen(asks, family)


def lift(asks: Asks, family_id: str) -> Family:
    """Erasing is possible again: only a lead decides that. Raises Refusal when nothing is held."""
    family = access.family(asks, Act.LIFT_HOLD, family_id)
    if not asks.store.legal_holds.lift(family.id):
        raise Refusal(S("forgetting.not_held"))
    asks.store.journal.write(asks.now, asks.person.id, "hold.lifted", f"family:{family.id}", family.id)
    return family


def of(asks: Asks, family_id: str) -> Held:
    """The hold on a family. Raises Refusal for whoever neither works with it nor leads, and where there is none."""
    family = access.family(asks, Act.SET_HOLD, family_id)
    return seen(asks, family)


def seen(asks: Asks, family: Family) -> Held:
    hold = asks.store.legal_holds.of(family.id)
    if hold is None:
        raise Refusal(S("forgetting.not_held"))
    by = asks.store.people.get(hold.set_by)
    return Held(family, hold.ground, hold.since, by.name, leads=Role.LEAD in asks.person.roles)
