"""What a due reminder does, what the post reports back, and what a start finds and owes again."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers import reminding
from handlers.reminders import due, room
from handlers.reminding import AWAY, DUE
from storage.engine import Archive
from storage.records import (
    Answer,
    Appointment,
    AppointmentKind,
    Delivery,
    DeliveryState,
    Lane,
    Person,
    ReminderKind,
)
from storage.store import Store
from tests.rooms.appointments.cast import Cast, buttons, gathered, text

STARTS = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
EVENING = datetime(2026, 11, 25, 16, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 22, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 6, tzinfo=UTC)


@pytest.fixture
async def cast(archive: Archive, now: datetime) -> Cast:
    return await gathered(archive, room, now, ("tr", "de", "de", "ar"))


async def planned(cast: Cast, now: datetime, starts_at: datetime = STARTS) -> Appointment:
    def job(store: Store) -> Appointment:
        one = store.appointments.add(
            cast.family.id, cast.caseworker.id, AppointmentKind.DOCTOR, starts_at, ""
        )
        reminding.owe(store, one.id, starts_at, now)
        return one

    return await cast.archive.write(job)


async def became(cast: Cast, whose: Person) -> dict[str, tuple[str, str | None]]:
    """What became of somebody's newest reminders, by kind."""
    rows = await cast.archive.read(lambda store: store.reminders.of_caseload(cast.caseworker.id, *ALWAYS))
    theirs = [one.reminder for one in reversed(rows) if one.reminder.person_id == whose.id]
    return {one.kind.value: (one.state.value, one.reason) for one in theirs}


ALWAYS = (
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
    datetime(2026, 11, 24, tzinfo=UTC),
)


