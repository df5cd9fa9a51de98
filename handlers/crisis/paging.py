"""Who is paged for an alarm, step by step, and in what form it reaches them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers import desk, secondway
from handlers.crisis import boards, pages, rules, sight
from handlers.crisis.policy import followed
from handlers.crisis.sight import WARNING as WARNING
from handlers.crisis.sight import about as about
from handlers.crisis.sight import fresh as fresh
from handlers.crisis.sight import helps as helps
from handlers.crisis.sight import listeners as listeners
from handlers.crisis.sight import on_duty as on_duty
from handlers.crisis.sight import refresh as refresh
from handlers.crisis.sight import retire as retire
from handlers.crisis.sight import seen_by as seen_by
from handlers.crisis.sight import taker_of as taker_of
from handlers.crisis.sight import tell_person as tell_person
from handlers.screen import Screen
from storage.records import Alarm, Happening, Lane, Person, Role
from storage.store import Store

ESCALATE, REMIND, JOIN = "crisis.escalate", "crisis.remind", "crisis.join"


def page_next(store: Store, alarm: Alarm, now: datetime) -> None:
    """Pages the next step and owes the one after it. Nothing once somebody has taken the alarm."""
    chosen, people = _next_step(store, alarm, now)
    if chosen is None:
        ring_leads(store, alarm, now)
        store.timers.set(ESCALATE, alarm.id, now + rules.LOOK_AGAIN)
    elif store.alarms.advance(alarm.id, chosen.step, chosen.round):
        ring_all(store, fresh(store, alarm), people, now, chosen.step)
        store.timers.set(ESCALATE, alarm.id, now + chosen.wait)
    _owe_join(store, alarm, now)


def page_beyond(store: Store, alarm: Alarm, now: datetime) -> timedelta:
    """Pages the next step of an alarm whose taker does not answer; how long until the one after it."""
    chosen, people = _next_step(store, alarm, now, but=alarm.taken_by)
    if chosen is None:
        ring_leads(store, alarm, now)
        return rules.RING_LEADS_EVERY
    if store.alarms.climb(alarm.id, chosen.step, chosen.round):
        ring_all(store, fresh(store, alarm), people, now, chosen.step)
    return chosen.wait


def page_more(store: Store, alarm: Alarm, now: datetime) -> None:
    """More must acknowledge than have: whoever has not is paged, and again as long as they are wanted."""
    joined = set(store.alarms.takers_of(alarm.id))
    duty = on_duty(store, alarm, now)
    willing = {step: [one for one in there if one.id not in joined] for step, there in duty.items()}
    step = rules.join_step(alarm.policy, alarm.step, {step for step, there in willing.items() if there})
    ring_all(store, alarm, willing[step] if step is not None else (), now, step or alarm.step)
    store.timers.set(ESCALATE, alarm.id, now + followed(alarm.policy).wait(step or max(alarm.step, 1)))


def page_joiners(store: Store, alarm: Alarm, now: datetime) -> None:
    """Nobody has taken it for so long that others join: they are rung every few minutes, as long as it takes."""
    rung = {page.person_id: page for page in store.alarms.paged(alarm.id)}
    called = {one.id: one for role in followed(alarm.policy).joins for one in store.people.with_role(role)}
    joining = [one for one in called.values() if rules.rings_again(rung.get(one.id), now)]
    ring_all(store, alarm, _in_reach(store, joining, alarm), now, alarm.step)
    store.timers.set(JOIN, alarm.id, now + rules.RING_LEADS_EVERY)


def ring_leads(store: Store, alarm: Alarm, now: datetime) -> None:
    """No one is on duty: leads are rung every few minutes, and whoever has a shift and no test page behind them."""
    rung = {page.person_id: page for page in store.alarms.paged(alarm.id)}
    there = {
        one.id: one for one in (*store.people.with_role(Role.LEAD), *sight.roster(store, alarm, now).untested)
    }
    due = [one for one in there.values() if rules.rings_again(rung.get(one.id), now)]
    wanted = [one for one in _in_reach(store, due, alarm) if one.id != alarm.taken_by]
    if wanted or not rung:
        store.alarms.log(alarm.id, Happening.NOBODY, now)
    for one in wanted:
        ring(store, alarm, one, now, WARNING, pages.nobody_on_duty(alarm))


def ring_all(store: Store, alarm: Alarm, people: Iterable[Person], now: datetime, step: int) -> None:
    """Pages all of them. What each reads is looked up once."""
    seen = sight.looked_at(store, alarm, now, anybody=True)
    for person in people:
        ring(store, alarm, person, now, step, sight.shown_to(seen, person))


def ring(store: Store, alarm: Alarm, person: Person, now: datetime, step: int, shown: Screen) -> None:
    """Sends a page, or adds it to the person's list while too many come at once.

    The person's earlier ones only point to it, so that one at most is kept up to date.
    """
    crowded = boards.is_crowded(store, alarm.id, person, now)
    store.alarms.page(alarm.id, person.id, step, now)
    store.alarms.log(alarm.id, Happening.PAGED, now, by=person.id, step=step)
    secondway.paged(store, alarm, person, now)
    if crowded:
        boards.add(store, person, now)
    else:
        retire(store, alarm, person, now)
        desk.post(store, person, shown, now, Lane.PAGE, about(alarm))


def somebody_may_answer(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Whether anybody paged on the current step can still be expected to answer."""
    there = {person.id for people in on_duty(store, alarm, now).values() for person in people}
    # a lead who was only warned has been paged on no step: an alarm that begins again has paged nobody yet
    return alarm.step != WARNING and any(
        page.step == alarm.step and page.person_id in there for page in store.alarms.paged(alarm.id)
    )


def _next_step(
    store: Store, alarm: Alarm, now: datetime, but: str | None = None
) -> tuple[rules.NextPage | None, list[Person]]:
    """The next step and who stands on it, `but` whoever does not answer."""
    there = sight.roster(store, alarm, now)
    staffed = {step: [one for one in people if one.id != but] for step, people in there.steps.items()}
    present = {step for step, people in staffed.items() if people}
    for out in there.unreachable:
        secondway.out_of_reach(store, alarm, out, now)
    chosen = rules.next_page(alarm.policy, alarm.step, alarm.round, present)
    return chosen, staffed[chosen.step] if chosen is not None else []


def _in_reach(store: Store, people: Iterable[Person], alarm: Alarm) -> list[Person]:
    return [one for one in people if not one.blocked and not sight.concerns(store, alarm, one)]


def _owe_join(store: Store, alarm: Alarm, now: datetime) -> None:
    after = followed(alarm.policy).joins_after
    if after is None or store.timers.due_at(JOIN, alarm.id) is not None:
        return
    # an alarm that begins again gives everybody their time again
    since = now if alarm.step == WARNING else alarm.opened_at
    store.timers.set(JOIN, alarm.id, max(now, since + after))
