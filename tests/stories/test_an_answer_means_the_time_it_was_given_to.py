"""A reason belongs to its own no, a wish ends with any other answer, and what has begun is moved no more."""

from datetime import timedelta

from storage.records import Answer
from storage.store import Store
from tests.agreed import agreed, moved
from tests.diary import until
from tests.othertimes import asks, open_moves
from tests.phones import read_all
from tests.stage import Stage
from tests.untold import household, wall, whose


async def test_an_old_reason_is_not_shown_on_a_new_no(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    for button in ("❌", "Krank", "✅"):
        await amina.presses(button)
        await stage.quiet()
    assert await moved(stage, made, wall(stage, "11:30", 9), klein)
    await amina.presses("❌")
    await read_all(*stage.phones)

    her = await whose(stage, amina)

    def reasons(store: Store) -> dict[str, str]:
        assert store.appointments.answers(made.id) == {her.id: Answer.NO}
        return dict(store.declines.of(made.id))

    assert await stage.machine.archive.read(reasons) == {}
    await amina.presses("Krank")
    await stage.quiet()
    assert list(await stage.machine.archive.read(reasons)) == [her.id]
    await read_all(*stage.phones)


async def test_not_understood_on_an_old_card_ends_the_wish(stage: Stage) -> None:
    _, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    card = await amina.sees("Ihr Termin")
    await amina.presses((await asks(amina))[0])
    await stage.quiet()
    assert len(await open_moves(stage)) == 1
    pressed = amina.hand.forges(card.message_id, f"appointments:unclear:{made.id}:1")
    await pressed.answer(5)
    await stage.quiet()
    said = await stage.machine.archive.read(lambda store: store.appointments.answers(made.id))
    assert list(said.values()) == [Answer.UNCLEAR]
    assert await open_moves(stage) == []
    await read_all(*stage.phones)


async def test_a_wish_is_not_accepted_once_the_old_time_has_begun(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "15:30", 1))
    await amina.presses((await asks(amina))[-1])
    await read_all(*stage.phones)
    await until(stage, wall(stage, "12:00", 1))
    stage.clock.offset += timedelta(hours=4)  # the machine slept: her press comes before what time owes
    accept = next(label for label in klein.keyboard if "✅" in label)
    await klein.presses(accept)
    await stage.quiet()
    after = await stage.machine.archive.read(lambda store: store.appointments.get(made.id))
    assert after is not None
    assert after.starts_at == made.starts_at, klein.screen
    await read_all(*stage.phones)
