"""Who is paged for an alarm, and what each of them sees of it."""

from collections import defaultdict
from datetime import datetime

from handlers import desk
from handlers.crisis import pages, rules, screens
from handlers.screen import Screen
from storage.records import Alarm, AlarmState, Duty, Lane, Page, Person, Role
from storage.store import Store

ESCALATE = "crisis.escalate"
WARNING = 0  # the step under which leads are rung when nobody is on duty


def about(alarm: Alarm, what: str = "alarm") -> str:
    """What a message is about: the alarm itself, or `who` and `lines` of it, which do not change with it."""
    return f"{what}:{alarm.id}"


def helps(person: Person) -> bool:
    """Whether this person still may act on alarms."""
    return bool(person.roles & {Role.ON_CALL, Role.LEAD})


def fresh(store: Store, alarm: Alarm) -> Alarm:
    found = store.alarms.get(alarm.id)
    if found is None:
        raise LookupError(f"no alarm {alarm.id}")
    return found


def taker_of(store: Store, alarm: Alarm) -> Person | None:
    return store.people.known(alarm.taken_by) if alarm.taken_by else None


def page_next(store: Store, alarm: Alarm, now: datetime) -> None:
    """Pages the next step and owes the one after it. Nothing once somebody has taken the alarm."""
    duty = on_duty(store, alarm, now)
    chosen = rules.next_page(alarm.policy, alarm.step, alarm.round, duty)
    if chosen is None:
        _ring_leads(store, alarm, now)
    elif store.alarms.advance(alarm.id, chosen.step, chosen.round):
        advanced = fresh(store, alarm)
        for person in duty[chosen.step]:
            ring(store, advanced, person, now, chosen.step, pages.page(advanced, None, person))
        store.timers.set(ESCALATE, alarm.id, now + chosen.wait)


def on_duty(store: Store, alarm: Alarm, now: datetime) -> dict[int, list[Person]]:
    """Who can be paged on each step: everybody on call for the alarm's site who has answered a test page.

    Nobody who blocked the bot, and not the one who needs help.
    """
    found: dict[int, list[Person]] = defaultdict(list)
    for duty in store.duties.on_now(now):
        person = store.people.known(duty.person_id) if _counts(duty, alarm) else None
        if person is None or person.blocked or person.id == alarm.person_id:
            continue
        there = found[rules.steps_of(alarm.policy, duty.step)]
        if Role.ON_CALL in person.roles and person not in there:
            there.append(person)
    return {step: people for step, people in found.items() if people}


def _counts(duty: Duty, alarm: Alarm) -> bool:
    return duty.tested and duty.site_id in {None, alarm.site_id}


def _ring_leads(store: Store, alarm: Alarm, now: datetime) -> None:
    """No one is on duty: the leads are rung every few minutes, and we look again soon, as long as it takes."""
    rung = {page.person_id: page for page in store.alarms.paged(alarm.id)}
    for lead in store.people.with_role(Role.LEAD):
        if not lead.blocked and lead.id != alarm.person_id and rules.rings_again(rung.get(lead.id), now):
            ring(store, alarm, lead, now, WARNING, pages.nobody_on_duty(alarm))
    store.timers.set(ESCALATE, alarm.id, now + rules.LOOK_AGAIN)


def ring(store: Store, alarm: Alarm, person: Person, now: datetime, step: int, shown: Screen) -> None:
    """Sends a page; the person's earlier ones only point to it, so that one at most is kept up to date."""
    retire(store, alarm, person, now)
    store.alarms.page(alarm.id, person.id, step, now)
    desk.post(store, person, shown, now, Lane.CRISIS, about(alarm))


def retire(store: Store, alarm: Alarm, person: Person, now: datetime) -> None:
    """The person's earlier screens of this alarm say that a newer one stands below."""
    for card in store.cards.about(about(alarm)):
        if card.person_id == person.id:
            shown = older(alarm, person)
            desk.change(store, card, person, shown, now, Lane.NEWS)
            store.cards.retire(card.id)


def older(alarm: Alarm, viewer: Person) -> Screen:
    """What the person's earlier screen of this alarm becomes."""
    mine = viewer.id == alarm.person_id
    return screens.older(alarm, staff=viewer.is_staff) if mine else pages.older(alarm)


def refresh(store: Store, alarm: Alarm, now: datetime) -> None:
    """Changes every screen that follows this alarm to what is true now."""
    current = fresh(store, alarm)
    desk.change_all(
        store, about(alarm), lambda viewer: seen_by(store, current, viewer, now), now, Lane.CRISIS
    )


def seen_by(store: Store, alarm: Alarm, viewer: Person, now: datetime) -> Screen:
    """The alarm as this person sees it."""
    taker = taker_of(store, alarm)
    paged, duty = store.alarms.paged(alarm.id), on_duty(store, alarm, now)
    if viewer.id == alarm.person_id:
        return screens.status(alarm, taker, paged, anybody=bool(duty), staff=viewer.is_staff)
    warned = any(page.person_id == viewer.id and page.step == WARNING for page in paged)
    if warned and not duty and alarm.state is AlarmState.OPEN:
        return pages.nobody_on_duty(alarm)
    return pages.page(alarm, taker, viewer)


def somebody_may_answer(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Whether anybody paged on the current step can still be expected to answer."""
    there = {person.id for people in on_duty(store, alarm, now).values() for person in people}
    # a lead who was only warned has been paged on no step: an alarm that begins again has paged nobody yet
    return alarm.step != WARNING and any(
        page.step == alarm.step and page.person_id in there for page in store.alarms.paged(alarm.id)
    )


def listeners(store: Store, alarm: Alarm) -> list[Person]:
    """Who hears what the person adds: the one who took it, or all who were paged; nobody out of reach."""
    paged: list[Page] = store.alarms.paged(alarm.id)
    heard_by = [alarm.taken_by] if alarm.taken_by else [page.person_id for page in paged]
    people = [one for one in map(store.people.known, heard_by) if one is not None]
    return [one for one in people if not one.blocked and one.id != alarm.person_id and helps(one)]
