"""Whatever happens in whatever order: one nudge for each time that was told, and none to who has answered."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import appointed, calling, consenting
from handlers.appointment_rules import Standing, standing
from handlers.calls import room
from storage.engine import Archive
from storage.records import Answer, AppointmentKind, Purpose, Reached, Role, Why
from storage.store import Store
from tests.rooms.appointments.cast import person as somebody

BEGIN = datetime(2026, 11, 24, 9, tzinfo=UTC)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(1, 40)),  # so many hours
        st.tuples(st.just("answer"), st.sampled_from(sorted(Answer))),
        st.tuples(st.just("move"), st.integers(30, 200)),  # to so many hours from then
        st.tuples(st.just("cancel"), st.just(0)),
        st.tuples(st.just("start"), st.just(0)),  # the bot is started anew
        st.tuples(st.just("lose"), st.just(0)),  # timers are lost, and it is started anew
    ),
    max_size=9,
)


class Life:
    """One appointment of one parent, and what was nudged since it was last told."""

    def __init__(self, store: Store, number: int, hours: int) -> None:
        self.store, self.now = store, BEGIN
        klein = somebody(store, number, "Frau Klein", "de", Role.CASEWORKER, BEGIN)
        self.klein = klein
        self.amina = somebody(store, number + 1, "Amina", "de", Role.PARENT, BEGIN)
        self.family = store.families.add("Ahorn", klein.id, BEGIN)
        store.families.join(self.family.id, self.amina.id)
        store.consents.give(
            self.amina.id, Purpose.CONTACT, consenting.VERSIONS[Purpose.CONTACT], "", "de", BEGIN
        )
        kind = AppointmentKind.DOCTOR
        made = store.appointments.add(self.family.id, klein.id, kind, BEGIN + timedelta(hours=hours), "")
        self.id, self.told, self.nudges = made.id, 1, 0
        appointed.invite(store, appointed.known(store, made.id), BEGIN)

    def does(self, deed: str, value: int | Answer) -> None:
        circle = appointed.known(self.store, self.id)
        match deed:
            case "pass":
                self.passes(timedelta(hours=int(value)))
            case "answer" if standing(circle.appointment, self.now) is Standing.PLANNED:
                said = Answer(value)
                self.store.appointments.answer(self.id, self.amina.id, said, self.now)
                calling.answered(self.store, circle.appointment, self.amina.id, said, self.now)
            case "move":
                to = self.now + timedelta(hours=int(value))
                if appointed.moved(self.store, circle, to, by=self.klein, now=self.now):
                    self.told, self.nudges = self.told + 1, 0
            case "cancel":
                appointed.cancelled(self.store, circle, by=self.klein, now=self.now)
            case "start" | "lose":
                if deed == "lose":
                    for kind in (calling.NUDGE, calling.OWED, calling.UNCLEAR):
                        self.store.timers.drop(kind, f"{self.id}:{self.amina.id}")
                assert room.opens is not None
                room.opens(self.store, self.now)

    def passes(self, span: timedelta) -> None:
        until = self.now + span
        while True:
            due = [t for t in self.store.timers.ahead(999) if t.kind in room.due and t.due_at <= until]
            mine = [t for t in due if t.scope.startswith((self.id, self.klein.id))]
            if not mine:
                break
            timer = min(mine, key=lambda one: one.due_at)
            self.now = max(self.now, timer.due_at)
            self.store.timers.drop(timer.kind, timer.scope)
            before = self.count()
            room.due[timer.kind](self.store, timer.scope, self.now)
            if self.count() > before:
                self.nudged()
        self.now = until

    def count(self) -> int:
        lines = self.store.journal.of_family(self.family.id, 99)
        return sum(line.act == "appointment.nudged" for line in lines)

    def nudged(self) -> None:
        """It came once for this time, to somebody who had not answered, for what takes place."""
        self.nudges += 1
        circle = appointed.known(self.store, self.id)
        assert self.nudges == 1
        assert self.amina.id not in circle.answers
        assert circle.appointment.state == "planned"
        assert self.now <= circle.appointment.starts_at - calling.AT_LEAST

    def holds(self) -> None:
        """Whoever has not answered, or not understood, is waited for or called; nobody else is."""
        circle = appointed.known(self.store, self.id)
        open_ = self.store.calls.open_about(self.id, self.amina.id)
        planned, said = circle.appointment.state == "planned", circle.answers.get(self.amina.id)
        waits, unclear = planned and said is None, planned and said is Answer.UNCLEAR
        if not waits and not unclear:
            assert open_ == []
            scope = f"{self.id}:{self.amina.id}"
            kinds = (calling.NUDGE, calling.OWED, calling.UNCLEAR)
            assert not any(self.store.timers.due_at(kind, scope) for kind in kinds)
        assert all(call.why is (Why.UNCLEAR if unclear else Why.UNANSWERED) for call in open_)
        assert len(open_) <= 1
        if (waits or unclear) and circle.appointment.starts_at <= self.now:
            assert len(open_) == 1 or self.was_called()

    def was_called(self) -> bool:
        ids = self.store.calls.ids_of_family(self.family.id)
        calls = [self.store.calls.get(id) for id in ids]
        return any(call is not None and call.outcome is not Reached.SETTLED for call in calls)


Story = tuple[int, list[tuple[str, int | Answer]]]


async def test_one_nudge_for_each_time_and_none_after_an_answer_a_move_or_a_cancel(archive: Archive) -> None:
    drawn: list[Story] = []

    @settings(max_examples=150, deadline=None)
    @given(st.tuples(st.integers(1, 300), deeds))
    def draw(story: Story) -> None:
        drawn.append(story)

    draw()
    nudges = 0
    for number, (hours, story) in enumerate(drawn):
        nudges += await archive.write(lambda store, n=number, h=hours, s=story: lived(store, n * 2 + 1, h, s))
    assert nudges > 20


def lived(store: Store, number: int, hours: int, story: list[tuple[str, int | Answer]]) -> int:
    """How many nudges came in all of it."""
    life = Life(store, number, hours)
    for deed, value in [*story, ("pass", 400)]:
        life.does(deed, value)
        life.holds()
    return life.count()
