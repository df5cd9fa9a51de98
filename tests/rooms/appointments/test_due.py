"""What time brings: invitations made elsewhere, and word of cancelling."""

from datetime import UTC, datetime

import pytest

from handlers.appointments import room
from handlers.calendar import CANCELLED, INVITE
from handlers.reminding import owe
from storage.engine import Archive
from storage.records import Appointment, AppointmentKind
from storage.store import Store
from tests.rooms.appointments.cast import Cast, gathered, text

STARTS = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)


@pytest.fixture
async def cast(archive: Archive, now: datetime) -> Cast:
    return await gathered(archive, room, now, ("tr", "de", "de", "ar"))


async def planned(cast: Cast, now: datetime, kind: AppointmentKind = AppointmentKind.DOCTOR) -> Appointment:
    def job(store: Store) -> Appointment:
        one = store.appointments.add(cast.family.id, cast.caseworker.id, kind, STARTS, "")
        owe(store, one.id, STARTS, now)
        return one

    return await cast.archive.write(job)


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
