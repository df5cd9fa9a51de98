"""Writing down what was entrusted, reading it, reading it on a legal ground, forgetting it."""

from handlers import access, desk
from handlers.access import Act, Asks, authorise
from handlers.entrusted import rules, screens
from handlers.entrusted.rules import Ground
from handlers.entrusted.screens import Listed
from handlers.refusal import Refusal
from locales.phrase import S
from storage.records import Entrusted, Family, Lane, Role
from storage.store import Store


def listed(asks: Asks, family_id: str) -> Listed:
    """How many notes there are, by whom and from when. Raises Refusal for other people's families."""
    family = access.family(asks, Act.COUNT_ENTRUSTED, family_id)
    notes = asks.store.entrusted.of_family(family.id)
    names = {one.confidant_id: asks.store.people.get(one.confidant_id).name for one in notes}
    return Listed(family, notes, names, asks.person.id)


def write(asks: Asks, family: Family, text: str) -> Entrusted:
    authorise(asks, Act.ENTRUST, family)
    made = asks.store.entrusted.add(family.id, asks.person.id, text, asks.now)
    _note(asks, "entrusted.written", made)
    return made


def known(store: Store, id: str) -> Entrusted:
    found = store.entrusted.get(id)
    if found is None:
        raise Refusal(S("entrusted.gone"))
    return found


def read(asks: Asks, id: str) -> Entrusted:
    """The confidant's own note. Raises Refusal for everybody else's."""
    found = known(asks.store, id)
    authorise(asks, Act.READ_ENTRUSTED, found)
    return found


def grounds(asks: Asks, id: str) -> tuple[Entrusted, list[Ground]]:
    """The grounds this person may choose from. Raises Refusal, and NeedsCode unless a fresh code was shown."""
    found = known(asks.store, id)
    access.check(asks, Act.READ_ENTRUSTED_ON_GROUND, found)
    family = asks.store.families.get(found.family_id)
    successor = family is not None and family.caseworker_id == asks.person.id
    return found, rules.grounds(successor=successor)


def read_on(asks: Asks, id: str, ground: str) -> Entrusted:
    """Somebody else's note, on one of the legal grounds: it is written down, and the confidant is told."""
    found, offered = grounds(asks, id)
    if ground not in offered:
        raise Refusal(S("door.stale.toast"))
    _note(asks, f"entrusted.opened.{ground}", found)
    confidant = asks.store.people.get(found.confidant_id)
    if Role.CASEWORKER in confidant.roles:
        shown = screens.was_opened(asks.person.name, Ground(ground))
        desk.post(asks.store, confidant, shown, asks.now, Lane.NEWS, f"entrusted:{found.id}")
    return found


def forget(asks: Asks, id: str) -> str:
    """The confidant deletes it; gives the family's id. Raises Refusal for everybody else."""
    found = known(asks.store, id)
    authorise(asks, Act.DELETE_ENTRUSTED, found)
    asks.store.entrusted.drop(found.id)
    _note(asks, "entrusted.deleted", found)
    return found.family_id


def _note(asks: Asks, act: str, about: Entrusted) -> None:
    asks.store.journal.write(asks.now, asks.person.id, act, f"entrusted:{about.id}", about.family_id)
