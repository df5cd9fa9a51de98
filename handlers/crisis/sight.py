"""What each person sees of an alarm, and that what they see follows what is true."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from handlers import desk, oncall
from handlers.crisis import boards, pages, rules, status
from handlers.crisis.numbers import answering
from handlers.crisis.truth import CALL_ELSEWHERE, WARNING, truth
from handlers.oncall import helps as helps
from handlers.screen import Screen
from storage.records import Alarm, AlarmState, CrisisNumber, Lane, Page, Person, Role
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Sight:
    """An alarm with all that screens of it tell, looked up once for all who see it."""

    alarm: Alarm
    taker: Person | None
    joined: tuple[str, ...]
    paged: tuple[Page, ...]
    anybody: bool
    numbers: tuple[CrisisNumber, ...]  # whom else to call, where nobody has come so far


def about(alarm: Alarm, what: str = "alarm") -> str:
    """What a message is about: the alarm itself, or `who` and `lines` of it, which do not change with it."""
    return f"{what}:{alarm.id}"


def concerns(store: Store, alarm: Alarm, person: Person) -> bool:
    """Whether it is this person's own alarm, or that of their own family: there they do not help."""
    if alarm.person_id == person.id:
        return True
    return alarm.family_id is not None and store.families.is_member(alarm.family_id, person.id)


def fresh(store: Store, alarm: Alarm) -> Alarm:
    found = store.alarms.get(alarm.id)
    if found is None:
        raise LookupError(f"no alarm {alarm.id}")
    return found


def taker_of(store: Store, alarm: Alarm) -> Person | None:
    return store.people.known(alarm.taken_by) if alarm.taken_by else None


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on call for an alarm now: on each step, without a test page behind them, and out of reach."""

    steps: dict[int, list[Person]]
    untested: list[Person]
    unreachable: list[Person]


def roster(store: Store, alarm: Alarm, now: datetime) -> Roster:
    """Everybody on call for the alarm's site, or at all where it has none, but not whom it concerns themselves.

    Only those count on a step who have answered a test page and have not blocked the bot.
    """
    steps: dict[int, list[Person]] = defaultdict(list)
    found = oncall.on_call(store, alarm.site_id, now, but=lambda person: concerns(store, alarm, person))
    for step, person in found.counting:
        if person not in (there := steps[rules.steps_of(alarm.policy, step)]):
            there.append(person)
    return Roster(dict(steps), found.untested, found.unreachable)


def elsewhere(store: Store, alarm: Alarm, now: datetime) -> list[Person]:
    """Whoever holds the phone of any other site: better than nobody."""
    found = [
        store.people.known(id) for id in dict.fromkeys(duty.person_id for duty in store.duties.on_now(now))
    ]
    return [one for one in found if one is not None and Role.ON_CALL in one.roles]


def on_duty(store: Store, alarm: Alarm, now: datetime) -> dict[int, list[Person]]:
    """Who can be paged on each step."""
    return roster(store, alarm, now).steps


def looked_at(store: Store, alarm: Alarm, now: datetime, anybody: bool | None = None) -> Sight:
    """The alarm for all who see it; `anybody` where it is known whether anyone is on duty."""
    joined, paged = store.alarms.takers_of(alarm.id), store.alarms.paged(alarm.id)
    there = bool(on_duty(store, alarm, now)) if anybody is None else anybody
    elsewhere = truth(alarm, paged, anybody=there) in CALL_ELSEWHERE
    numbers = answering(store, now, first_only=True) if elsewhere else []
    return Sight(alarm, taker_of(store, alarm), tuple(joined), tuple(paged), there, tuple(numbers))


def seen_by(store: Store, alarm: Alarm, viewer: Person, now: datetime) -> Screen:
    """The alarm as this person sees it."""
    return shown_to(looked_at(store, alarm, now), viewer)


def shown_to(seen: Sight, viewer: Person) -> Screen:
    """The alarm as this person sees it."""
    alarm = seen.alarm
    if viewer.id == alarm.person_id:
        staff, there = viewer.is_staff, seen.anybody
        return status.status(alarm, seen.taker, seen.paged, seen.numbers, anybody=there, staff=staff)
    warned = any(page.person_id == viewer.id and page.step == WARNING for page in seen.paged)
    if warned and not seen.anybody and alarm.state is AlarmState.OPEN:
        return pages.nobody_on_duty(alarm)
    return pages.page(alarm, seen.taker, viewer, seen.joined)


def refresh(store: Store, alarm: Alarm, now: datetime) -> None:
    """Changes every screen that follows this alarm to what is true now."""
    current = fresh(store, alarm)
    seen = looked_at(store, current, now)
    for card in store.cards.about(about(alarm)):
        viewer = store.people.known(card.person_id)
        if viewer is not None:  # whoever can't be read has no address
            lane = Lane.CRISIS if viewer.id == alarm.person_id else Lane.PAGE
            desk.change(store, card, viewer, shown_to(seen, viewer), now, lane)
    boards.follow(store, (page.person_id for page in seen.paged), now)


def tell_person(store: Store, alarm: Alarm, now: datetime) -> None:
    """Whoever raised the alarm sees what is true now; those who were paged see nothing new."""
    cards = [card for card in store.cards.about(about(alarm)) if card.person_id == alarm.person_id]
    person = store.people.known(alarm.person_id) if cards else None
    if person is None:
        return
    shown = seen_by(store, fresh(store, alarm), person, now)
    for card in cards:
        desk.change(store, card, person, shown, now, Lane.CRISIS)


def retire(store: Store, alarm: Alarm, person: Person, now: datetime) -> None:
    """The person's earlier screens of this alarm say that a newer one stands below."""
    for card in store.cards.about(about(alarm)):
        if card.person_id == person.id:
            desk.change(store, card, person, older(alarm, person), now, Lane.NEWS)
            store.cards.retire(card.id)


def older(alarm: Alarm, viewer: Person) -> Screen:
    """What the person's earlier screen of this alarm becomes."""
    mine = viewer.id == alarm.person_id
    return status.older(alarm, staff=viewer.is_staff) if mine else pages.older(alarm)


def listeners(store: Store, alarm: Alarm) -> list[Person]:
    """Who hears what the person adds: whoever took it or joined, else all who were paged; nobody out of reach."""
    on_it = alarm.taken_by is not None and alarm.forgotten_at is None
    joined = store.alarms.takers_of(alarm.id) if alarm.taken_by else []
    paged = [] if on_it else [page.person_id for page in store.alarms.paged(alarm.id)]
    heard_by = dict.fromkeys([*([alarm.taken_by] if alarm.taken_by else []), *joined, *paged])
    people = [one for one in map(store.people.known, heard_by) if one is not None]
    return [one for one in people if not one.blocked and helps(one) and not concerns(store, alarm, one)]
