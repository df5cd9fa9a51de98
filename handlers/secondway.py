"""The second way: whoever was paged and hears nothing over Telegram is rung beside it. Crisis calls this.

A timer for each page says that Telegram has not taken it yet; its time, or a failure, makes it a ring. One ring a
minute is enough for a person, however many alarms there are: the others wait, and each is rung for in its turn.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers import desk
from handlers.oncall import helps
from locales.bidi import clean
from locales.phrase import S
from storage.records import Alarm, AlarmState, Delivery, Happening, Person, Ring, SecondWay
from storage.store import Store

SECOND = "crisis.second"
PATIENCE = 15  # seconds without Telegram's ok, where the alarm's policy says nothing else
NOT_AGAIN_WITHIN = timedelta(minutes=1)
SOME_DAY = timedelta(days=365)
PAGES = ("alarm", "board")  # what a delivery is about whose failure means that a page does not arrive


def paged(store: Store, alarm: Alarm, person: Person, now: datetime) -> None:
    """A page has been posted: from now on Telegram has so many seconds to say that it has it."""
    if store.second_ways.confirmed_of(person.id):
        wait = timedelta(seconds=float(alarm.policy.get("second_seconds", PATIENCE)))
        store.timers.set(SECOND, _scope(alarm.id, person.id), now + wait)


def arrived(store: Store, alarm_id: str, person_id: str) -> None:
    """Telegram has the page."""
    store.timers.drop(SECOND, _scope(alarm_id, person_id))


def list_arrived(store: Store, person_id: str, posted_at: datetime, now: datetime) -> None:
    """Telegram has the person's list of many alarms, and with it whatever they were paged for until it was posted."""
    waiting = set(_unheard(store, person_id, now + SOME_DAY))
    for one in store.alarms.paged_for(person_id) if waiting else ():
        if one.alarm_id in waiting and one.paged_at <= posted_at:
            arrived(store, one.alarm_id, person_id)


def out_of_reach(store: Store, alarm: Alarm, person: Person, now: datetime) -> None:
    """On duty, but has blocked the bot: nothing is sent there, so the second way rings at once."""
    if store.second_ways.confirmed_of(person.id):
        _ring(store, person.id, [alarm.id], now)


def failed(store: Store, person_id: str, now: datetime) -> None:
    """Telegram does not reach this person: every page of theirs that it has not taken yet is rung now."""
    _ring(store, person_id, _unheard(store, person_id, now + SOME_DAY), now)


def failing(store: Store, owed: Delivery, now: datetime) -> None:
    """A delivery can't be made, or was tried in vain twice: if it is a page, its person is rung."""
    page = owed.about.partition(":")[0] in PAGES and not owed.edits
    if page and owed.person_id is not None:
        failed(store, owed.person_id, now)


def due(store: Store, scope: str, now: datetime) -> None:
    """Telegram has not said that it has the page, and its time is over."""
    alarm_id, _, person_id = scope.partition(":")
    _ring(store, person_id, [alarm_id, *_unheard(store, person_id, now)], now)


def taken_away(store: Store, person_id: str, now: datetime) -> int:
    """Nobody rings this person any more: their addresses go, with all that was owed over them; how many."""
    ways = [way.id for way in store.second_ways.of_person(person_id)]
    return store.erasure.rows("second_ways", ways, now) if ways else 0


def waits_for(store: Store, alarm_id: str, person_id: str) -> bool:
    """Whether this alarm still waits for this person: nobody has it, its holder is silent, or more are wanted.

    It waits for nobody who no longer helps.
    """
    alarm, person = store.alarms.get(alarm_id), store.people.known(person_id)
    if alarm is None or alarm.state is AlarmState.ENDED:
        return False
    if person is None or not helps(person):
        return False
    if alarm.state is AlarmState.OPEN or alarm.taken_by is None:
        return True
    if alarm.taken_by == person_id:
        return alarm.reminded_at is not None
    takers = store.alarms.takers_of(alarm_id)
    return person_id not in takers and (alarm.forgotten_at is not None or len(takers) < alarm.needed)


def drill_waits_for(store: Store, person_id: str) -> bool:
    """Whether a drill is under way that this person has not answered."""
    drill = store.drills.running()
    return drill is not None and any(
        probe.person_id == person_id and probe.answered_at is None
        for probe in store.probes.of_drill(drill.id)
    )


def is_test(owed: Ring, way: SecondWay) -> bool:
    """Whether this ring carries the code of an address that nobody has confirmed yet; no other goes there."""
    return owed.alarm_id is None and way.confirmed_at is None


def still_waits(store: Store, owed: Ring, way: SecondWay) -> bool:
    """Whether what is owed still has somebody to wait for: an alarm, a drill, or whoever tests an address."""
    if owed.alarm_id is not None:
        return waits_for(store, owed.alarm_id, way.person_id)
    return is_test(owed, way) or drill_waits_for(store, way.person_id)


def _ring(store: Store, person_id: str, unheard: Iterable[str], now: datetime) -> None:
    alarms = [id for id in dict.fromkeys(unheard) if _still(store, id, person_id)]
    person = store.people.known(person_id)
    if not alarms or person is None:
        return
    last = store.rings.last_of(person_id)
    if last is None or now - last >= NOT_AGAIN_WITHIN:
        first, *alarms = alarms
        _ring_for(store, first, person, now)
        last = now
    for alarm_id in alarms:
        store.timers.set(SECOND, _scope(alarm_id, person_id), last + NOT_AGAIN_WITHIN)


def _still(store: Store, alarm_id: str, person_id: str) -> bool:
    if waits_for(store, alarm_id, person_id):
        return True
    store.timers.drop(SECOND, _scope(alarm_id, person_id))
    return False


def _ring_for(store: Store, alarm_id: str, person: Person, now: datetime) -> None:
    store.timers.drop(SECOND, _scope(alarm_id, person.id))
    alarm = store.alarms.get(alarm_id)
    ways = store.second_ways.confirmed_of(person.id)
    if alarm is None or not ways:
        return
    for way_id in ways:
        store.rings.post(way_id, said(person, alarm), now, alarm_id)
    store.alarms.log(alarm_id, Happening.SECOND_WAY, now, by=person.id)


def said(person: Person, alarm: Alarm) -> str:
    """All that leaves our house: that an alarm of this number waits."""
    # without the marks that keep directions apart, which a short message would show as boxes
    return clean(desk.voice_of(person).say(S("second.ring", number=alarm.called)))


def _unheard(store: Store, person_id: str, until: datetime) -> list[str]:
    """The alarms whose page this person may not have, by when their timers are due."""
    scopes = (scope.partition(":") for scope in store.timers.scopes(SECOND, until))
    return [alarm_id for alarm_id, _, whose in scopes if whose == person_id]


def _scope(alarm_id: str, person_id: str) -> str:
    return f"{alarm_id}:{person_id}"
