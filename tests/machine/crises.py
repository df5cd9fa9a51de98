"""The machine: everything that may happen in a crisis, in any order, as hypothesis likes."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.outcomes import Fate
from handlers.crisis import chat, sight
from handlers.oversight.actions import unreachable
from handlers.rota import making
from handlers.turn import Asked
from handlers.watch import look_at_alarms
from storage.records import AlarmState, Person, Role, Shift, ShiftState
from storage.store import Store
from tests.machine import promises
from tests.machine.evening import Evening
from tests.machine.ground import ON_CALL, PARENTS
from tests.machine.phones import Line

parents, staff = st.integers(0, PARENTS - 1), st.integers(0, ON_CALL - 1)
anything, killed = st.integers(0, 63), st.integers(0, 9).map(lambda n: n == 0)
lines = st.sampled_from([Line.WELL, Line.WELL, Line.WELL, Line.LOST, Line.DOWN, Line.FLOOD])
seconds = st.sampled_from([1, 20, 61, 181, 241, 301, 301, 425, 425, 725, 1830, 7300])
VERBS = ("crisis:", "rota:heard", "rota:on", "rota:off")


class Crises(RuleBasedStateMachine):
    """Parents cry, staff press, time passes, the line fails and the process is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.evening = Evening()
        self.excused: Counter[int] = Counter()  # deliveries that may happen once more
        self.before = self.evening.read(promises.taken_down)
        self.ended = self.evening.read(promises.ended)
        self.evening.watch = self._watches

    @initialize(n=parents)
    def somebody_cries_first(self, n: int) -> None:
        self.cries(n, killed=False)

    def teardown(self) -> None:
        self.evening.over()

    # What people do

    @rule(n=parents, killed=killed)
    def cries(self, n: int, killed: bool) -> None:
        asked = Asked(text="/alarm", wrote=1)
        self._or_again(
            lambda dies: self.evening.acts(self._parent(n), chat.alarm, asked, killed=dies), killed
        )

    def _or_again(self, act: object, killed: bool) -> None:
        """An update whose effect was undone by a kill is stored, and dealt with after the next start."""
        if killed:
            self.excused.update(ended.owed.id for ended in self.evening.under_way.values())
            act(True)  # type: ignore[operator]
            promises.phones_show_only_what_was_committed(self.evening)
        act(False)  # type: ignore[operator]

    @rule()
    def everybody_cries(self) -> None:
        """So many at once that their pages stand in one list."""
        for n in range(PARENTS):
            self.cries(n, killed=False)

    @rule(n=parents, killed=killed)
    def writes(self, n: int, killed: bool) -> None:
        asked = Asked(text="Bitte", wrote=1)
        self._or_again(
            lambda dies: self.evening.acts(self._parent(n), _overheard, asked, killed=dies), killed
        )

    @rule(n=parents, at=anything, button=anything, killed=killed)
    def parent_presses(self, n: int, at: int, button: int, killed: bool) -> None:
        self._presses(self._parent(n), at, button, killed)

    @rule(n=st.integers(0, ON_CALL), at=anything, button=anything, killed=killed)
    def staff_presses(self, n: int, at: int, button: int, killed: bool) -> None:
        """Any button of any message on the phone, however old."""
        self._presses(self._staff(n), at, button, killed)

    @rule(n=st.integers(0, ON_CALL), other=st.integers(0, ON_CALL), which=anything)
    def two_take_at_once(self, n: int, other: int, which: int) -> None:
        found = self.evening.alarms()
        if found:
            alarm = found[which % len(found)]
            for who in (n, other):
                self.evening.presses(self._staff(who), f"crisis:take:{alarm.id}", None)
            current = next(one for one in self.evening.alarms() if one.id == alarm.id)
            helps = any(sight.helps(self.evening.person(self._staff(who))) for who in (n, other))
            assert not helps or current.state is AlarmState.TAKEN, (
                f"{alarm.called}: two pressed and nobody has it"
            )

    @rule(n=st.integers(0, ON_CALL), which=anything, seconds=seconds)
    def somebody_takes_it_and_is_silent(self, n: int, which: int, seconds: int) -> None:
        found = self.evening.alarms()
        if found:
            self.evening.presses(self._staff(n), f"crisis:take:{found[which % len(found)].id}", None)
            self.time_passes(seconds, late=False)

    @rule(n=staff, what=st.sampled_from(("on", "off", "heard", "blocks", "is back", "leaves", "joins")))
    def the_team_changes(self, n: int, what: str) -> None:
        if what in {"on", "off"}:
            self.evening.presses(self._staff(n), f"rota:{what}", None)
        elif what in {"blocks", "is back"}:
            self._blocks_or_not(self._staff(n), blocks=what == "blocks", at_once=bool(n % 2))
        else:
            person = self.evening.person(self._staff(n))
            self.evening.write(lambda store: _changes(store, person, what, self.evening.now))

    @rule(n=parents, blocks=st.booleans(), at_once=st.booleans())
    def a_parent_blocks_the_bot_or_comes_back(self, n: int, blocks: bool, at_once: bool) -> None:
        self._blocks_or_not(self._parent(n), blocks=blocks, at_once=at_once)

    def _blocks_or_not(self, whose: int, *, blocks: bool, at_once: bool) -> None:
        """Telegram says so at once, or only the next call does."""
        phone, person = self.evening.telegram.phones[whose], self.evening.person(whose)
        if phone.blocked and not blocks:
            self.evening.acts(whose, lambda turn: None, Asked())
        elif blocks and at_once:
            self.evening.write(lambda store: unreachable(store, person, self.evening.now))
        phone.blocked = blocks
        self.evening.out_of_reach.add(whose)

    @rule(n=staff, step=st.integers(1, 3), here=st.booleans(), begins=seconds, lasts=seconds)
    def gets_a_shift(self, n: int, step: int, here: bool, begins: int, lasts: int) -> None:
        starts_at = self.evening.now + timedelta(seconds=begins)
        site_id = self.evening.ground.site_id if here else None
        ends_at = starts_at + timedelta(seconds=lasts)
        who = self.evening.person(self._staff(n)).id
        shift = Shift("", who, site_id, step, starts_at, ends_at, ShiftState.PLANNED)
        self.evening.write(lambda store: making.owe(store, store.rota.add(shift), self.evening.now))

    # What the world does

    @rule(n=st.integers(0, PARENTS + ON_CALL), line=lines, killed=killed, slow=st.booleans())
    def telegram_answers(self, n: int, line: Line, killed: bool, slow: bool) -> None:
        chat = self._anybody(n)
        owed = self.evening.telegram.next_for(chat)
        if owed is not None and (killed or line is Line.LOST):
            self.excused[owed.id] += 1
        if killed:
            self.excused.update(ended.owed.id for ended in self.evening.under_way.values())
        self.evening.delivers(chat, line, killed=killed, slow=slow)

    @rule()
    def slow_answers_come(self) -> None:
        for called in list(self.evening.under_way):
            self.evening.answer_comes(called)

    @rule()
    def the_last_answer_is_written_down_again(self) -> None:
        last = self.evening.written_down
        if last is not None and last.outcome.fate is Fate.DELIVERED:
            self.evening.answer_comes_again()

    @rule()
    def everything_is_delivered(self) -> None:
        self.evening.delivers_all()

    @rule(seconds=seconds, late=st.booleans())
    def time_passes(self, seconds: int, late: bool) -> None:
        """`late`: the process is so busy that something happens before what has fallen due."""
        self.evening.winds(timedelta(seconds=seconds))
        if not late:
            self.evening.beats()

    @rule(hours=st.sampled_from([-25, -1, 1, 25]))
    def the_clock_jumps(self, hours: int) -> None:
        self.evening.winds(timedelta(hours=hours))
        self.evening.beats()

    @rule()
    def the_process_is_killed(self) -> None:
        self.excused.update(ended.owed.id for ended in self.evening.under_way.values())
        self.evening.starts_again()

    @rule()
    def all_calms_down(self) -> None:
        self.evening.calms_down()
        promises.phones_show_the_truth(self.evening)
        promises.pages_show_every_open_alarm(self.evening)

    # What must hold

    def _watches(self, store: Store) -> None:
        self.before = promises.kept(self.before, store, self.evening.now)

    @invariant()
    def deliveries_end_once(self) -> None:
        before, self.ended = self.ended, self.evening.read(promises.ended)
        promises.each_delivery_ends_once(before, self.ended)
        promises.phones_show_only_what_was_committed(self.evening)
        promises.nothing_is_sent_twice_without_cause(self.evening.telegram.times, self.excused)

    @invariant()
    def nobody_is_forgotten(self) -> None:
        if self.evening.read(lambda store: store.timers.due(self.evening.now, 1)):
            return  # what is due comes first
        latest, now = self.evening.latest, self.evening.now
        self.evening.read(lambda store: promises.somebody_or_some_timer_has_it(store, latest, now))
        promises.the_person_was_told_the_truth(self.evening)

    def _presses(self, chat: int, at: int, button: int, killed: bool) -> None:
        offered = [
            (number, carries)
            for number, shown in self.evening.telegram.phones[chat].messages.items()
            for carries in shown.buttons
            if carries.startswith(VERBS)
        ]
        if offered:
            near = min(len(offered), 8) if at < 48 else len(offered)  # mostly what stands below
            number, carries = offered[-1 - (at * 8 + button) % near]
            self._or_again(lambda dies: self.evening.presses(chat, carries, number, killed=dies), killed)

    def _parent(self, n: int) -> int:
        return self.evening.ground.parents[n]

    def _staff(self, n: int) -> int:
        """Those on call, and behind them the lead."""
        return (*self.evening.ground.on_call, self.evening.ground.lead)[n]

    def _anybody(self, n: int) -> int:
        ground = self.evening.ground
        return (*ground.parents, *ground.on_call, ground.lead)[n]


def _changes(store: Store, person: Person, what: str, now: datetime) -> None:
    """Somebody answers a test page, leaves the team, or comes back to it."""
    if what == "heard":
        store.duties.tested(person.id, now)
    elif what == "leaves":
        store.people.revoke(person.id, Role.ON_CALL)
    else:
        store.people.grant(person.id, Role.ON_CALL, now)
    look_at_alarms(store, now)


def _overheard(turn: object) -> None:
    chat.overhears(turn)  # type: ignore[arg-type]
