"""No answer: one soft line a day later, and after another day the caseworker has it on her call list."""

from datetime import timedelta

import pytest

from handlers import appointed, reminding
from handlers.attendance import room as attendance_room
from handlers.calls import room as calls_room
from storage.records import Lane, ReminderState, Role
from storage.store import Store
from tests.diary import on, until
from tests.expected import agrees, family_of, tuesday
from tests.phones import Phone, plain, read_all
from tests.stage import Stage

NUDGE = {"de": "Ein Tipp genügt", "tr": "Bir dokunuş yeter", "ar": "تكفي نقرة واحدة"}
YES = {"de": "✅ Ja", "tr": "✅ Evet", "ar": "✅ نعم"}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def cast(stage: Stage, tongue: str = "de") -> tuple[Phone, Phone]:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    return klein, await stage.parent("Amina", tongue, family)


@pytest.mark.parametrize("tongue", sorted(NUDGE))
async def test_one_nudge_and_then_the_call_list(stage: Stage, tongue: str) -> None:
    klein, amina = await cast(stage, tongue)
    day = await tuesday(stage)
    await agrees(stage, klein, await family_of(stage, amina), on(day + 6 * DAY, "14:30"))
    first = await amina.sees("14:30")
    await until(stage, on(day + DAY, "10:00") - MINUTE)
    await amina.sees_nothing()

    await until(stage, on(day + DAY, "10:00") + MINUTE)

    nudge = await amina.sees(NUDGE[tongue])
    assert nudge is not first
    assert "14:30" in plain(nudge.words)
    await klein.sees_nothing()
    await until(stage, on(day + 2 * DAY, "10:10"))
    told = plain((await klein.sees("Anrufliste")).words)
    assert "Familien: 1" in told
    assert "ohne Antwort: 1" in told
    assert "Ahorn" not in told
    await amina.sees_nothing()
    await klein.presses("📞 Anrufliste")
    listed = plain((await klein.sees("Bitte anrufen")).words)
    assert "Ahorn 12" in listed
    assert "Amina: noch keine Antwort" in listed

    await amina.presses(YES[tongue])

    await klein.sees("Amina")
    await amina.reads_everything()
    await klein.reads_everything()
    await klein.presses("📞 Anrufe")
    await klein.sees("ist leer")
    await until(stage, on(day + 5 * DAY, "12:00"))
    assert NUDGE[tongue] not in amina.screen


async def test_whoever_answers_in_time_hears_nothing_more(stage: Stage) -> None:
    klein, amina = await cast(stage)
    day = await tuesday(stage)
    visit = await agrees(stage, klein, await family_of(stage, amina), on(day + 6 * DAY, "14:30"))
    await amina.sees("14:30")
    await amina.presses("✅ Ja")
    await amina.sees("zugesagt")
    await klein.reads_everything()

    await until(stage, on(day + 4 * DAY, "12:00"))

    await amina.sees_nothing()
    await klein.sees_nothing()
    assert await timers(stage, visit.id) == ["attendance.ask"]


async def test_an_answer_to_the_nudge_is_like_any_other(stage: Stage) -> None:
    klein, amina = await cast(stage, "tr")
    day = await tuesday(stage)
    await agrees(stage, klein, await family_of(stage, amina), on(day + 6 * DAY, "14:30"))
    card = await amina.sees("14:30")
    await until(stage, on(day + DAY, "10:05"))
    nudge = await amina.sees("Bir dokunuş yeter")

    await amina.presses("✅ Evet")

    changed = {await amina.sees("14:30"), await amina.sees("14:30")}
    assert changed == {card, nudge}
    assert "Bir dokunuş yeter" not in amina.screen
    await klein.sees("Amina")
    await klein.reads_everything()
    await until(stage, on(day + 4 * DAY, "12:00"))
    await klein.sees_nothing()


