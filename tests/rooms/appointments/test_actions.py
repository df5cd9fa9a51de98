"""What people do with appointments, against a real store."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers import appointed
from handlers.appointments import room
from handlers.appointments.chat import menu
from handlers.planning.chat import picking
from storage.engine import Archive
from storage.records import Answer, Appointment, AppointmentKind, Delivery, DeliveryState, Lane, Person, Role
from storage.store import Store
from tests.rooms.appointments.cast import Cast, buttons, carried, gathered, person, text

STARTS = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)


@pytest.fixture
async def cast(archive: Archive, now: datetime) -> Cast:
    return await gathered(archive, room, now, ("tr", "ar"))


async def picks(cast: Cast, now: datetime, *labels: str) -> Delivery:
    """Presses the buttons with these labels one after the other; the screen after the last one."""
    await cast.does(cast.caseworker, picking.begin, now)
    shown = cast.read(cast.caseworker)[-1]
    for label in labels:
        await cast.presses(cast.caseworker, carried(shown, label), now)
        shown = cast.read(cast.caseworker)[-1]
    return shown


TO_PREVIEW = ("Yılmaz", "Für alle", "Beratungsgespräch", "26", "14 Uhr", "14:30", "Bonner")


async def made(cast: Cast, now: datetime, *ways: str) -> Appointment:
    await picks(cast, now, *(ways or TO_PREVIEW), "Senden")
    ahead = await cast.archive.read(lambda store: store.appointments.ahead(cast.family.id, now))
    return ahead[-1]


async def planted(cast: Cast, now: datetime, days: int = 1, **more: Any) -> list[Appointment]:
    """As many appointments, one a day, as if somebody had made them: the parents have their cards."""

    def job(store: Store) -> list[Appointment]:
        found = []
        for day in range(days):
            kind, at = AppointmentKind.COUNSELLING, STARTS + timedelta(days=day)
            one = store.appointments.add(cast.family.id, cast.caseworker.id, kind, at, "Café", **more)
            appointed.invite(store, appointed.known(store, one.id), now)
            found.append(one)
        cast.sent += store.posted
        return found

    return await cast.archive.write(job)


async def test_an_answer_reaches_the_caseworker_at_once_and_on_her_card(cast: Cast, now: datetime) -> None:
    await made(cast, now)
    mother = cast.parents[0]
    card = cast.read(mother)[0]
    await cast.arrives(card, 5)
    cast.sent.clear()

    turn = await cast.presses(mother, carried(card, "Evet"), now, message_id=5)

    assert turn.toast is not None
    assert turn.toast.key == "appointments.yes.toast"
    (seen,) = cast.read(mother)
    assert "Kabul ettiniz" in text(seen)
    assert [button["callback_data"].split(":")[:2] for button in buttons(seen)] == [
        ["appointments", "no"],
        ["moving", "ask"],
        ["appointments", "unclear"],
        ["appointments", "where"],
        ["appointments", "ics"],
    ]
    changed, told = cast.read(cast.caseworker)
    assert (changed.method, told.method) == ("editMessageText", "sendMessage")
    assert "Ja: Elter 0" in text(changed)
    assert "Noch offen: Elter 1" in text(changed)
    assert "Zusage von: Elter 0" in text(told)
    assert not cast.read(cast.parents[1])


async def test_a_parent_may_change_her_mind_and_a_double_tap_tells_nobody_twice(
    cast: Cast, now: datetime
) -> None:
    appointment = await made(cast, now)
    mother = cast.parents[0]
    card = cast.read(mother)[0]
    for label in ("Hayır", "Hayır", "Evet"):
        await cast.presses(mother, carried(card, label), now, message_id=5)
    told = [text(owed) for owed in cast.read(cast.caseworker) if owed.method == "sendMessage"]
    assert [line.splitlines()[0] for line in told] == [
        "❌ Absage von: Elter 0",
        "✅ Zusage von: Elter 0",
    ]
    answers = await cast.archive.read(lambda store: store.appointments.answers(appointment.id))
    assert answers == {mother.id: Answer.YES}


async def test_the_hot_path_needs_few_statements(cast: Cast, now: datetime) -> None:
    await made(cast, now)
    mother, card = cast.parents[0], cast.read(cast.parents[0])[0]
    await cast.arrives(card, 5)
    ran: list[str] = []

    def listen(store: Store) -> None:
        raw: Any = store.connection.connection.driver_connection
        raw.set_trace_callback(ran.append)

    await cast.archive.write(listen)
    await cast.presses(mother, carried(card, "Evet"), now, message_id=5)
    statements = [one for one in ran if one.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    assert len(statements) <= 24, "\n".join(statements)


async def test_a_stranger_and_another_family_are_refused(cast: Cast, now: datetime) -> None:
    appointment = await made(cast, now)

    def job(store: Store) -> tuple[Person, Person]:
        other = store.families.add("Andere", cast.caseworker.id, now)
        foreign = person(store, 99, "Fremd", "de", Role.PARENT, now)
        store.families.join(other.id, foreign.id)
        return foreign, person(store, 98, "Herr Weber", "de", Role.CASEWORKER, now)

    foreign, colleague = await cast.archive.write(job)
    yes = f"appointments:yes:{appointment.id}:1"
    assert await cast.refused(foreign, yes, now) == "appointments.not_yours"
    assert await cast.refused(foreign, "appointments:yes:nowhere:1", now) == "appointments.gone"
    assert await cast.refused(foreign, "appointments:yes", now) == "appointments.gone"
    for verb in ("open", "cancel", "sure"):
        assert (
            await cast.refused(colleague, f"appointments:{verb}:{appointment.id}:1", now)
            == "refusal.not_your_family"
        )
        assert (
            await cast.refused(cast.parents[0], f"appointments:{verb}:{appointment.id}:1", now)
            == "refusal.role"
        )
    assert await cast.archive.read(lambda store: store.appointments.answers(appointment.id)) == {}


async def test_a_cancelled_appointment_is_told_and_its_old_buttons_only_show_it(
    cast: Cast, now: datetime
) -> None:
    appointment = await made(cast, now)
    mother = cast.parents[0]
    card = cast.read(mother)[0]
    await cast.arrives(card, 5)
    cast.sent.clear()
    await cast.presses(cast.caseworker, f"appointments:cancel:{appointment.id}:1", now)
    sure = cast.read(cast.caseworker)[-1]
    await cast.presses(cast.caseworker, carried(sure, "Ja, absagen"), now)

    changed, told = cast.read(mother)
    assert (changed.method, told.method, told.lane) == ("editMessageText", "sendMessage", Lane.NEWS)
    assert text(changed) == "❌ İptal edildi: Perşembe, 26.11.2026, 14:30"
    assert text(told).splitlines()[0] == "❌ Randevu iptal edildi: Danışma görüşmesi"
    (own,) = cast.read(cast.caseworker)
    assert "abgesagt" in text(own)
    assert await cast.timers() == {}

    cast.sent.clear()
    turn = await cast.presses(mother, carried(card, "Evet"), now, message_id=5)
    assert (turn.toast.key if turn.toast else "", turn.alert) == ("appointments.stale.toast", True)
    assert "İptal edildi" in text(cast.read(mother)[0])
    assert not cast.read(cast.caseworker)
    again = await cast.presses(cast.caseworker, carried(sure, "Ja, absagen"), now)
    assert again.toast is not None
    assert again.toast.key == "appointments.stale.toast"
    assert not cast.read(mother)


async def test_an_answer_to_a_past_appointment_is_not_taken(cast: Cast, now: datetime) -> None:
    appointment = await made(cast, now)
    card = cast.read(cast.parents[0])[0]
    await cast.presses(cast.parents[0], carried(card, "Evet"), STARTS, message_id=5)
    assert "zamanı geçti" in text(cast.read(cast.parents[0])[-1])
    assert await cast.archive.read(lambda store: store.appointments.answers(appointment.id)) == {}


async def test_everybody_lists_what_is_ahead(cast: Cast, now: datetime) -> None:
    appointment, *_ = await planted(cast, now, days=6)
    cast.sent.clear()
    await cast.does(cast.parents[0], menu, now)
    listed = cast.read(cast.parents[0])
    assert len(listed) == 5
    assert all("Randevunuz" in text(owed) and owed.about.startswith("appointment:") for owed in listed)

    await cast.does(cast.caseworker, menu, now)
    (overview,) = cast.read(cast.caseworker)
    opening = [one for one in buttons(overview) if one["callback_data"].startswith("appointments:open:")]
    assert len(opening) == 6
    await cast.presses(cast.caseworker, carried(overview, "Do 26.11. 14:30 Yılmaz"), now, message_id=400)
    opened = cast.read(cast.caseworker)[-1]
    assert carried(opened, "absagen").endswith(":1")
    assert carried(opened, "Alle Termine") == "appointments:list"
    await cast.does(cast.parents[1], menu, appointment.starts_at + timedelta(days=6))
    assert "لا توجد مواعيد" in text(cast.read(cast.parents[1])[-1])


async def test_undelivered_cards_are_told_once_for_each_parent(cast: Cast, now: datetime) -> None:
    await made(cast, now)
    cards = {parent.id: cast.read(parent)[0] for parent in cast.parents}
    cast.sent.clear()
    tell = room.settled["appointment"]

    def job(store: Store) -> None:
        for state in (DeliveryState.DELIVERED, DeliveryState.UNDELIVERABLE, DeliveryState.UNDELIVERABLE):
            tell(store, cards[cast.parents[0].id], state, now)
        tell(store, cards[cast.parents[1].id], DeliveryState.UNDELIVERABLE, now)
        cast.sent += store.posted

    await cast.archive.write(job)
    told = [text(owed) for owed in cast.read(cast.caseworker)]
    assert [line.splitlines()[0] for line in told] == [
        "⚠️ Nicht angekommen bei: Elter 0",
        "⚠️ Nicht angekommen bei: Elter 1",
    ]
    assert all("Familie: Yılmaz" in line for line in told)
