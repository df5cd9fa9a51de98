"""What still waits for the morning has told nobody anything: it is taken back, or says what holds by then."""

from datetime import datetime
from functools import partial

from handlers.appointments import actions
from storage.appointments import Circle
from storage.store import Store
from tests.agreed import agreed, moved
from tests.diary import until
from tests.phones import read_all
from tests.stage import Stage
from tests.untold import cancels, does, household, plans, unread, wall

NIGHT, MORNING = "22:00", "07:05"


async def test_an_interpreter_for_what_is_off(stage: Stage) -> None:
    _, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    await until(stage, wall(stage, NIGHT))
    await does(stage, made, partial(_interpret, "tr"))
    await cancels(stage, made)
    await read_all(*stage.phones)
    await until(stage, wall(stage, MORNING, 1))
    said = unread(amina)
    assert len(said) == 1, amina.screen
    assert "fällt aus" in said[0]
    await read_all(*stage.phones)


async def test_an_interpreter_who_is_wanted_no_more(stage: Stage) -> None:
    _, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    await until(stage, wall(stage, NIGHT))
    for language in ("tr", None):
        await does(stage, made, partial(_interpret, language))
    await read_all(*stage.phones)
    await until(stage, wall(stage, MORNING, 1))
    assert unread(amina) == [], amina.screen
    await read_all(*stage.phones)


async def test_a_voice_about_what_is_off(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    await amina.presses("❓")
    await until(stage, wall(stage, NIGHT))
    await klein.presses("🎙")
    await klein.speaks()
    await stage.quiet()
    await cancels(stage, made)
    await read_all(*stage.phones)
    await until(stage, wall(stage, MORNING, 1))
    fresh = [one for one in amina.account.messages.values() if one.fresh and one.from_bot]
    assert fresh, amina.screen
    assert not any("voice" in one.body for one in fresh)
    await read_all(*stage.phones)


async def test_a_series_made_and_cancelled_in_one_night(stage: Stage) -> None:
    _, family, amina = await household(stage)
    await until(stage, wall(stage, NIGHT))
    made = await plans(stage, family, wall(stage, "10:30", 7), times=4)
    await does(
        stage, made, lambda store, of, now: actions.cancel_following(store, of, by=of.caseworker, now=now)
    )
    await read_all(*stage.phones)
    await until(stage, wall(stage, "09:00", 1))
    assert unread(amina) == [], amina.screen
    await read_all(*stage.phones)


async def test_one_of_a_series_cancelled_before_the_invitation_left(stage: Stage) -> None:
    _, family, amina = await household(stage)
    await until(stage, wall(stage, NIGHT))
    await plans(stage, family, wall(stage, "10:30", 7), times=4)
    ahead = await stage.machine.archive.read(lambda s: s.appointments.ahead(family.id, stage.clock.now()))
    await cancels(stage, ahead[1])
    await read_all(*stage.phones)
    await until(stage, wall(stage, MORNING, 1))
    said = unread(amina)
    assert len(said) == 1, amina.screen
    assert "Kommen Sie?" in said[0]
    second = f"{wall(stage, '10:30', 13):%d.%m.}"  # the first is in six days by now
    assert second not in said[0]
    await read_all(*stage.phones)


async def test_the_first_of_a_series_cancelled_before_it_left(stage: Stage) -> None:
    _, family, amina = await household(stage)
    await until(stage, wall(stage, NIGHT))
    made = await plans(stage, family, wall(stage, "10:30", 7), times=4)
    await cancels(stage, made)
    await read_all(*stage.phones)
    await until(stage, wall(stage, MORNING, 1))
    said = unread(amina)
    assert len(said) == 1, amina.screen
    assert f"{wall(stage, '10:30', 13):%d.%m.%Y}" in said[0]
    await read_all(*stage.phones)


async def test_the_first_of_a_series_cancelled_leaves_the_rest_in_sight(stage: Stage) -> None:
    _, family, amina = await household(stage)
    made = await plans(stage, family, wall(stage, "10:30", 7), times=4)
    await read_all(*stage.phones)
    await cancels(stage, made)
    *_, off, rest = unread(amina)
    assert "fällt aus" in off
    for weeks, pattern in ((2, "%d.%m.%Y"), (3, "%d.%m."), (4, "%d.%m.")):
        assert f"{wall(stage, '10:30', 7 * weeks):{pattern}}" in rest, amina.screen
    await read_all(*stage.phones)


async def test_two_moves_in_one_night_name_the_time_she_knew(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    knew = f"{wall(stage, '10:30', 7):%d.%m.}"
    never = f"{wall(stage, '10:30', 8):%d.%m.}"
    await until(stage, wall(stage, NIGHT))
    for days in (8, 9):
        assert await moved(stage, made, wall(stage, "10:30", days), klein)
    await read_all(*stage.phones)
    await until(stage, wall(stage, MORNING, 1))
    said = unread(amina)
    assert len(said) == 1, amina.screen
    assert knew in said[0]
    assert never not in said[0]
    await read_all(*stage.phones)


async def test_an_invitation_moved_before_it_left_names_no_old_time(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    await until(stage, wall(stage, NIGHT))
    made = await plans(stage, family, wall(stage, "10:30", 7))
    assert await moved(stage, made, wall(stage, "10:30", 8), klein)
    await read_all(*stage.phones)
    await until(stage, wall(stage, MORNING, 1))
    said = unread(amina)
    assert len(said) == 1, amina.screen
    assert "Alt" not in said[0]
    await read_all(*stage.phones)


async def test_an_invitation_held_past_the_start_does_not_leave(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    await until(stage, wall(stage, "21:30"))
    await read_all(*stage.phones)
    await plans(stage, family, wall(stage, "06:30", 1))
    assert any("Nicht angekommen bei: Amina" in words for words in unread(klein)), klein.screen
    await read_all(*stage.phones)
    await until(stage, wall(stage, MORNING, 1))
    assert unread(amina) == [], amina.screen
    assert not any("Nicht angekommen" in words for words in unread(klein)), klein.screen
    await read_all(*stage.phones)


async def test_an_invitation_delayed_past_the_start_does_not_leave(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    stage.world.faults.set("error500", methods=["sendmessage"], chat_id=amina.account.id)
    await agreed(stage, family, wall(stage, "12:00"))
    await read_all(*stage.phones)
    await until(stage, wall(stage, "13:00"))
    stage.world.faults.set("none")
    await stage.forward(minutes=3)
    assert unread(amina) == [], amina.screen
    assert sum("Nicht angekommen bei: Amina" in words for words in unread(klein)) == 1, klein.screen
    await read_all(*stage.phones)


def _interpret(language: str | None, store: Store, of: Circle, now: datetime) -> None:
    actions.interpret(store, of, language, by=of.caseworker, now=now, pressed=None)
