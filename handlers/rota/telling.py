"""How the rota speaks to people: of sites and colleagues by name, and by night without a sound."""

from dataclasses import replace
from datetime import datetime

from handlers import desk
from handlers.rota import rules
from handlers.screen import Screen
from storage.records import Lane, Person
from storage.store import Store

ABOUT = "rota:shift"


def tell(store: Store, to: Person, shown: Screen, now: datetime, about: str = ABOUT) -> None:
    """Something about shifts, for whoever did not do it themselves."""
    quiet = replace(shown, silent=hushed(store, now))
    desk.post(store, to, quiet, now, Lane.ANSWER, about)


def hushed(store: Store, now: datetime) -> bool:
    """Whether a notice about the rota comes without a sound: by night, if the agency wants it so."""
    return rules.is_night(now) and int(store.agency.policy().get("quiet", 0)) >= 1


def name_of(store: Store, person_id: str) -> str:
    """What a colleague is called; dots for whoever is gone."""
    person = store.people.known(person_id)
    return person.name if person is not None else "…"


def site_of(store: Store, site_id: str | None) -> str | None:
    """What a site is called; None where all are meant."""
    return site_names(store).get(site_id or "")


def site_names(store: Store) -> dict[str, str]:
    """What each site is called, by id."""
    return {site.id: site.name for site in store.agency.sites()}
