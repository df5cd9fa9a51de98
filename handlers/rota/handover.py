"""The phone changes hands: what whoever comes and whoever goes is told, and what hangs on it."""

from dataclasses import replace
from datetime import datetime

from handlers import desk, oncall
from handlers.rota import making, rules, screens, swapping, telling, watching
from handlers.rota.screens import Handover
from handlers.screen import Screen
from handlers.watch import look_at_alarms
from storage.records import Alarm, Lane, Person, Role, Shift, ShiftState
from storage.store import Store


def begins(store: Store, scope: str, now: datetime) -> None:
    """A shift has begun: whoever holds the phone now learns which alarms are open, and with whom."""
    shift = store.rota.get(scope)
    if shift is None or shift.state is not ShiftState.PLANNED or shift.ends_at <= now:
        return
    swapping.take_back(store, shift, now)  # nobody has to answer any more
    look_at_alarms(store, now)
    person = _helping(store, shift)
    if person is None:
        return
    tested = store.duties.tested_at(person.id) is not None
    if not tested:
        store.timers.set(oncall.PROBE, person.id, now)
    if not _held_before(store, shift):
        told = _handover(store, shift)
        _tell(store, person, screens.begins(told, tested=tested), now, rings=bool(told.alarms) or not tested)


def ends(store: Store, scope: str, now: datetime) -> None:
    """A shift is over: whoever held the phone learns who has it now, and what is still theirs to bring to an end."""
    shift = store.rota.get(scope)
    if shift is None or shift.state is not ShiftState.PLANNED:
        return
    look_at_alarms(store, now)
    person = _helping(store, shift)
    if person is None or making.running(store, now, person.id):
        return
    stays = _was_on_before(store, shift)
    if store.duties.is_on(person.id) and not stays:
        store.duties.switch(person.id, False, now)
        watching.look(store, now)
    still = [one.called for one in store.alarms.not_ended() if one.taken_by == person.id]
    _tell(
        store,
        person,
        screens.ends(shift, _holders(store, shift, now), still, stays=stays),
        now,
        rings=bool(still),
    )


def _helping(store: Store, shift: Shift) -> Person | None:
    person = store.people.known(shift.person_id)
    return person if person is not None and Role.ON_CALL in person.roles else None


def _was_on_before(store: Store, shift: Shift) -> bool:
    """Whether they had put themselves on before this shift began: its end is not theirs."""
    return any(
        duty.person_id == shift.person_id and duty.since < shift.starts_at for duty in store.duties.by_hand()
    )


def _held_before(store: Store, shift: Shift) -> bool:
    """Whether they have held this very phone until now, so that nothing changes for them."""
    before = store.rota.between(shift.starts_at - making.MOMENT, shift.starts_at)
    place = (shift.person_id, shift.step, shift.site_id)
    return any(
        (one.person_id, one.step, one.site_id) == place and one.ends_at >= shift.starts_at
        for one in before
        if one.id != shift.id
    )


def _handover(store: Store, shift: Shift) -> Handover:
    alarms = [one for one in store.alarms.not_ended() if concerns(shift, one)]
    site = telling.site_of(store, shift.site_id)
    return Handover(shift, site, [(one, _taker(store, one)) for one in alarms])


def concerns(shift: Shift, alarm: Alarm) -> bool:
    """Whether whoever holds this shift is paged for such an alarm."""
    return shift.site_id is None or alarm.site_id in {None, shift.site_id}


def _taker(store: Store, alarm: Alarm) -> str | None:
    taker = store.people.known(alarm.taken_by) if alarm.taken_by else None
    return taker.name if taker is not None else None


def _holders(store: Store, shift: Shift, now: datetime) -> list[str]:
    """Who holds the same phone now, by name, and would hear it."""
    counted = watching.counting(store)
    there = [
        duty
        for duty in store.duties.on_now(now)
        if duty.step == shift.step and (duty.site_id is None or duty.site_id == shift.site_id)
    ]
    ids = dict.fromkeys(duty.person_id for duty in there)
    return [counted[id].name for id in ids if id in counted]


def _tell(store: Store, person: Person, shown: Screen, now: datetime, *, rings: bool) -> None:
    """By night it only rings where there is something to do."""
    quiet = replace(shown, silent=telling.hushed(store, now) and not rings)
    desk.post(store, person, quiet, now, Lane.CRISIS, telling.ABOUT)


def left(store: Store, scope: str, now: datetime) -> None:
    """Somebody is on call no more: their patterns end, and what was theirs is a gap."""
    person = store.people.known(scope)
    if person is not None and Role.ON_CALL in person.roles:
        return
    for pattern in store.rota.patterns():
        if pattern.person_id == scope:
            making.end_pattern(store, pattern, now)
    for shift in store.rota.between(now, now + rules.FOR_GOOD):
        if shift.person_id == scope:
            _let_go(store, shift, now)
    watching.look(store, now)


def _let_go(store: Store, shift: Shift, now: datetime) -> None:
    if making.is_running(shift, now):
        making.cut_short(store, shift, now)
    else:
        making.cancel(store, shift, now)