async def test_several_who_do_not_answer_are_one_message_an_hour(stage: Stage) -> None:
    klein, amina = await cast(stage)
    others = [await stage.family(f"Birke {n}", klein) for n in range(3)]
    phones = [await stage.parent(f"Bente {n}", "de", family) for n, family in enumerate(others)]
    day = await tuesday(stage)
    for phone in (amina, *phones):
        await agrees(stage, klein, await family_of(stage, phone), on(day + 6 * DAY, "14:30"))
    await stage.forward(minutes=20)
    late = await stage.family("Erle", klein)
    await stage.parent("Eda", "tr", late)
    await agrees(stage, klein, late, on(day + 6 * DAY, "15:30"))
    await read_all(*stage.phones)
    for phone in stage.phones:
        if phone is not klein:
            phone.ignores("Ein Tipp", "Bir dokunuş")

    await until(stage, on(day + 2 * DAY, "10:30"))

    assert "Familien: 4" in plain((await klein.sees("Anrufliste")).words)
    await klein.sees_nothing()
    await until(stage, on(day + 2 * DAY, "11:30"))
    assert "Familien: 5" in plain((await klein.sees("Anrufliste")).words)


async def test_whoever_gets_no_messages_goes_on_the_list_at_once(stage: Stage) -> None:
    klein, amina = await cast(stage)
    day = await tuesday(stage)
    await agrees(stage, klein, await family_of(stage, amina), on(day + 6 * DAY, "14:30"))
    await amina.sees("14:30")
    amina.blocks_the_bot()
    await klein.reads_everything()

    await until(stage, on(day + DAY, "10:15"))

    await klein.sees("Anrufliste")
    await klein.presses("📞 Anrufliste")
    await klein.sees("Amina: bekommt keine Nachrichten")


async def test_what_is_cancelled_or_moved_owes_no_nudge(stage: Stage) -> None:
    klein, amina = await cast(stage)
    day = await tuesday(stage)
    family = await family_of(stage, amina)
    gone = await agrees(stage, klein, family, on(day + 5 * DAY, "14:30"))
    moved = await agrees(stage, klein, family, on(day + 6 * DAY, "15:30"))
    await until(stage, on(day, "16:00"))
    await amina.reads_everything()

    def change(store: Store) -> None:
        by, now = store.people.by_telegram(klein.account.id), stage.clock.now()
        assert by is not None
        assert appointed.cancelled(store, appointed.known(store, gone.id), by=by, now=now)
        assert appointed.moved(
            store, appointed.known(store, moved.id), on(day + 6 * DAY, "16:30"), by=by, now=now
        )

    await stage.machine.archive.write(change)
    await amina.reads_everything()
    await klein.reads_everything()
    assert await timers(stage, gone.id) == []

    await until(stage, on(day + DAY, "15:00"))
    await amina.sees_nothing()
    await until(stage, on(day + DAY, "16:01"))
    assert "16:30" in plain((await amina.sees("Ein Tipp genügt")).words)
    await amina.sees_nothing()


@pytest.mark.parametrize("truth", ["cancelled", "answered", "over"])
async def test_a_nudge_never_outlives_the_truth(stage: Stage, truth: str) -> None:
    klein, amina = await cast(stage)
    day = await tuesday(stage)
    days = 1 if truth == "over" else 6
    visit = await agrees(stage, klein, await family_of(stage, amina), on(day + days * DAY, "14:30"))
    await amina.sees("14:30")
    nudged_at = on(day + DAY, "10:00") if days > 1 else on(day, "19:00")
    await until(stage, nudged_at - 5 * MINUTE)
    stage.world.faults.set("error500", methods=["sendmessage"], chat_id=amina.account.id)
    await until(stage, nudged_at + 5 * MINUTE)

    if truth == "cancelled":

        def cancel(store: Store) -> None:
            circle = appointed.known(store, visit.id)
            assert appointed.cancelled(store, circle, by=circle.caseworker, now=stage.clock.now())

        await stage.machine.archive.write(cancel)
    elif truth == "answered":
        await amina.presses("✅ Ja")
    else:
        await until(stage, on(day + DAY, "15:00"))
    stage.world.faults.set("none")
    await stage.forward(minutes=5)

    texts = [
        str(one.params.get("text"))
        for one in stage.world.requests
        if one.status == 200 and one.params.get("chat_id") == amina.account.id
    ]
    assert not any("Ein Tipp genügt" in text for text in texts)
    await read_all(*stage.phones)


