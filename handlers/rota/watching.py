"""Gaps of the next 14 days: found every hour and whenever the rota changes, shown to the leads until filled."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers import desk
from handlers.oncall import GAPS
from handlers.rota import coverage, rules, screens
from handlers.rota.coverage import Gap, Place
from handlers.rota.telling import hushed, site_names
from storage.records import Lane, Person, Role, Shift
from storage.store import Store
from storage.types import from_millis, to_millis

ABOUT = "rota:gaps"
KNOWN = "rota.gaps"  # the setting that keeps what the leads have been shown
EVERY = timedelta(hours=1)
SOON = timedelta(hours=1)  # such a gap rings, also at night


def hourly(store: Store, scope: str, now: datetime) -> None:
    """What time owes; nothing more once there are no shifts left."""
    look(store, now)


def look(store: Store, now: datetime) -> None:
    """Looks for gaps and shows the leads what has changed. Who goes on by hand alone has no rota to look at."""
    if not store.rota.is_used():
        return
    store.timers.set(GAPS, "", now + EVERY)
    until = rules.horizon(now)
    known, known_until = _known(store)
    found = coverage.aged(found_until(store, now, until), known, now)
    _keep(store, found, until)
    fresh = coverage.news(found, known, known_until)
    for lead in store.people.with_role(Role.LEAD):
        if not lead.blocked:
            _show(store, lead, found, known, fresh, now)


def found_until(store: Store, now: datetime, until: datetime) -> list[Gap]:
    """The gaps between now and then, counting only who would hear a page."""
    counted = counting(store)
    shifts = store.rota.between(now, until)
    held = [one for one in shifts if one.person_id in counted]
    by_hand = [duty for duty in store.duties.by_hand() if duty.person_id in counted]
    return coverage.gaps(held, by_hand, _steps(store, shifts), now, until)


def counting(store: Store) -> dict[str, Person]:
    """Everybody who would hear a page, by id: on call, in reach, and a test page answered."""
    return {
        person.id: person
        for person in store.people.with_role(Role.ON_CALL)
        if not person.blocked and store.duties.tested_at(person.id) is not None
    }


def waited_for(store: Store, found: Sequence[Gap], now: datetime) -> list[str]:
    """The names of those who have a shift in a gap, but no answer to a test page."""
    counted = counting(store)
    shifts = store.rota.between(now, rules.horizon(now))
    ids = {one.person_id for one in shifts if one.person_id not in counted and _lies_in(one, found)}
    people = [store.people.known(id) for id in ids]
    return sorted(one.name for one in people if one is not None)


def _lies_in(shift: Shift, found: Sequence[Gap]) -> bool:
    return any(shift.starts_at < gap.ends_at and gap.starts_at < shift.ends_at for gap in found)


def _steps(store: Store, shifts: Sequence[Shift]) -> dict[Place, int]:
    sites = [site.id for site in store.agency.sites()]
    return {place: last_step(store, place) for place in coverage.places(shifts, sites)}


def last_step(store: Store, site_id: Place) -> int:
    """How many steps the rule of a site has, or the one for all."""
    return len(store.agency.policy(site_id).get("minutes", ())) or 1


def _show(
    store: Store, lead: Person, found: list[Gap], known: list[Gap], fresh: list[Gap], now: datetime
) -> None:
    card = store.cards.newest(ABOUT, lead.id)
    if not found:
        if card is not None:
            desk.change(store, card, lead, screens.no_gaps(), now, Lane.CRISIS)
            store.cards.retire(card.id)
        return
    shown = screens.gaps(found, site_names(store), waited_for(store, found, now), desk.voice_of(lead))
    if card is not None and not fresh:
        if found != known:
            desk.change(store, card, lead, shown, now, Lane.CRISIS)
        return
    if card is not None:
        desk.change(store, card, lead, screens.older_gaps(), now, Lane.CRISIS)
        store.cards.retire(card.id)
    desk.post(store, lead, replace(shown, silent=_is_quiet(store, fresh, now)), now, Lane.CRISIS, ABOUT)


def _is_quiet(store: Store, fresh: Sequence[Gap], now: datetime) -> bool:
    return hushed(store, now) and not any(gap.starts_at <= now + SOON for gap in fresh)


def _keep(store: Store, found: Sequence[Gap], until: datetime) -> None:
    rows = [[to_millis(gap.starts_at), to_millis(gap.ends_at), gap.step, gap.site_id] for gap in found]
    store.settings.put(KNOWN, json.dumps({"until": to_millis(until), "gaps": rows}))


def _known(store: Store) -> tuple[list[Gap], datetime]:
    """What was shown last, and until when one had looked then."""
    kept = json.loads(store.settings.get(KNOWN, '{"until": 0, "gaps": []}'))
    gaps = [Gap(from_millis(start), from_millis(end), step, site) for start, end, step, site in kept["gaps"]]
    return gaps, from_millis(kept["until"])
