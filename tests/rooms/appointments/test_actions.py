"""What people do with appointments, against a real store."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.appointments import room
from handlers.appointments.chat import menu
from handlers.planning.chat import picking
from handlers.refusal import Refusal
from storage.engine import Archive
from storage.records import Answer, Appointment, Delivery, DeliveryState, Lane, Person, Role
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


TO_PREVIEW = ("Yılmaz", "Beratungsgespräch", "Do 26.11.", "14 Uhr", "14:30", "Bonner")


async def made(cast: Cast, now: datetime, *ways: str) -> Appointment:
    await picks(cast, now, *(ways or TO_PREVIEW), "Senden")
    ahead = await cast.archive.read(lambda store: store.appointments.ahead(cast.family.id, now))
    return ahead[-1]


async def test_an_appointment_is_made_by_buttons_in_one_message(cast: Cast, now: datetime) -> None:
    preview = await picks(cast, now, *TO_PREVIEW)
    assert "Donnerstag, 26.11.2026" in text(preview)
    assert "Randevunuz: Danışma" in text(preview)
    assert "موعدكم" in text(preview)

    await cast.presses(cast.caseworker, carried(preview, "Senden"), now)

    mother, father = ([*cast.read(parent)] for parent in cast.parents)
    assert [len(mother), len(father)] == [1, 1]
    assert "🕒 14:30" in text(mother[0])
    assert "هل ستحضرون" in text(father[0])
    assert mother[0].lane is Lane.NEWS
    own = cast.read(cast.caseworker)
    assert [owed.method for owed in own] == ["editMessageText"]
    assert "Noch offen: Elter 0" in text(own[0])
    ahead = await cast.archive.read(lambda store: store.appointments.ahead(cast.family.id, now))
    assert [(one.starts_at, one.place) for one in ahead] == [(STARTS, "Bonner Straße, Bonner Str. 1")]
    assert await cast.timers() == {
        "appointments.day_before": [datetime(2026, 11, 25, 16, tzinfo=UTC)],
        "appointments.two_hours": [STARTS - timedelta(hours=2)],
    }


async def test_a_second_press_of_send_makes_no_second_appointment(cast: Cast, now: datetime) -> None:
    preview = await picks(cast, now, *TO_PREVIEW)
    send = carried(preview, "Senden")
    await cast.presses(cast.caseworker, send, now)
    again = await cast.presses(cast.caseworker, send, now)

    assert again.toast is not None
    assert again.toast.key == "calendar.stale.toast"
    assert "Noch offen" in text(cast.read(cast.caseworker)[-1])
    assert len(await cast.archive.read(lambda store: store.appointments.ahead(cast.family.id, now))) == 1


async def test_a_place_may_be_typed_and_the_same_message_goes_on(cast: Cast, now: datetime) -> None:
    await picks(cast, now, *TO_PREVIEW[:-1])
    await cast.does(cast.caseworker, room.dialogues["place"], now, text=" Café  am\nMarkt ")
    preview = cast.read(cast.caseworker)[-1]
    assert preview.method == "editMessageText"
    assert "📍 Café am Markt" in text(preview)
    with pytest.raises(Refusal):
        await cast.does(cast.caseworker, room.dialogues["place"], now, text="x")


@pytest.mark.parametrize(
    ("typed", "why"),
    [("", "given.empty"), ("\u2800 \u200b", "given.empty"), ("x" * 81, "calendar.place_length")],
)
async def test_an_unfit_place_is_refused(cast: Cast, now: datetime, typed: str, why: str) -> None:
    await picks(cast, now, *TO_PREVIEW[:-1])
    with pytest.raises(Refusal) as no:
        await cast.does(cast.caseworker, room.dialogues["place"], now, text=typed)
    assert no.value.phrase.key == why


async def test_a_time_that_passed_while_she_was_picking_is_refused(cast: Cast, now: datetime) -> None:
    preview = await picks(cast, now, "Yılmaz", "Hausbesuch", "Di 24.11.", "10 Uhr", "10:15", "Hause")
    send = carried(preview, "Senden")
    assert await cast.refused(cast.caseworker, send, now + timedelta(minutes=15)) == "calendar.past"
    assert not await cast.archive.read(lambda store: store.appointments.ahead(cast.family.id, now))


async def test_back_and_cancel_stand_at_each_step(cast: Cast, now: datetime) -> None:
    for count in range(1, len(TO_PREVIEW) + 1):
        shown = await picks(cast, now, *TO_PREVIEW[:count])
        await cast.presses(cast.caseworker, carried(shown, "Zurück"), now)
        before = cast.read(cast.caseworker)[-1]
        assert carried(before, TO_PREVIEW[count - 1])
        await cast.presses(cast.caseworker, carried(before, "Abbrechen"), now)
        assert "nichts gesendet" in text(cast.read(cast.caseworker)[-1])
    assert await cast.archive.read(lambda store: store.dialogues.of(cast.caseworker.id, now)) is None


async def test_forged_and_stale_buttons_change_nothing(cast: Cast, now: datetime) -> None:
    shown = await picks(cast, now, "Yılmaz", "Beratungsgespräch")
    key = carried(shown, "Do 26.11.").split(":")[2]
    for forged in (
        "day",
        "day:x",
        f"day:{key}",
        f"day:{key}:2020-01-01",
        f"day:{key}:%00",
        f"hour:{key}:9",
        f"send:{key}",
    ):
        turn = await cast.presses(cast.caseworker, f"appointments:{forged}", now)
        assert turn.toast is not None
    dialogue = await cast.archive.read(lambda store: store.dialogues.of(cast.caseworker.id, now))
    assert dialogue is not None
    assert dialogue.step == "day"


async def test_a_parent_can_not_make_appointments(cast: Cast, now: datetime) -> None:
    shown = await picks(cast, now, *TO_PREVIEW)
    send = carried(shown, "Senden")
    assert await cast.refused(cast.parents[0], send, now) == "refusal.role"
    assert await cast.refused(cast.parents[0], "appointments:new", now) == "refusal.role"


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
    assert len(buttons(seen)) == 2
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
    for label in ("Hayır", "Hayır", "Başka"):
        await cast.presses(mother, carried(card, label), now, message_id=5)
    told = [text(owed) for owed in cast.read(cast.caseworker) if owed.method == "sendMessage"]
    assert [line.splitlines()[0] for line in told] == [
        "❌ Absage von: Elter 0",
        "🔁 Wunsch nach anderem Termin von: Elter 0",
    ]
    answers = await cast.archive.read(lambda store: store.appointments.answers(appointment.id))
    assert answers == {mother.id: Answer.MOVE}


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
    assert len(statements) == 17, "\n".join(statements)


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
    for _ in range(6):
        appointment = await made(cast, now)
    cast.sent.clear()
    await cast.does(cast.parents[0], menu, now)
    listed = cast.read(cast.parents[0])
    assert len(listed) == 5
    assert all("Randevunuz" in text(owed) and owed.about.startswith("appointment:") for owed in listed)

    await cast.does(cast.caseworker, menu, now)
    (overview,) = cast.read(cast.caseworker)
    assert len(buttons(overview)) == 7
    await cast.presses(cast.caseworker, carried(overview, "Do 26.11. 14:30 Yılmaz"), now, message_id=400)
    opened = cast.read(cast.caseworker)[-1]
    assert carried(opened, "absagen").endswith(":1")
    assert carried(opened, "Alle Termine") == "appointments:list"
    await cast.does(cast.parents[1], menu, appointment.starts_at + timedelta(hours=1))
    assert "لا توجد مواعيد" in text(cast.read(cast.parents[1])[-1])


async def test_a_family_that_nobody_has_joined_yet_is_said_so(archive: Archive, now: datetime) -> None:
    alone = await gathered(archive, room, now, ())
    preview = await picks(alone, now, *TO_PREVIEW)
    assert "noch niemand dabei" in text(preview)
    await alone.presses(alone.caseworker, carried(preview, "Senden"), now)
    assert "noch niemand dabei" in text(alone.read(alone.caseworker)[-1])


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
