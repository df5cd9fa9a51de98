"""How an appointment is made by buttons in one message, against a real store."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.calendar import Draft
from handlers.planning import room
from handlers.planning.chat import picking
from handlers.refusal import Refusal
from storage.engine import Archive
from storage.records import AppointmentKind, Delivery, Lane, Role
from storage.store import Store
from storage.tables import members
from tests.rooms.appointments.cast import Cast, buttons, carried, gathered, person, text

STARTS = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)


@pytest.fixture
async def cast(archive: Archive, now: datetime) -> Cast:
    return await gathered(archive, room, now, ("tr", "ar"))


async def picks(cast: Cast, now: datetime, *labels: str) -> Delivery:
    """Presses the buttons with these labels one after the other; the screen after the last one."""
    await cast.does(cast.caseworker, picking.begin, now)
    shown: Delivery = cast.read(cast.caseworker)[-1]
    return await goes_on(cast, now, shown, *labels)


async def goes_on(cast: Cast, now: datetime, shown: Delivery, *labels: str) -> Delivery:
    for label in labels:
        await cast.presses(cast.caseworker, carried(shown, label), now)
        shown = cast.read(cast.caseworker)[-1]
    return shown


TO_PREVIEW = ("Yılmaz", "Für alle", "Beratungsgespräch", "26", "14 Uhr", "14:30", "Bonner")


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
    preview = await picks(cast, now, "Yılmaz", "Für alle", "Hausbesuch", "24", "10 Uhr", "10:15", "Hause")
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
    shown = await picks(cast, now, "Yılmaz", "Für alle", "Beratungsgespräch")
    key = carried(shown, "26").split(":")[2]
    for forged in (
        "day",
        "day:x",
        f"day:{key}",
        f"day:{key}:2020-01-01",
        f"day:{key}:%00",
        f"hour:{key}:9",
        f"send:{key}",
    ):
        turn = await cast.presses(cast.caseworker, f"planning:{forged}", now)
        assert turn.toast is not None
    dialogue = await cast.archive.read(lambda store: store.dialogues.of(cast.caseworker.id, now))
    assert dialogue is not None
    assert dialogue.step == "day"


async def test_a_parent_can_not_make_appointments(cast: Cast, now: datetime) -> None:
    shown = await picks(cast, now, *TO_PREVIEW)
    send = carried(shown, "Senden")
    assert await cast.refused(cast.parents[0], send, now) == "refusal.role"
    assert await cast.refused(cast.parents[0], "planning:new", now) == "refusal.role"


async def test_a_family_that_nobody_has_joined_yet_is_said_so(archive: Archive, now: datetime) -> None:
    alone = await gathered(archive, room, now, ())
    preview = await picks(alone, now, "Yılmaz", *TO_PREVIEW[2:])
    assert "noch niemand dabei" in text(preview)
    await alone.presses(alone.caseworker, carried(preview, "Senden"), now)
    assert "noch niemand dabei" in text(alone.read(alone.caseworker)[-1])


async def test_the_calendar_turns_over_six_months_and_back(cast: Cast, now: datetime) -> None:
    shown = await picks(cast, now, *TO_PREVIEW[:3])
    titles = []
    for _ in range(6):
        titles.append(buttons(shown)[0]["text"])
        shown = await goes_on(cast, now, shown, "▶️")
    assert [label["text"] for label in buttons(shown)[:2]] == ["◀️", "Mai 2027"]
    assert "▶️" not in [label["text"] for label in buttons(shown)]
    assert "06.05.2027: Christi Himmelfahrt" in text(shown)
    assert [carried(shown, f"{day}*") for day in (1, 6, 17, 27)]
    for _ in range(6):
        shown = await goes_on(cast, now, shown, "◀️")
    assert buttons(shown)[0]["text"] == titles[0] == "November 2026"


async def test_a_day_that_is_none_is_answered_kindly(cast: Cast, now: datetime) -> None:
    shown = await picks(cast, now, *TO_PREVIEW[:3])
    assert carried(shown, "[24]")
    for blank, said in (("past", "calendar.past_day.toast"), ("none", "calendar.tap_day.toast")):
        key = carried(shown, "26").split(":")[2]
        turn = await cast.presses(cast.caseworker, f"planning:blank:{key}:{blank}", now)
        assert (turn.toast.key if turn.toast else "") == said
    assert not cast.read(cast.caseworker)


async def busy(cast: Cast, starts_at: datetime, minutes: int, now: datetime) -> None:
    def job(store: Store) -> None:
        other = store.families.add("Andere", cast.caseworker.id, now)
        kind = AppointmentKind.OTHER
        store.appointments.add(other.id, cast.caseworker.id, kind, starts_at, "", minutes=minutes)

    await cast.archive.write(job)


async def test_what_is_taken_is_marked_and_may_be_chosen_after_a_warning(cast: Cast, now: datetime) -> None:
    await busy(cast, STARTS, 90, now)
    day = await picks(cast, now, *TO_PREVIEW[:3])
    hour = await goes_on(cast, now, day, "26•")
    assert carried(hour, "⛔ 15 Uhr") == carried(hour, "15 Uhr")
    quarter = await goes_on(cast, now, hour, "14 Uhr •")
    marked = [one["text"] for one in buttons(quarter)[:4]]
    assert marked == ["14:00", "14:15", "⛔ 14:30", "⛔ 14:45"]
    preview = await goes_on(cast, now, quarter, "14:15", "Bonner")
    assert "⛔ Da haben Sie schon etwas:\n• Donnerstag, 26.11.2026, 14:30 bis 16:00" in text(preview)
    shorter = await goes_on(cast, now, preview, "Dauer: 60", "15 Min.")
    assert "⛔" not in text(shorter)
    assert "⏱ Dauer in Minuten: 15" in text(shorter)


async def test_what_lies_beside_the_preview_comes_back_to_it(cast: Cast, now: datetime) -> None:
    preview = await picks(cast, now, *TO_PREVIEW)
    languages = await goes_on(cast, now, preview, "Übersetzung")
    offered = [one["text"] for one in buttons(languages)]
    assert offered[0] == "Nein, niemand"
    assert set(offered[1:3]) == {"🗣 Türkisch", "🗣 Arabisch"}
    assert offered[3] == "🗣 Englisch"
    preview = await goes_on(cast, now, languages, "Arabisch")
    assert "🗣" in text(preview)
    things = await goes_on(cast, now, preview, "Mitbringen", "▫️ Impfpass", "▫️ Brief", "▫️ Windeln")
    preview = await goes_on(cast, now, things, "✅ Brief", "Fertig")
    for said in ("Impfpass, Windeln", "aşı kartı, bebek bezi", "دفتر التطعيم، حفاضات"):
        assert said in text(preview), text(preview)
    await cast.presses(cast.caseworker, carried(preview, "Senden"), now)
    (made,) = await cast.archive.read(lambda store: store.appointments.ahead(cast.family.id, now))
    assert (made.interpreter, made.bring, made.minutes) == ("ar", ("vaccination_card", "diapers"), 60)
    assert (made.meeting_place_id, made.made_at) == ("b", now)


async def test_a_seventh_thing_is_not_taken(cast: Cast, now: datetime) -> None:
    shown = await picks(cast, now, *TO_PREVIEW)
    shown = await goes_on(cast, now, shown, "Mitbringen", *["▫️"] * 6)
    turn = await cast.presses(cast.caseworker, carried(shown, "▫️"), now)
    assert turn.toast is not None
    assert text(cast.read(cast.caseworker)[-1])


async def test_each_parent_may_have_an_appointment_alone(cast: Cast, now: datetime) -> None:
    mother, father = cast.parents
    alone = (TO_PREVIEW[0], "Nur Elter 1", *TO_PREVIEW[2:])
    preview = await picks(cast, now, *alone)
    assert "👤 Nur für: Elter 1" in text(preview)
    assert "Türkçe" not in text(preview)
    await cast.presses(cast.caseworker, carried(preview, "Senden"), now)
    assert not cast.read(mother)
    assert len(cast.read(father)) == 1
    theirs = await cast.archive.read(
        lambda store: [store.appointments.ahead(cast.family.id, now, one.id) for one in cast.parents]
    )
    assert [len(one) for one in theirs] == [0, 1]


async def test_whom_it_is_for_must_still_be_of_the_family(cast: Cast, now: datetime) -> None:
    preview = await picks(cast, now, TO_PREVIEW[0], "Nur Elter 1", *TO_PREVIEW[2:])
    gone = members.delete().where(members.c.person_id == cast.parents[1].id)
    await cast.archive.write(lambda store: store.connection.execute(gone))
    refused = await cast.refused(cast.caseworker, carried(preview, "Senden"), now)
    assert refused == "planning.gone_parent"


async def test_a_stranger_can_not_be_chosen_for_a_family(cast: Cast, now: datetime) -> None:
    shown = await picks(cast, now, TO_PREVIEW[0])
    key = carried(shown, "Für alle").split(":")[2]
    foreign = await cast.archive.write(lambda store: person(store, 99, "Fremd", "de", Role.PARENT, now))
    turn = await cast.presses(cast.caseworker, f"planning:who:{key}:{foreign.id}", now)
    assert turn.toast is not None
    assert turn.toast.key == "calendar.stale.toast"
    assert carried(cast.read(cast.caseworker)[-1], "Nur Elter 0")


async def test_a_series_around_christmas_names_what_it_leaves_out(cast: Cast, now: datetime) -> None:
    to_december = (*TO_PREVIEW[:3], "▶️", "4", "14 Uhr", "14:30", "Bonner")
    preview = await picks(cast, now, *to_december, "Serie", "6 Mal")
    assert "Termine: 6\n🏁 Zuletzt: Freitag, 22.01.2027" in text(preview)
    assert "🔁 Weitere Tage: 11.12., 18.12., 08.01., 15.01., 22.01." in text(preview)
    assert "🔁 Diğer günler: 11.12." in text(preview)
    assert "• Freitag, 25.12.2026: Erster Weihnachtstag\n• Freitag, 01.01.2027: Neujahr" in text(preview)
    await cast.presses(cast.caseworker, carried(preview, "Senden"), now)
    made = await cast.archive.read(lambda store: store.appointments.ahead(cast.family.id, now))
    assert len(made) == 6
    assert len({one.series_id for one in made}) == 1
    assert [one.starts_at.hour for one in made] == [13] * 6
    for parent in cast.parents:
        (rang,) = cast.read(parent)
        assert rang.about == f"appointment:{made[0].id}"


async def test_a_holiday_is_warned_of_and_may_be_taken(cast: Cast, now: datetime) -> None:
    to_christmas = (*TO_PREVIEW[:3], "▶️", "25*", "14 Uhr", "14:30", "Bonner")
    preview = await picks(cast, now, *to_christmas)
    assert "⚠️ Das ist ein Feiertag:\n• Freitag, 25.12.2026: Erster Weihnachtstag" in text(preview)
    assert carried(preview, "Senden")


async def test_who_will_not_read_it_at_once_is_named(cast: Cast, now: datetime) -> None:
    mother = cast.parents[0]
    await cast.archive.write(lambda store: store.people.pause(mother.id, now))
    at_night = now.replace(hour=22)
    preview = await picks(cast, at_night, *TO_PREVIEW)
    assert "⏸ Elter 0 macht gerade Pause" in text(preview)
    assert "🌙 Elter 1 hat Ruhezeit und liest es ab: Mittwoch, 25.11.2026, 07:00" in text(preview)
    assert "Ruhezeit" not in text(await picks(cast, now, *TO_PREVIEW))


async def test_forged_choices_beside_the_preview_change_nothing(cast: Cast, now: datetime) -> None:
    shown = await picks(cast, now, *TO_PREVIEW)
    key = carried(shown, "Senden").split(":")[2]
    asides = {"length": "Dauer", "interpreter": "Übersetzung", "times": "Serie", "bring": "Mitbringen"}
    for verb, label in asides.items():
        for value in ("", "7", "99999999", "xx", "de", "knife"):
            shown = await goes_on(cast, now, shown, label)
            turn = await cast.presses(cast.caseworker, f"planning:{verb}:{key}:{value}", now)
            assert turn.toast is not None
            assert turn.toast.key == "calendar.stale.toast"
            shown = await goes_on(cast, now, cast.read(cast.caseworker)[-1], "Zurück")
    await cast.presses(cast.caseworker, f"planning:aside:{key}:nowhere", now)
    dialogue = await cast.archive.read(lambda store: store.dialogues.of(cast.caseworker.id, now))
    assert dialogue is not None
    assert dialogue.step == "preview"
    draft = Draft.of(dialogue.content)
    assert (draft.length, draft.interpreter, draft.times, draft.bring) == (0, "", 1, ())
