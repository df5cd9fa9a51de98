"""What is done in a crisis. Each act is one transaction: what is told has been stored with it."""

from collections import defaultdict
from datetime import datetime

from handlers import desk
from handlers.crisis import rules, screens
from handlers.screen import Screen
from storage.records import Alarm, AlarmState, Lane, Person, Role
from storage.store import Store

ESCALATE = "crisis.escalate"


def about(alarm: Alarm) -> str:
    return f"alarm:{alarm.id}"


def raise_alarm(store: Store, by: Person, now: datetime) -> tuple[Alarm, bool]:
    """Stores an alarm and owes the first pages. A repeat joins the alarm that is open: (alarm, is new)."""
    current = store.alarms.current_of(by.id)
    if current is not None:
        return current, False
    family = store.families.of_person(by.id)
    policy = rules.policy_of(store.agency.steps())
    alarm = store.alarms.open(by.id, family.id if family else None, policy, now)
    page_next(store, alarm, now)
    return fresh(store, alarm), True


def page_next(store: Store, alarm: Alarm, now: datetime) -> None:
    """Pages the next step and owes the one after it. Nothing once somebody has taken the alarm."""
    on_duty = _on_duty(store, alarm)
    chosen = rules.next_page(alarm.policy, alarm.step, alarm.round, on_duty)
    if chosen is None:
        _nobody(store, alarm, now)
    elif store.alarms.advance(alarm.id, chosen.step, chosen.round):
        advanced = fresh(store, alarm)
        for person in on_duty[chosen.step]:
            _page(store, advanced, person, now, screens.page(advanced, None, person))
        store.timers.set(ESCALATE, alarm.id, now + chosen.wait)


def _on_duty(store: Store, alarm: Alarm) -> dict[int, list[Person]]:
    """Who can be paged on each step; whoever has blocked the bot can't."""
    found: dict[int, list[Person]] = defaultdict(list)
    for duty in store.duties.on_now():
        person = store.people.get(duty.person_id)
        if not person.blocked and Role.ON_CALL in person.roles:
            found[rules.steps_of(alarm.policy, duty.step)].append(person)
    return found


def _nobody(store: Store, alarm: Alarm, now: datetime) -> None:
    """No one is on duty: every lead is told once, and we look again soon, for as long as it takes."""
    already = {page.person_id for page in store.alarms.paged(alarm.id)}
    for lead in store.people.with_role(Role.LEAD):
        if lead.id not in already and not lead.blocked:
            _page(store, alarm, lead, now, screens.nobody_on_duty(alarm))
    store.timers.set(ESCALATE, alarm.id, now + rules.LOOK_AGAIN)


def _page(store: Store, alarm: Alarm, person: Person, now: datetime, shown: Screen) -> None:
    store.alarms.page(alarm.id, person.id, alarm.step, now)
    desk.post(store, person, shown, now, Lane.CRISIS, about(alarm))


def acknowledge(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Takes the alarm; True for the one who was first. Paging ends for good."""
    if not store.alarms.take(alarm.id, by.id):
        return False
    store.timers.drop(ESCALATE, alarm.id)
    refresh(store, alarm, now)
    person = store.people.get(alarm.person_id)
    family = store.families.get(alarm.family_id) if alarm.family_id else None
    desk.post(store, by, screens.who(alarm, person, family), now, Lane.CRISIS)
    return True


def pass_on(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Pages the next step now instead of later. False when the alarm is no longer open."""
    if alarm.state is not AlarmState.OPEN:
        return False
    page_next(store, alarm, now)
    refresh(store, alarm, now)
    return True


def stand_down(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Ends the alarm; the person and all who were paged see it."""
    if not store.alarms.end(alarm.id):
        return False
    store.timers.drop(ESCALATE, alarm.id)
    refresh(store, alarm, now)
    return True


def withdraw(store: Store, alarm: Alarm, now: datetime) -> bool:
    """The person says it was a mistake. Those who were paged see it and decide: somebody else may hold the phone."""
    if alarm.state is AlarmState.ENDED or not store.alarms.withdraw(alarm.id, now):
        return False
    refresh(store, alarm, now)
    return True


def refresh(store: Store, alarm: Alarm, now: datetime) -> None:
    """Changes every screen that shows this alarm to what is true now."""
    current = fresh(store, alarm)
    desk.change_all(store, about(alarm), lambda viewer: seen_by(store, current, viewer), now, Lane.CRISIS)


def seen_by(store: Store, alarm: Alarm, viewer: Person) -> Screen:
    """The alarm as this person sees it."""
    taker = store.people.get(alarm.taken_by) if alarm.taken_by else None
    if viewer.id != alarm.person_id:
        return screens.page(alarm, taker, viewer)
    return screens.status(alarm, taker, store.alarms.paged(alarm.id), staff=viewer.is_staff)


def fresh(store: Store, alarm: Alarm) -> Alarm:
    found = store.alarms.get(alarm.id)
    if found is None:
        raise LookupError(f"no alarm {alarm.id}")
    return found


def listeners(store: Store, alarm: Alarm) -> list[Person]:
    """Who hears what the person adds: the one who took it, or all who were paged."""
    if alarm.taken_by is not None:
        return [store.people.get(alarm.taken_by)]
    return [store.people.get(page.person_id) for page in store.alarms.paged(alarm.id)]
