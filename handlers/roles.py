"""Who may do what. Deny by default; a no is said aloud, never by silence."""

from handlers.refusal import Refusal
from locales.phrase import F, S
from storage.records import Family, Person, Role
from storage.store import Store


def require(person: Person, role: Role) -> None:
    """Raises Refusal unless the person holds the role."""
    if role not in person.roles:
        raise Refusal(S("refusal.role") if person.is_staff else F("refusal.role"))


def own_family(store: Store, person: Person) -> Family:
    """The parent's family. Raises Refusal for whoever belongs to none."""
    family = store.families.of_person(person.id) if Role.PARENT in person.roles else None
    if family is None:
        raise Refusal(F("refusal.not_paired"))
    return family


def of_caseload(store: Store, caseworker: Person, family_id: str) -> Family:
    """A family of this caseworker. Raises Refusal for any other, known or not."""
    require(caseworker, Role.CASEWORKER)
    family = store.families.get(family_id)
    if family is None or family.caseworker_id != caseworker.id:
        raise Refusal(S("refusal.not_your_family"))
    return family
