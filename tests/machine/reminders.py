"""The machine of reminders: people plan, move, cancel, answer, choose; time passes; Telegram comes and goes."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from bot.outcomes import Fate, Outcome
from bot.settle import STALE, Ended, claimed, is_stale, settle
from handlers import appointed, house, quiet, reminding
from handlers.appointments import actions
from handlers.preferences import actions as wishes
from handlers.reminders import due, rules
from handlers.reminding import DUE
from locales.zone import BERLIN
from storage.appointments import Circle
from storage.records import (
    Answer,
    AppointmentKind,
    AppointmentState,
    Delivery,
    Lane,
    Person,
    Reminder,
    ReminderKind,
    ReminderState,
)
from storage.store import Store
from storage.tables import reminders
from tests.machine.ground import ground

PARENTS = 3  # two of one family, one of another
STEP = timedelta(minutes=20)
AGAIN = Outcome(Fate.RETRY, "no answer", 300.0)
DOWN_WORDS = ("Morgen", "yarın", "غدًا")
# days of the clock change, of Ramadan and of no note
DAYS = (
    datetime(2026, 10, 23, 7, tzinfo=UTC),
    datetime(2027, 3, 26, 7, tzinfo=UTC),
    datetime(2027, 2, 9, 7, tzinfo=UTC),
)

parents = st.integers(0, PARENTS - 1)
which = st.integers(0, 7)
hours = st.integers(1, 60)
quarters = st.sampled_from([0, 15, 30, 45])


class Reminding(RuleBasedStateMachine):
    """All of it on a real store in one transaction that is undone in the end."""

    def __init__(self) -> None:
        super().__init__()
        there = ground()
        self.transaction = there.connection.begin()
        self.store = Store(there.connection, there.vault)
        self.now, self.down = DAYS[0], False
        self.chats = there.parents
        self.planned: list[str] = []
        self.memory: dict[int, Delivery] = {}
        self.sent: Counter[tuple[str, str]] = Counter()
        self.hooks = house.settled()

    @initialize(day=st.sampled_from(DAYS), ahead=hours, quarter=quarters)
    def begins(self, day: datetime, ahead: int, quarter: int) -> None:
        self.now = day
        self.plans(0, ahead, quarter, alone=False)

    def teardown(self) -> None:
        self.down = False
        try:
            self._passes(timedelta(days=5))
            self._all_is_over()
        finally:
            self.transaction.rollback()

    # What people do

    @rule(n=parents, ahead=hours, quarter=quarters, alone=st.booleans())
    def plans(self, n: int, ahead: int, quarter: int, alone: bool) -> None:
        person = self._parent(n)
        family = self.store.families.of_person(person.id)
        assert family is not None
        at = (self.now + timedelta(hours=ahead)).replace(minute=quarter, second=0)
        if at <= self.now or len(self.planned) >= 8:
            return
        made = self.store.appointments.add(
            family.id,
            family.caseworker_id,
            AppointmentKind.HOME_VISIT,
            at,
            "",
            only_for=person.id if alone else None,
        )
        reminding.owe(self.store, made.id, at, self.now)
        appointed.invite(self.store, appointed.known(self.store, made.id), self.now)
        self.planned.append(made.id)

    @rule(n=which, ahead=hours, quarter=quarters)
    def moves(self, n: int, ahead: int, quarter: int) -> None:
        circle = self._circle(n)
        at = (self.now + timedelta(hours=ahead)).replace(minute=quarter, second=0)
        if circle is not None and at > self.now:
            appointed.moved(self.store, circle, at, by=circle.caseworker, now=self.now)

    @rule(n=which)
    def cancels(self, n: int) -> None:
        circle = self._circle(n)
        if circle is not None:
            appointed.cancelled(self.store, circle, by=circle.caseworker, now=self.now)

    @rule(n=which, who=parents, said=st.sampled_from(Answer))
    def answers(self, n: int, who: int, said: Answer) -> None:
        circle, person = self._circle(n), self._parent(who)
        if circle is not None and circle.parent(person.id) is not None:
            actions.answer(self.store, circle, said, by=person, now=self.now, pressed=None)

    @rule(n=parents, word=st.sampled_from([None, "day_before", "two_hours", "none"]), evening=st.booleans())
    def chooses(self, n: int, word: str | None, evening: bool) -> None:
        wishes.remind(self.store, word, evenings=evening, by=self._parent(n), now=self.now)

    @rule(n=parents, word=st.sampled_from(quiet.CHOICES))
    def rests(self, n: int, word: str) -> None:
        self._withdrawn()
        if not self.memory:  # what is under way at this very moment may still ring
            wishes.be_quiet(self.store, word, by=self._parent(n), now=self.now)

    @rule(n=parents, pauses=st.booleans())
    def pauses(self, n: int, pauses: bool) -> None:
        person = self._parent(n)
        self.store.people.pause(person.id, self.now if pauses else None)
        person = self._parent(n)
        if pauses:
            self.store.deliveries.withdraw(person.id, self.now, Lane.NEWS)
        else:
            reminding.owe_person(self.store, person, self.now)

    @rule(down=st.booleans())
    def telegram(self, down: bool) -> None:
        self.down = down

    @rule(minutes=st.sampled_from([1, 10, 45, 130, 400, 900]))
    def waits(self, minutes: int) -> None:
        self._passes(timedelta(minutes=minutes))

    @rule(minutes=st.sampled_from([30, 300, 1500]))
    def is_away(self, minutes: int) -> None:
        """The machine stands still; its memory is gone, and it starts again."""
        self.memory.clear()
        self.store.take_posted()
        self.store.take_withdrawn()
        self.now += timedelta(minutes=minutes)
        self.store.deliveries.release_all()
        due.opens(self.store, self.now)
        self._beats()

    # How time passes

    def _passes(self, by: timedelta) -> None:
        until = self.now + by
        self._beats()
        while self.now < until:
            next_due = self.store.timers.next_due()
            ahead = [at for at in (next_due, self.now + STEP, until) if at is not None and at > self.now]
            self.now = min(ahead)
            self._beats()

    def _beats(self) -> None:
        for _ in range(20):
            found = [timer for timer in self.store.timers.due(self.now, 500) if timer.kind == DUE]
            for timer in found:
                self.store.timers.drop(timer.kind, timer.scope)
                due.due(self.store, timer.scope, self.now)
            sending = self._claims()
            if not found and not sending:
                return
            for owed in sending:
                self._sends(owed)
        raise AssertionError("time never comes to rest")

    def _claims(self) -> list[Delivery]:
        for owed in claimed(self.store, self.now, 500, self.hooks):
            self.memory[owed.id] = owed
        self._withdrawn()
        ready = sorted(self.memory.values(), key=lambda one: (one.lane, one.rank, one.id))
        self.memory.clear()
        return ready

    def _withdrawn(self) -> None:
        self.memory |= {owed.id: owed for owed in self.store.take_posted()}
        for id in self.store.take_withdrawn():
            self.memory.pop(id, None)

    def _sends(self, owed: Delivery) -> None:
        self._withdrawn()
        if is_stale(owed, self.now):
            outcome = STALE
        elif self.down or (owed.edits and '"message_id":' not in owed.body):
            outcome = AGAIN if self.down else Outcome(Fate.POINTLESS, "never arrived")
        else:
            self._reads(owed)
            outcome = Outcome(Fate.DELIVERED)
        settle(Ended(owed, outcome, owed.id if not owed.edits else None), self.now, self.hooks, self.store)

    # What must hold

    def _reads(self, owed: Delivery) -> None:
        to = self.store.people.known(owed.person_id or "")
        if to is None or owed.edits or owed.lane < Lane.NEWS:
            return
        assert not quiet.is_quiet(to, self.now), "it rang at night"
        if owed.lane is Lane.REMINDER:
            self._is_right(owed, to, orjson.loads(owed.body)["text"])

    def _is_right(self, owed: Delivery, to: Person, text: str) -> None:
        circle = self.store.appointments.circle(owed.about.partition(":")[2])
        assert circle is not None
        one = circle.appointment
        assert one.state is AppointmentState.PLANNED, "reminded of what is cancelled"
        assert owed.rank == int(one.starts_at.timestamp()), "reminded of an old time"
        assert one.starts_at > self.now, "reminded of what is over"
        assert circle.answers.get(to.id) not in {Answer.NO, Answer.MOVE}, "reminded who does not come"
        assert not to.paused, "reminded who pauses"
        assert to.reminded != "none", "reminded who does not want it"
        days = (one.starts_at.astimezone(BERLIN).date() - self.now.astimezone(BERLIN).date()).days
        assert any(word in text for word in DOWN_WORDS) <= (days == 1), "tomorrow is not tomorrow"
        self.sent[one.id, to.id] += 1

    @invariant()
    def no_reminder_is_owed_twice(self) -> None:
        still = Counter(
            (row.appointment_id, row.person_id, row.kind)
            for row in self._rows()
            if row.state in {ReminderState.OWED, ReminderState.POSTED}
        )
        assert all(count == 1 for count in still.values())

    @invariant()
    def whatever_was_sent_is_listed_once(self) -> None:
        delivered = Counter(
            (row.appointment_id, row.person_id)
            for row in self._rows()
            if row.state is ReminderState.DELIVERED
        )
        assert delivered == self.sent

    @invariant()
    def what_is_owed_has_a_timer(self) -> None:
        for row in self._rows():
            if row.state is ReminderState.OWED:
                assert self.store.timers.due_at(DUE, row.id) == row.due_at

    def _all_is_over(self) -> None:
        for row in self._rows():
            assert row.state in {ReminderState.DELIVERED, ReminderState.DROPPED}, row
            assert (row.reason in rules.REASONS) == (row.state is ReminderState.DROPPED)
        assert not [timer for timer in self.store.timers.ahead(500) if timer.kind == DUE]

    def _rows(self) -> list[Reminder]:
        return [_row(row) for row in self.store.connection.execute(select(reminders)).mappings()]

    def _parent(self, n: int) -> Person:
        person = self.store.people.by_telegram(self.chats[n])
        assert person is not None
        return person

    def _circle(self, n: int) -> Circle | None:
        ids = [id for id in self.planned if self._may_change(id)]
        return appointed.known(self.store, ids[n % len(ids)]) if ids else None

    def _may_change(self, id: str) -> bool:
        one = self.store.appointments.get(id)
        return one is not None and one.state is AppointmentState.PLANNED and one.starts_at > self.now


def _row(row: Any) -> Reminder:
    fields = {**row, "kind": ReminderKind(row["kind"]), "state": ReminderState(row["state"])}
    return Reminder(**fields)