async def test_a_nudge_that_waited_into_the_night_comes_in_the_morning_once(stage: Stage) -> None:
    klein, amina = await cast(stage)
    day = await tuesday(stage, "18:00")
    await agrees(stage, klein, await family_of(stage, amina), on(day + 6 * DAY, "14:30"))
    await amina.sees("14:30")
    await until(stage, on(day + DAY, "17:55"))
    stage.world.faults.set("error500", methods=["sendmessage"], chat_id=amina.account.id)
    await until(stage, on(day + DAY, "22:00"))
    stage.world.faults.set("none")

    await until(stage, on(day + 2 * DAY, "08:59"))
    await amina.sees_nothing()
    await until(stage, on(day + 2 * DAY, "09:01"))

    await amina.sees("Ein Tipp genügt")
    await klein.sees_nothing()
    await until(stage, on(day + 3 * DAY, "09:10"))
    await klein.sees("Anrufliste")
    await amina.sees_nothing()


async def test_a_nudge_does_not_count_as_a_reminder(stage: Stage) -> None:
    klein, amina = await cast(stage)
    day = await tuesday(stage)
    visit = await agrees(stage, klein, await family_of(stage, amina), on(day + 2 * DAY, "10:30"))
    await stage.machine.archive.write(
        lambda s: reminding.owe(s, visit.id, visit.starts_at, stage.clock.now())
    )
    person = await stage.machine.archive.read(lambda store: store.people.by_telegram(amina.account.id))
    assert person is not None
    scope = f"{visit.id}:{person.id}"
    await stage.machine.archive.write(lambda s: s.timers.drop("calls.nudge", scope))
    await until(stage, on(day + DAY, "16:55"))
    await amina.reads_everything()
    stage.world.faults.set("error500", methods=["sendmessage"], chat_id=amina.account.id)
    await until(stage, on(day + DAY, "17:03"))

    def nudge(store: Store) -> None:
        calls_room.due["calls.nudge"](store, scope, stage.clock.now())
        store.deliveries.withdraw_about(f"appointment:{visit.id}", Lane.REMINDER, stage.clock.now())

    await stage.machine.archive.write(nudge)
    stage.world.faults.set("none")
    await amina.sees("Ein Tipp genügt", within=5)
    await stage.quiet()
    rows = await stage.machine.archive.read(lambda store: store.reminders.of(visit.id))
    assert ReminderState.DELIVERED not in {row.state for row in rows}
    amina.ignores("Termin")


async def test_at_night_nobody_is_nudged(stage: Stage) -> None:
    klein, amina = await cast(stage)
    day = await tuesday(stage, "20:00")
    await agrees(stage, klein, await family_of(stage, amina), on(day + 5 * DAY, "14:30"))
    await amina.sees("14:30")
    await until(stage, on(day + 2 * DAY, "08:59"))
    await amina.sees_nothing()

    await until(stage, on(day + 2 * DAY, "09:01"))

    await amina.sees("Ein Tipp genügt")


async def test_a_timer_that_was_lost_is_owed_again(stage: Stage) -> None:
    klein, amina = await cast(stage)
    day = await tuesday(stage)
    visit = await agrees(stage, klein, await family_of(stage, amina), on(day + 6 * DAY, "14:30"))
    await amina.sees("14:30")
    mine = await stage.machine.archive.read(lambda store: store.people.by_telegram(amina.account.id))
    assert mine is not None

    def lose(store: Store) -> None:
        store.timers.drop("calls.nudge", f"{visit.id}:{mine.id}")
        store.timers.drop("attendance.ask", visit.id)

    def start(store: Store) -> None:
        for room in (calls_room, attendance_room):
            assert room.opens is not None
            room.opens(store, stage.clock.now())

    await stage.machine.archive.write(lose)
    assert await timers(stage, visit.id) == []
    await stage.machine.archive.write(start)
    assert await timers(stage, visit.id) == ["attendance.ask", "calls.nudge"]
    await until(stage, on(day + DAY, "10:01"))
    await amina.sees("Ein Tipp genügt")
    await stage.machine.archive.write(lambda store: store.timers.drop("calls.owed", f"{visit.id}:{mine.id}"))
    await stage.machine.archive.write(start)
    await until(stage, on(day + 2 * DAY, "12:00"))
    await klein.sees("Anrufliste")
    await amina.sees_nothing()


async def timers(stage: Stage, appointment_id: str) -> list[str]:
    """The kinds of all timers of calls and attendance that hang on this appointment."""
    ahead = await stage.machine.archive.read(lambda store: store.timers.ahead(999))
    rooms = ("calls", "attendance")
    return sorted(
        one.kind
        for one in ahead
        if one.kind.partition(".")[0] in rooms and one.scope.partition(":")[0] == appointment_id
    )
