"""A family goes to a colleague: what the former caseworker's chat showed of it goes too, and nothing follows."""

import asyncio

from handlers import standing
from storage.records import Family, Role
from storage.store import Store
from tests.phones import Phone, read_all
from tests.stage import Stage
from tests.stories.test_a_deputy_sees_families_from_day_to_day import names_a_deputy

LABEL = "Ahorn 12"


async def hands_over(stage: Stage, klein: Phone) -> None:
    """The whole way, from her list to the last press."""
    await klein.presses("👪 Familien")
    await klein.sees("Familien")
    await klein.presses(LABEL)
    await klein.sees("Amina")
    await klein.presses("⋯")
    await stage.quiet()
    await klein.presses("bergeben")
    await klein.sees("Wer führt die Familie ab jetzt")
    await klein.presses("Herr Gross")
    await klein.sees("Ab jetzt bei: Herr Gross")
    await klein.presses("✅ Ja, übergeben")
    await klein.sees("jetzt bei: Herr Gross")
    await stage.quiet()


async def cast(stage: Stage, *more: Role) -> tuple[Phone, Phone, Phone, Family]:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER, *more)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    family = await stage.family(LABEL, klein)
    return klein, gross, await stage.parent("Amina", "de", family), family


async def looks_at_lists(stage: Stage, phone: Phone) -> None:
    for list_of in ("💬 Wie es Familien geht", "👪 Familien"):
        await phone.presses(list_of)
        await stage.quiet()
    assert phone.screen.count(LABEL) >= 2


def about_the_family(phone: Phone) -> list[str]:
    """What the chat still shows of it, but for the answer that says with whom it is now."""
    ours = [one.words for one in phone.account.messages.values() if one.from_bot]
    return [words for words in ours if LABEL in words and "jetzt bei" not in words]


async def test_lists_and_news_leave_with_the_family(stage: Stage) -> None:
    klein, _, amina, _ = await cast(stage)
    await amina.types("😟")
    await stage.quiet()
    await looks_at_lists(stage, klein)

    await hands_over(stage, klein)

    assert about_the_family(klein) == []
    await read_all(*stage.phones)


async def test_what_is_too_old_to_be_deleted_is_emptied(stage: Stage) -> None:
    klein, _, amina, _ = await cast(stage)
    await amina.types("😟")
    await stage.quiet()
    await looks_at_lists(stage, klein)
    await stage.forward(days=3)
    await read_all(*stage.phones)

    await hands_over(stage, klein)

    assert about_the_family(klein) == []
    await read_all(*stage.phones)


async def test_the_end_of_a_deputyship_takes_the_lists_away(stage: Stage) -> None:
    klein, gross, amina, _ = await cast(stage)
    await names_a_deputy(klein, "Herr Gross")
    await gross.sees("Sie vertreten jetzt")
    await amina.types("😟")
    await stage.quiet()
    await looks_at_lists(stage, gross)

    await stage.forward(days=2)

    await gross.sees("Ihre Vertretung ist zu Ende")
    assert about_the_family(gross) == []
    assert about_the_family(klein) != []
    await read_all(*stage.phones)


async def test_news_queued_while_telegram_was_away_is_not_delivered_afterwards(stage: Stage) -> None:
    klein, gross, amina, family = await cast(stage)
    await amina.types("😟")
    await stage.quiet()
    stage.world.faults.set("error500", methods=["sendmessage", "editmessagetext"])
    await amina.types("Ich schlafe kaum.")
    await klein.presses("👪 Familien")
    await asyncio.sleep(0.3)

    await stage.machine.archive.write(lambda store: ends(store, family, gross, stage))
    stage.world.faults.set("none")
    await stage.forward(minutes=5)
    await stage.quiet()

    assert about_the_family(klein) == []
    await read_all(*stage.phones)


def ends(store: Store, family: Family, to: Phone, stage: Stage) -> None:
    """What the hand-over does, while no press can be answered."""
    former = store.people.get(family.caseworker_id)
    heir = store.people.by_telegram(to.account.id)
    assert heir is not None
    store.families.hand_over(family.id, heir.id)
    standing.forget_family(store, former, family, stage.clock.now())


async def test_an_alarm_stays_with_whoever_also_answers_cries(stage: Stage) -> None:
    klein, _, amina, _ = await cast(stage, Role.ON_CALL)
    await amina.types("/alarm")
    await klein.sees("Alarm")

    await hands_over(stage, klein)

    assert any("Alarm" in one.words for one in klein.account.messages.values() if one.from_bot)
    await read_all(*stage.phones)
