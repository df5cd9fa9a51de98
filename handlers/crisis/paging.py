"""Who is paged for an alarm, step by step, and in what form it reaches them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers import desk, secondway
from handlers.crisis import boards, pages, rules, sight
from handlers.crisis.policy import followed
from handlers.crisis.sight import about, fresh, on_duty, retire
from handlers.crisis.truth import WARNING as WARNING
from handlers.screen import Screen
from storage.records import Alarm, AlarmState, Happening, Lane, Person, Role
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
    joined, there = set(store.alarms.takers_of(alarm.id)), sight.roster(store, alarm, now)
    willing = {step: [one for one in people if one.id not in joined] for step, people in there.steps.items()}
    step = rules.join_step(alarm.policy, alarm.step, {step for step, people in willing.items() if people})
    for out in there.unreachable:
        secondway.out_of_reach(store, alarm, out, now)
    if step is None:
        ring_leads(store, alarm, now)
    else:
        ring_all(store, alarm, willing[step], now, step)
    store.timers.set(ESCALATE, alarm.id, now + followed(alarm.policy).wait(step or max(alarm.step, 1)))


def page_joiners(store: Store, alarm: Alarm, now: datetime) -> None:
    """Nobody has taken it for so long that others join: they are rung every few minutes, as long as it takes."""
    rung = {page.person_id: page for page in store.alarms.paged(alarm.id)}
    called = {one.id: one for role in followed(alarm.policy).joins for one in store.people.with_role(role)}
    due = [one for one in called.values() if rules.rings_again(rung.get(one.id), now)]
    joining, on_call = _in_reach(store, alarm, due, now), _ids_on_duty(store, alarm, now)
    ring_all(store, alarm, [one for one in joining if one.id in on_call], now, alarm.step)
    ring_all(store, alarm, [one for one in joining if one.id not in on_call], now, WARNING)
    store.timers.set(JOIN, alarm.id, now + rules.RING_LEADS_EVERY)


def ring_leads(store: Store, alarm: Alarm, now: datetime) -> None:
    """No one is on duty: leads are rung every few minutes, and whoever has a shift and no test page behind them.

    Where leads don't answer, or there are none, so is whoever holds the phone of any other site.
    """
    rung = {page.person_id: page for page in store.alarms.paged(alarm.id)}
    leads, joined = store.people.with_role(Role.LEAD), store.alarms.takers_of(alarm.id)
    there = {one.id: one for one in (*leads, *sight.roster(store, alarm, now).untested)}
    if rules.are_silent([rung.get(one.id) for one in leads if not one.blocked and one.id not in joined], now):
        there |= {one.id: one for one in sight.elsewhere(store, alarm, now)}
    due = [one for id, one in there.items() if id not in joined and rules.rings_again(rung.get(id), now)]
    wanted = _in_reach(store, alarm, due, now)
    if wanted or not rung:
        store.alarms.log(alarm.id, Happening.NOBODY, now)
    seen = sight.looked_at(store, alarm, now, anybody=False)
    for one in wanted:
        warned = pages.nobody_on_duty(alarm) if alarm.state is AlarmState.OPEN else sight.shown_to(seen, one)
        ring(store, alarm, one, now, WARNING, warned)


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
    there = _ids_on_duty(store, alarm, now)
    # a lead who was only warned has been paged on no step: an alarm that begins again has paged nobody yet
    return alarm.step != WARNING and any(
        page.step == alarm.step and page.person_id in there for page in store.alarms.paged(alarm.id)
    )


def somebody_came(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Whether somebody has come on duty for an alarm whose taker does not answer, and nobody there was paged since."""
    if alarm.forgotten_at is None:
        return False
    since = alarm.forgotten_at
    there = _ids_on_duty(store, alarm, now) - set(store.alarms.takers_of(alarm.id))
    paged = {page.person_id for page in store.alarms.paged(alarm.id) if page.paged_at >= since}
    return bool(there) and not there & paged


def _ids_on_duty(store: Store, alarm: Alarm, now: datetime) -> set[str]:
    return {one.id for people in on_duty(store, alarm, now).values() for one in people}


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


def _in_reach(store: Store, alarm: Alarm, people: Iterable[Person], now: datetime) -> list[Person]:
    """Those whom a page reaches. Whoever has blocked the bot is rung by the second way instead."""
    called = [one for one in people if not sight.concerns(store, alarm, one)]
    for out in called:
        if out.blocked and rules.is_due(_rung_beside(store, alarm, out), now):
            secondway.out_of_reach(store, alarm, out, now)
    return [one for one in called if not one.blocked]


def _rung_beside(store: Store, alarm: Alarm, person: Person) -> datetime | None:
    """When this person was last rung by the second way for this alarm."""
    log = store.alarms.logged(alarm.id)
    rings = [line.at for line in log if line.what is Happening.SECOND_WAY and line.done_by == person.id]
    return max(rings, default=None)


def _owe_join(store: Store, alarm: Alarm, now: datetime) -> None:
    after = followed(alarm.policy).joins_after
    if after is None or store.timers.due_at(JOIN, alarm.id) is not None:
        return
    # an alarm that begins again gives everybody their time again
    since = now if alarm.step == WARNING else alarm.opened_at
    store.timers.set(JOIN, alarm.id, max(now, since + after))
