"""Noting an incident, reporting and closing it, reading it, and the log of all."""

from collections.abc import Callable
from datetime import datetime

from handlers import access, desk
from handlers.access import Act, Asking
from handlers.incidents import rules, screens
from handlers.screen import Screen
from locales.zone import here
from storage.records import Incident, Lane, Person, Role
from storage.store import Store

REMIND = "incidents.remind"
DRILL = "incidents.drill"


def about(incident_id: str) -> str:
    """The name under which an incident's cards are found."""
    return f"incident:{incident_id}"


def may_note(store: Store, *, by: Person, now: datetime) -> None:
    """Raises Refusal unless they are on staff: families have another way to complain."""
    access.authorise(Asking(store, by, now), Act.NOTE_INCIDENT)


def note(store: Store, summary: str, noticed_at: datetime, *, by: Person, now: datetime) -> Incident:
    """Keeps the incident and starts its clock; every other lead is told at once. Raises Refusal."""
    may_note(store, by=by, now=now)
    noted = store.incidents.add(summary, by.id, noticed_at)
    store.timers.set(REMIND, noted.id, rules.next_mark(noticed_at, now))
    store.journal.write(now, by.id, "incident.noted", about(noted.id))
    tell_leads(store, noted, screens.alert(noted, now), now, but=by)
    return noted


def tell_leads(
    store: Store, incident: Incident, shown: Screen, now: datetime, but: Person | None = None
) -> None:
    for lead in store.people.with_role(Role.LEAD):
        if but is None or lead.id != but.id:
            desk.post(store, lead, shown, now, Lane.NEWS, about(incident.id))


def listed(store: Store, *, by: Person, now: datetime) -> list[Incident]:
    """All incidents, the newest first. Raises Refusal for whoever is no lead."""
    access.authorise(Asking(store, by, now), Act.SEE_INCIDENTS)
    return store.incidents.all()


def known(store: Store, incident_id: str, *, by: Person, now: datetime) -> Incident | None:
    """None when there is none of that id, or none any more. Raises Refusal as above."""
    access.authorise(Asking(store, by, now), Act.SEE_INCIDENTS)
    return store.incidents.get(incident_id)


def read(store: Store, incident_id: str, *, by: Person, now: datetime) -> Incident | None:
    """As above, with a line in the journal: somebody's words are read."""
    found = known(store, incident_id, by=by, now=now)
    if found is not None:
        store.journal.write(now, by.id, "incident.read", about(found.id))
    return found


def report(store: Store, incident: Incident, *, by: Person, now: datetime) -> bool:
    """The supervisory authority has been told. False when that was known already, or all is closed."""
    return rules.is_pending(incident) and _settle(
        store, incident, store.incidents.report, "incident.reported", by, now
    )


def close(store: Store, incident: Incident, *, by: Person, now: datetime) -> bool:
    """Nothing is left to do. False when it was closed already."""
    return _settle(store, incident, store.incidents.close, "incident.closed", by, now)


def log(store: Store, *, by: Person, now: datetime) -> Screen:
    """The log of all incidents as a file. Raises Refusal for whoever is no lead."""
    everything = listed(store, by=by, now=now)
    names = {incident.noted_by: _name(store, incident.noted_by) for incident in everything}
    store.journal.write(now, by.id, "incident.log_exported", "incidents")
    return screens.log(everything, names, desk.voice_of(by), now)


def _settle(
    store: Store,
    incident: Incident,
    change: Callable[[str, datetime], bool],
    act: str,
    by: Person,
    now: datetime,
) -> bool:
    if not change(incident.id, now):
        return False
    store.timers.drop(REMIND, incident.id)
    store.journal.write(now, by.id, act, about(incident.id))
    after = store.incidents.get(incident.id) or incident
    desk.change_all(store, about(incident.id), lambda lead: screens.alert(after, now), now, but=by)
    return True


def _name(store: Store, person_id: str) -> str:
    try:
        return store.people.get(person_id).name
    except LookupError:
        return person_id


def next_drill(store: Store) -> datetime | None:
    """When the next drill is due; None before the bot's first start."""
    return store.timers.due_at(DRILL, "")


def drilled(store: Store, *, by: Person, now: datetime) -> datetime | None:
    """The drill was done; when the next one is, None when none was owed. Raises Refusal for whoever is no lead."""
    access.authorise(Asking(store, by, now), Act.SEE_INCIDENTS)
    due_at = next_drill(store)
    if due_at is None or due_at > now + rules.DRILL_AGAIN:
        return None
    following = rules.next_drill(now + rules.DRILL_AGAIN, here())
    store.timers.set(DRILL, "", following)
    store.journal.write(now, by.id, "incident.drilled", "incidents")
    return following
