"""What must hold after every step, whatever has happened. Each raises AssertionError with what it found."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from handlers.crisis import boards, rules, sight
from handlers.crisis.paging import ESCALATE, REMIND
from handlers.desk import voice_of
from handlers.screen import words
from handlers.watch import LOOK
from storage.records import Alarm, AlarmState, Happening
from storage.store import Store
from tests.machine.evening import TELL, Evening

LONGEST = timedelta(hours=2)  # no step, reminder or promised call is further away
MUST_BE_LOGGED = {"withdrawn_at": Happening.WITHDRAWN, "safe_at": Happening.SAFE, "ended_at": Happening.ENDED}


@dataclass(frozen=True)
class Line:
    what: Happening
    by: str | None


@dataclass(frozen=True)
class Before:
    """What was so before a transaction."""

    alarms: dict[str, Alarm]
    wanted: dict[str, int]
    logged: int  # the last line of any log

    def lines(self, store: Store) -> dict[str, list[Line]]:
        """What has been logged since, by alarm."""
        fresh: dict[str, list[Line]] = defaultdict(list)
        for id, what, by in store.connection.exec_driver_sql(_SINCE, (self.logged,)):
            fresh[id].append(Line(Happening(what), by))
        return fresh


_SINCE = "SELECT alarm_id, what, done_by FROM happenings WHERE id > ? ORDER BY id"
_LAST = "SELECT coalesce(max(id), 0) FROM happenings"
_ENDED = "SELECT id, state, settled_at FROM deliveries WHERE state != 'queued'"
Ended = dict[int, tuple[str, str]]


@dataclass(frozen=True)
class Step:
    """One transaction, looked at before it is committed."""

    before: Before
    after: Before
    lines: dict[str, list[Line]]
    store: Store
    now: datetime


def taken_down(store: Store) -> Before:
    every = {alarm.id: alarm for alarm in store.alarms.newest(100)}
    wanted = {
        id: rules.still_wanted(alarm, len(store.alarms.takers_of(id)))
        for id, alarm in every.items()
        if alarm.state is AlarmState.TAKEN
    }
    return Before(every, wanted, store.connection.exec_driver_sql(_LAST).scalar_one())


def ended(store: Store) -> Ended:
    return {row[0]: (row[1], str(row[2])) for row in store.connection.exec_driver_sql(_ENDED)}


def each_delivery_ends_once(before: Ended, after: Ended) -> None:
    for id, how in before.items():
        assert after.get(id) == how, f"delivery {id} had ended as {how} and now {after.get(id)}"


def phones_show_only_what_was_committed(evening: Evening) -> None:
    sql = "SELECT coalesce(max(id), 0) FROM deliveries"
    newest = evening.read(lambda store: store.connection.exec_driver_sql(sql).scalar_one())
    for phone in evening.telegram.phones.values():
        for shown in phone.messages.values():
            assert shown.delivery <= newest, f"a phone shows what no row knows: {shown.text!r}"


def all_is_logged(step: Step) -> None:
    for id, alarm in step.after.alarms.items():
        old, said = step.before.alarms.get(id), [line.what for line in step.lines[id]]
        if old is None:
            assert said[:1] == [Happening.RAISED], f"{alarm.called} begins with {said}"
            continue
        for name, what in MUST_BE_LOGGED.items():
            if getattr(old, name) is None and getattr(alarm, name) is not None:
                assert what in said, f"{alarm.called}: {name} without a line"
        if alarm.taken_by not in {old.taken_by, None}:
            assert {Happening.TAKEN, Happening.TAKEN_OVER} & set(said), f"{alarm.called} taken without a line"
        if (alarm.step, alarm.round) != (old.step, old.round) and alarm.step:
            assert Happening.PAGED in said, f"{alarm.called} went a step on and nobody was paged"


def at_most_one_winner(step: Step) -> None:
    for id, old in step.before.alarms.items():
        winners = [line.by for line in step.lines[id] if line.what is Happening.TAKEN]
        assert len(winners) <= 1, f"{old.called} has {len(winners)} winners"
        assert not winners or old.state is AlarmState.OPEN, f"{old.called} was taken and is won again"


def no_page_after_a_take(step: Step) -> None:
    """Whoever is in good hands is paged no more, until they are asked and do not answer."""
    for id, old in step.before.alarms.items():
        alarm, said = step.after.alarms[id], [line.what for line in step.lines[id]]
        held = old.state is alarm.state is AlarmState.TAKEN and alarm.forgotten_at is None
        if held and not step.before.wanted[id]:
            assert Happening.PAGED not in said, f"{alarm.called} is taken, and paged again"
        if old.state is AlarmState.ENDED:
            assert alarm.state is AlarmState.ENDED, f"{alarm.called} had ended"
            assert not {Happening.PAGED, Happening.TAKEN} & set(said), f"{alarm.called} had ended"


def whoever_is_paged_can_hear(step: Step) -> None:
    """Nobody out of reach is paged, and whoever is on the step that was reached has been."""
    store, now = step.store, step.now
    for id, alarm in step.after.alarms.items():
        for line in step.lines[id]:
            if line.what is Happening.PAGED and line.by is not None:
                assert not store.people.get(line.by).blocked, f"{alarm.called}: a page to nobody"
        old = step.before.alarms.get(id)
        moved = alarm.step and (old is None or (old.step, old.round) != (alarm.step, alarm.round))
        if moved and alarm.state is AlarmState.OPEN:
            there = sight.on_duty(store, alarm, now).get(alarm.step, [])
            paged = {page.person_id for page in store.alarms.paged(id) if page.step == alarm.step}
            assert there, f"{alarm.called} waits for step {alarm.step}, where nobody is"
            assert {one.id for one in there} <= paged, f"{alarm.called}: somebody on the step was not paged"


OF_A_TRANSACTION = (all_is_logged, at_most_one_winner, no_page_after_a_take, whoever_is_paged_can_hear)


def kept(before: Before, store: Store, now: datetime) -> Before:
    """Everything a single transaction has to keep; what is so after it."""
    after = taken_down(store)
    step = Step(before, after, before.lines(store), store, now)
    for promise in OF_A_TRANSACTION:
        promise(step)
    return after


def somebody_or_some_timer_has_it(store: Store, latest: datetime, now: datetime) -> None:
    """An open alarm has its next step ahead; a taken one a holder who is known, and a time to be asked."""
    for alarm in store.alarms.not_ended():
        if store.timers.due_at(LOOK, alarm.id) is not None:
            continue  # about to be looked at
        if alarm.state is AlarmState.OPEN:
            _stands(store, ESCALATE, alarm, latest)
            assert store.alarms.paged(alarm.id) or store.timers.due_at(ESCALATE, alarm.id)
            continue
        holder = store.people.known(alarm.taken_by) if alarm.taken_by else None
        assert holder is not None, f"{alarm.called} is taken by nobody who is known"
        assert sight.helps(holder), f"{alarm.called} is held by somebody who may not help"
        _stands(store, REMIND, alarm, latest)
        if rules.still_wanted(alarm, len(store.alarms.takers_of(alarm.id))):
            _stands(store, ESCALATE, alarm, latest)


def _stands(store: Store, kind: str, alarm: Alarm, latest: datetime) -> None:
    due_at = store.timers.due_at(kind, alarm.id)
    assert due_at is not None, f"{alarm.called} is {alarm.state} and has no {kind}"
    assert due_at <= latest + LONGEST, f"{alarm.called} waits too long for {kind}"


def the_person_was_told_the_truth(evening: Evening) -> None:
    """What was said last to whoever cried is what is so."""

    def look(store: Store) -> None:
        for alarm in store.alarms.newest(100):
            person = store.people.known(alarm.person_id)
            card = store.cards.newest(sight.about(alarm), alarm.person_id)
            behind = store.timers.due_at(TELL, alarm.id) or store.timers.due_at(LOOK, alarm.id)
            owed = evening.posted_last.get(card.id) if card is not None else None
            missed = (
                alarm.state is AlarmState.ENDED
                and person is not None
                and person.telegram_id in evening.out_of_reach
            )
            if person is None or person.blocked or owed is None or behind or missed:
                continue
            waits = store.deliveries.held(card.id, evening.now)  # its words change until it leaves
            said = orjson.loads((waits or owed).body).get("text")
            true = words(sight.seen_by(store, alarm, person, evening.now), voice_of(person))
            assert said == true, f"{alarm.called} was told {said!r} and it is {true!r}"

    evening.read(look)


def phones_show_the_truth(evening: Evening) -> None:
    """When all is calm, what stands on the phone of whoever cried is what is so, and nothing is owed."""

    def look(store: Store) -> None:
        for alarm in store.alarms.newest(100):
            person = store.people.known(alarm.person_id)
            card = store.cards.newest(sight.about(alarm), alarm.person_id)
            if person is None or person.blocked or card is None:
                continue
            phone = evening.telegram.phones[person.telegram_id]
            if phone.blocked or (
                alarm.state is AlarmState.ENDED and person.telegram_id in evening.out_of_reach
            ):
                continue
            assert card.message_id in phone.messages, f"{alarm.called} has no message"
            true = words(sight.seen_by(store, alarm, person, evening.now), voice_of(person))
            assert phone.messages[card.message_id].text == true, (
                f"{alarm.called} shows {phone.messages[card.message_id].text!r} and it is {true!r}"
            )

    evening.read(look)


def pages_show_every_open_alarm(evening: Evening) -> None:
    """When all is calm, whoever was paged finds each open alarm in a page or a list that follows it."""

    def look(store: Store) -> None:
        for alarm in store.alarms.not_ended():
            for page in store.alarms.paged(alarm.id) if alarm.state is AlarmState.OPEN else ():
                person = store.people.get(page.person_id)
                phone = evening.telegram.phones[person.telegram_id]
                if person.blocked or phone.blocked or not sight.helps(person):
                    continue
                cards = [store.cards.newest(sight.about(alarm), person.id), boards.live(store, person.id)]
                numbers = [card.message_id for card in cards if card is not None]
                shown = [phone.messages[n].text for n in numbers if n in phone.messages]
                assert any(f"{alarm.number:04d}" in text for text in shown), f"{alarm.called} is not shown"

    evening.read(look)


def nothing_is_sent_twice_without_cause(times: Counter[int], excused: Counter[int]) -> None:
    for id, happened in times.items():
        assert happened <= 1 + excused[id], f"delivery {id} happened {happened} times"
