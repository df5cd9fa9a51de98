"""Whatever is pressed in whatever order: one in a place at most, no free place while somebody waits, nobody who
asks twice for the same, no stay that ends by itself, and a timer for whatever time owes.
"""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.access import Asking
from handlers.places import actions
from storage.engine import Archive
from storage.records import HoldState, Person, Role
from storage.store import Store

Step = tuple[str, int, bool]
WORDS = ("hold", "wait", "confirm", "longer", "stay", "release", "pass")
steps = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 11), st.booleans()), max_size=25)
PLACES = 2


def agency(store: Store, now: datetime) -> list[Person]:
    store.agency.put_sites([{"id": "s", "name": "S", "address": "", "places": 4}])
    store.agency.put_crisis_places(
        {"id": f"p{n}", "site_id": "s", "label": f"Platz {n}", "position": n} for n in range(PLACES)
    )
    people = [store.people.met(n, "de", now) for n in range(1, 6)]
    for person in people:
        store.people.grant(person.id, Role.ON_CALL, now)
    return [store.people.get(person.id) for person in people]


def press(store: Store, people: list[Person], step: Step, now: datetime) -> None:
    """One step of a story nobody planned."""
    word, n, yes = step
    asks, alarm = Asking(store, people[n % len(people)], now), n % 3 or None
    known = [*store.holds.current(), *store.holds.waiting(), *store.holds.past(3)]
    if word == "hold":
        actions.hold(asks, store.agency.crisis_places()[n % PLACES], alarm, from_porz=yes)
    elif word == "wait":
        actions.wait(asks, alarm, from_porz=yes)
    elif known and word != "pass":
        found = known[n % len(known)]
        if word == "confirm":
            actions.confirm(asks, found, now + timedelta(days=1 + n))
        elif word == "longer":
            actions.hold_longer(asks, found)
        elif word == "stay":
            actions.stay_longer(asks, found, now + timedelta(days=1 + n))
        else:
            actions.release(asks, found)


def pass_time(store: Store, now: datetime) -> None:
    """Lets lapse what is due; stays that end only speak up."""
    before = {one.id for one in store.holds.current() if one.state is HoldState.TAKEN}
    for timer in store.timers.due(now):
        if timer.kind == actions.LAPSE:
            actions.lapse(store, timer.scope, now)
    after = {one.id for one in store.holds.current() if one.state is HoldState.TAKEN}
    assert before == after


def wrong(store: Store) -> list[str]:
    """What must never be, as sentences."""
    current, waiting = store.holds.current(), store.holds.waiting()
    places = [one.place_id for one in current]
    found = [f"two in {one}" for one in set(places) if places.count(one) > 1]
    if waiting and len(current) < PLACES:
        found.append("a place is free while somebody waits")
    alive = [one for one in (*current, *waiting) if one.state is not HoldState.TAKEN]
    asked = [(one.asked_by, one.alarm_number) for one in alive]
    found += [f"{who} has asked twice for {what}" for who, what in set(asked) if asked.count((who, what)) > 1]
    for one in current:
        kind = actions.LAPSE if one.state is HoldState.HELD else actions.ENDS
        if store.timers.due_at(kind, one.id) is None:
            found.append(f"nothing is owed to {one.state}")
    for one in store.holds.past():
        owed = [
            kind for kind in (actions.LAPSE, actions.WARN, actions.ENDS) if store.timers.due_at(kind, one.id)
        ]
        found += [f"{kind} is owed to {one.state}" for kind in owed]
    return found


async def test_whatever_is_pressed_in_whatever_order(archive: Archive, now: datetime) -> None:
    drawn: list[list[Step]] = []

    @settings(max_examples=60, deadline=None, database=None)
    @given(steps)
    def draw(story: list[Step]) -> None:
        drawn.append(story)

    draw()
    people = await archive.write(lambda store: agency(store, now))
    at = now
    for story in drawn:
        for step in story:
            at += timedelta(minutes=7)

            def once(store: Store, step: Step = step, at: datetime = at) -> list[str]:
                pass_time(store, at)
                press(store, people, step, at)
                return wrong(store)

            assert await archive.write(once) == [], story