async def ends(cast: Cast, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """What the sender does when a delivery has ended."""

    def job(store: Store) -> None:
        store.deliveries.settle(owed.id, state, now)
        room.settled["appointment"](store, owed, state, now)
        cast.sent += store.posted

    await cast.archive.write(job)


async def test_reminders_come_to_those_who_may_still_come(cast: Cast, now: datetime) -> None:
    one = await planned(cast, now)
    said = dict(zip(cast.parents, (Answer.YES, Answer.NO, Answer.MOVE), strict=False))

    def answers(store: Store) -> None:
        for parent, answer in said.items():
            store.appointments.answer(one.id, parent.id, answer, now)

    await cast.archive.write(answers)
    await cast.falls_due(EVENING)

    yes, no, move, open_ = ([*cast.read(parent)] for parent in cast.parents)
    assert (no, move) == ([], [])
    assert "Randevunuz yarın" in text(yes[0])
    assert "هل الموعد مناسب" in text(open_[0])
    assert yes[0].lane is Lane.REMINDER
    assert yes[0].rank == int(STARTS.timestamp())
    assert yes[0].expires_at == datetime(2026, 11, 25, 20, tzinfo=UTC)  # 21:00, when she sleeps
    assert buttons(yes[0])
    reasons = [(await became(cast, parent))["day_before"] for parent in cast.parents]
    assert reasons == [("posted", None), ("dropped", "declined"), ("dropped", "moving"), ("posted", None)]

    await ends(cast, yes[0], DeliveryState.DELIVERED, EVENING)
    await cast.falls_due(STARTS - timedelta(hours=2))
    assert "Randevunuza az kaldı" in text(cast.read(cast.parents[0])[0])
    assert (await became(cast, cast.parents[0]))["day_before"] == ("delivered", None)
    assert (await became(cast, cast.parents[3]))["day_before"] == ("dropped", "overtaken")


async def test_a_late_reminder_never_says_tomorrow_of_today(cast: Cast, now: datetime) -> None:
    await planned(cast, now)
    await cast.falls_due(STARTS - timedelta(hours=3))
    assert "Heute ist Ihr Termin" in text(cast.read(cast.parents[1])[0])


async def test_both_late_reminders_become_one(cast: Cast, now: datetime) -> None:
    await planned(cast, now)
    await cast.falls_due(STARTS - timedelta(minutes=30))
    (only,) = cast.read(cast.parents[1])
    assert "bald" in text(only)
    assert (await became(cast, cast.parents[1]))["day_before"] == ("dropped", "overtaken")


async def test_after_the_appointment_it_is_listed_that_nobody_was_reminded(cast: Cast, now: datetime) -> None:
    await planned(cast, now)
    await cast.falls_due(STARTS)
    assert cast.sent == []
    for parent in cast.parents:
        assert await became(cast, parent) == dict.fromkeys(ReminderKind, ("dropped", "stale"))
    assert await cast.timers() == {}


async def test_a_cancelled_or_moved_appointment_reminds_of_nothing_old(cast: Cast, now: datetime) -> None:
    one = await planned(cast, now)
    await cast.falls_due(EVENING)
    waiting = cast.read(cast.parents[0])

    def moves(store: Store) -> list[int]:
        store.appointments.move(one.id, one.revision, STARTS + timedelta(days=1))
        reminding.drop(store, one.id, EVENING, reminding.MOVED)
        reminding.owe(store, one.id, STARTS + timedelta(days=1), EVENING)
        return store.take_withdrawn()

    withdrawn = await cast.archive.write(moves)
    assert waiting[0].id in withdrawn
    cast.sent.clear()
    await cast.falls_due(STARTS)
    assert cast.sent == []
    await cast.falls_due(EVENING + timedelta(days=1))
    assert [len(cast.read(parent)) for parent in cast.parents] == [1, 1, 1, 1]
    rows = await cast.archive.read(lambda store: store.reminders.of(one.id))
    assert sum(row.reason == "moved" for row in rows) == 2 * len(cast.parents)

    def cancels(store: Store) -> None:
        store.appointments.cancel(one.id, one.revision + 1)
        reminding.drop(store, one.id, EVENING + timedelta(days=1))

    await cast.archive.write(cancels)
    await cast.falls_due(STARTS + timedelta(days=2))
    assert cast.sent == []
    assert await cast.timers() == {}


async def test_what_waited_into_quiet_hours_comes_in_the_morning_in_other_words(
    cast: Cast, now: datetime
) -> None:
    await planned(cast, now)
    await cast.falls_due(EVENING)
    (owed,) = cast.read(cast.parents[1])
    assert "Morgen ist Ihr Termin" in text(owed)

    await ends(cast, owed, DeliveryState.SUPERSEDED, NIGHT)
    assert cast.read(cast.parents[1]) == []
    assert (await became(cast, cast.parents[1]))["day_before"] == ("owed", None)

    await cast.falls_due(MORNING)
    (again,) = cast.read(cast.parents[1])
    assert "Heute ist Ihr Termin" in text(again)


async def test_what_was_taken_out_of_the_outbox_by_others_is_looked_at_again(
    cast: Cast, now: datetime
) -> None:
    await planned(cast, now)
    await cast.falls_due(EVENING)
    paused = cast.parents[1]

    def pauses(store: Store) -> None:
        store.people.pause(paused.id, EVENING)
        store.deliveries.withdraw(paused.id, EVENING, Lane.NEWS)

    await cast.archive.write(pauses)
    cast.sent.clear()
    await cast.falls_due(NIGHT)
    assert (await became(cast, paused))["day_before"] == ("dropped", "paused")
    assert cast.read(paused) == []


@pytest.mark.parametrize(("blocked", "reason"), [(True, "blocked"), (False, "unreachable")])
async def test_what_finds_no_way_is_listed(cast: Cast, now: datetime, blocked: bool, reason: str) -> None:
    await planned(cast, now)
    await cast.falls_due(EVENING)
    parent = cast.parents[1]
    await cast.archive.write(lambda store: store.people.set_blocked(parent.id, blocked))
    await ends(cast, cast.read(parent)[0], DeliveryState.UNDELIVERABLE, EVENING)
    assert (await became(cast, parent))["day_before"] == ("dropped", reason)


async def test_no_is_heard_while_the_reminder_waits(cast: Cast, now: datetime) -> None:
    one = await planned(cast, now)
    await cast.falls_due(EVENING)
    parent = cast.parents[1]
    (owed,) = cast.read(parent)

    def declines(store: Store) -> list[int]:
        store.appointments.answer(one.id, parent.id, Answer.NO, EVENING)
        reminding.answered(store, one.id, parent.id, Answer.NO, EVENING)
        return store.take_withdrawn()

    assert await cast.archive.write(declines) == [owed.id]
    assert (await became(cast, parent))["day_before"] == ("dropped", "declined")


async def test_a_start_owes_what_has_no_rows_and_what_lost_its_timer_or_message(
    cast: Cast, now: datetime
) -> None:
    one = await planned(cast, now)
    await cast.falls_due(EVENING)

    def as_restored(store: Store) -> None:
        for row in store.reminders.of(one.id):
            store.timers.drop(DUE, row.id)
        for parent in cast.parents:
            store.deliveries.withdraw(parent.id, EVENING)
        kind = AppointmentKind.DOCTOR
        store.appointments.add(cast.family.id, cast.caseworker.id, kind, STARTS + timedelta(days=1), "")
        due.opens(store, EVENING)

    await cast.archive.write(as_restored)
    found = await cast.timers()
    assert len(found[DUE]) == 16  # both of each appointment for each of four parents
    assert found[DUE].count(EVENING) == 4
    cast.sent.clear()
    await cast.falls_due(EVENING)
    assert [len(cast.read(parent)) for parent in cast.parents] == [1, 1, 1, 1]
    await cast.archive.write(lambda store: due.opens(store, EVENING))
    assert len((await cast.timers())[DUE]) == 16


async def test_after_a_time_away_each_caseworker_hears_once_what_it_meant(cast: Cast, now: datetime) -> None:
    await planned(cast, now)
    back = EVENING + timedelta(hours=1)
    await cast.archive.write(lambda store: reminding.was_away(store, EVENING - timedelta(hours=1), back))
    assert AWAY in await cast.timers()
    await cast.falls_due(back)
    for parent in cast.parents:
        await ends(cast, cast.read(parent)[0], DeliveryState.DELIVERED, back)
    assert cast.read(cast.caseworker) == []
    await cast.falls_due(back + timedelta(minutes=1))
    (told,) = cast.read(cast.caseworker)
    assert "zu spät kamen: 4" in text(told)
    assert "entfielen: 0" in text(told)
    assert AWAY not in await cast.timers()


async def test_a_gap_in_which_nothing_was_due_is_not_worth_a_word(cast: Cast, now: datetime) -> None:
    await planned(cast, now)
    at = EVENING + timedelta(minutes=1)  # as when the clock is wound from one due moment to the next
    await cast.archive.write(lambda store: reminding.was_away(store, now, at))
    assert AWAY not in await cast.timers()
