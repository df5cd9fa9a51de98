"""What time brings: reminders for those who may come, invitations made elsewhere, and word of cancelling."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.appointments import room
from handlers.calendar import CANCELLED, INVITE
from handlers.reminding import owe
from storage.engine import Archive
from storage.records import Answer, Appointment, AppointmentKind, Lane
from storage.store import Store
from tests.rooms.appointments.cast import Cast, buttons, gathered, text

STARTS = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
EVENING = datetime(2026, 11, 25, 16, tzinfo=UTC)


@pytest.fixture
async def cast(archive: Archive, now: datetime) -> Cast:
    return await gathered(archive, room, now, ("tr", "de", "de", "ar"))


async def planned(cast: Cast, now: datetime, kind: AppointmentKind = AppointmentKind.DOCTOR) -> Appointment:
    def job(store: Store) -> Appointment:
        one = store.appointments.add(cast.family.id, cast.caseworker.id, kind, STARTS, "")
        owe(store, one.id, STARTS, now)
        return one

    return await cast.archive.write(job)


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
    assert len(buttons(yes[0])) == 2
    await cast.falls_due(STARTS - timedelta(hours=2))
    assert "Randevunuza az kaldı" in text(cast.read(cast.parents[0])[0])
    assert await cast.timers() == {}


async def test_a_late_reminder_never_says_tomorrow_of_today(cast: Cast, now: datetime) -> None:
    await planned(cast, now)
    await cast.falls_due(STARTS - timedelta(hours=3))
    assert "Heute ist Ihr Termin" in text(cast.read(cast.parents[1])[0])


async def test_both_late_reminders_become_one(cast: Cast, now: datetime) -> None:
    await planned(cast, now)
    await cast.falls_due(STARTS - timedelta(minutes=30))
    (only,) = cast.read(cast.parents[1])
    assert "bald" in text(only)
    assert await cast.acts() == ["appointment.reminder.overtaken", "appointment.reminder.sent"]


async def test_after_the_appointment_only_the_journal_hears(cast: Cast, now: datetime) -> None:
    await planned(cast, now)
    await cast.falls_due(STARTS)
    assert cast.sent == []
    assert await cast.acts() == ["appointment.reminder.missed"] * 2


async def test_invitations_of_a_training_have_their_own_words(cast: Cast, now: datetime) -> None:
    one = await planned(cast, now, AppointmentKind.PARENT_TRAINING_SESSION)
    await cast.archive.write(lambda store: store.timers.set(INVITE, one.id, now))
    await cast.falls_due(now)
    assert [len(cast.read(parent)) for parent in cast.parents[1:]] == [1, 1, 1]
    (card,) = cast.read(cast.parents[0])
    assert text(card).startswith("👪 Anne-baba eğitimi")
    assert await cast.acts() == ["appointment.invited"]


async def test_whoever_was_invited_hears_that_it_was_cancelled_elsewhere(cast: Cast, now: datetime) -> None:
    one = await planned(cast, now)
    await cast.archive.write(lambda store: store.timers.set(CANCELLED, one.id, now))
    await cast.falls_due(now)
    assert cast.sent == []  # it still stands

    def cancelled(store: Store) -> None:
        store.timers.set(INVITE, one.id, now)
        room.due[INVITE](store, one.id, now)
        store.appointments.cancel(one.id, 1)
        store.timers.set(CANCELLED, one.id, now)

    await cast.archive.write(cancelled)
    await cast.falls_due(now)
    changed, told = cast.read(cast.parents[1])
    assert (changed.edits, told.edits) == (True, False)
    assert "fällt aus" in text(told)
    assert "appointment.invitation.dropped" in await cast.acts()
