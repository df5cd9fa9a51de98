"""The call list: reached, not reached until tomorrow, an answer noted for somebody, deputies, and codes."""

from datetime import date, timedelta

import pytest

from storage.records import Answer, Role
from storage.store import Store
from tests.diary import on, until
from tests.expected import agrees, family_of, tuesday
from tests.phones import Phone, plain, read_all
from tests.stage import Stage
from tests.stories.test_a_deputy_sees_families_from_day_to_day import names_a_deputy
from tests.stories.test_content_opens_only_with_a_code import codes_on, connects, logs_in

DAY = timedelta(days=1)


async def unanswered(stage: Stage, tongue: str = "de") -> tuple[Phone, Phone, date]:
    """It is Thursday, and Amina has said nothing about next Monday."""
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Ahorn 12", klein))
    day = await tuesday(stage)
    await agrees(stage, klein, await family_of(stage, amina), on(day + 6 * DAY, "14:30"))
    await until(stage, on(day + 2 * DAY, "10:10"))
    await amina.reads_everything()
    await klein.sees("Anrufliste stehen")
    return klein, amina, day + 2 * DAY


async def opens_the_call(klein: Phone) -> str:
    await klein.presses("📞 Anrufliste")
    await klein.sees("Bitte anrufen")
    await klein.presses("📞 Amina")
    return plain((await klein.sees("Die Nummer steht in der Akte")).words)


async def acts(stage: Stage, phone: Phone) -> list[str]:
    """What the journal says of the family, the newest first."""
    family = await family_of(stage, phone)
    lines = await stage.machine.archive.read(lambda store: store.journal.of_family(family.id, 50))
    return [line.act for line in lines]


@pytest.mark.parametrize(
    ("tongue", "button", "answer", "seen"),
    [
        ("de", "✅ Kommt", Answer.YES, "zugesagt"),
        ("tr", "❌ Kommt nicht", Answer.NO, "14:30"),
        ("ar", "✅ Kommt", Answer.YES, "14:30"),
    ],
)
async def test_what_she_says_on_the_phone_is_noted_and_her_card_says_so(
    stage: Stage, tongue: str, button: str, answer: Answer, seen: str
) -> None:
    klein, amina, day = await unanswered(stage, tongue)
    sheet = await opens_the_call(klein)
    assert "Amina" in sheet
    assert "Familie: Ahorn 12" in sheet
    assert "14:30" in sheet

    await klein.presses(button)

    await klein.sees("ist leer")
    first, second = await amina.sees(seen), await amina.sees(seen)
    assert first is not second  # the card and the nudge, both changed in place
    answers = await stage.machine.archive.read(
        lambda store: [
            said
            for id in store.appointments.ids_of_family(store.families.of_person(_id(store, amina)).id)  # type: ignore[union-attr]
            for said in store.appointments.answers(id).values()
        ]
    )
    assert answers == [answer]
    assert f"call.answered.{answer}" in await acts(stage, amina)
    await klein.reads_everything()
    await until(stage, on(day + DAY, "12:00"))
    await klein.sees_nothing()


async def test_reached_leaves_the_list(stage: Stage) -> None:
    klein, amina, day = await unanswered(stage)
    await opens_the_call(klein)

    await klein.presses("✅ Erreicht")

    await klein.toasted("erreicht")
    await klein.sees("ist leer")
    assert "call.reached" in await acts(stage, amina)
    await until(stage, on(day + DAY, "12:00"))
    await klein.sees_nothing()


async def test_not_reached_stays_and_comes_back_tomorrow_at_nine(stage: Stage) -> None:
    klein, amina, day = await unanswered(stage)
    await opens_the_call(klein)

    await klein.presses("⏳ Nicht erreicht")

    await klein.toasted("morgen um 9")
    assert "⏳ Amina" in plain((await klein.sees("Bitte anrufen")).words)
    await until(stage, on(day + DAY, "08:59"))
    await klein.sees_nothing()
    await until(stage, on(day + DAY, "09:10"))
    await klein.sees("Anrufliste stehen Familien: 1")
    await klein.presses("📞 Anrufe")
    assert "⏳" not in plain((await klein.sees("Bitte anrufen")).words)
    assert "call.not_reached" in await acts(stage, amina)


async def test_she_answers_herself_while_the_call_is_open(stage: Stage) -> None:
    klein, amina, _ = await unanswered(stage)
    await opens_the_call(klein)
    await amina.presses("✅ Ja")
    await amina.sees("zugesagt")
    await klein.reads_everything()
    await amina.reads_everything()
    old = next(
        one.message_id
        for one in reversed(klein.account.messages.values())
        if "Die Nummer steht" in plain(one.words or "")
    )

    call = await stage.machine.archive.read(
        lambda store: store.calls.ids_of_family(store.families.of_person(_id(store, amina)).id)[0]  # type: ignore[union-attr]
    )
    query = klein.hand.forges(old, f"calls:no:{call}")
    assert await query.answer(5.0)

    assert "geändert" in plain(query.text or "")
    await klein.sees("nicht mehr nötig")
    await amina.sees_nothing()


async def test_a_deputy_works_the_list_and_others_do_not(stage: Stage) -> None:
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    other = await stage.staff("Frau Sommer", Role.CASEWORKER)
    klein, amina, _ = await unanswered(stage)
    for phone in (gross, other):
        await phone.presses("📞 Anrufe")
        await phone.sees("ist leer")
    await names_a_deputy(klein, "Herr Gross")
    await gross.sees("Sie vertreten jetzt")
    await klein.sees("werden jetzt vertreten")

    await gross.presses("📞 Anrufe")
    await gross.sees("Ahorn 12")
    await gross.presses("📞 Amina")
    await gross.sees("Die Nummer steht in der Akte")
    await gross.presses("✅ Kommt")

    await gross.sees("ist leer")
    await amina.sees("zugesagt")
    await read_all(*stage.phones)
    call = await stage.machine.archive.read(
        lambda store: store.calls.ids_of_family(store.families.of_person(_id(store, amina)).id)[0]  # type: ignore[union-attr]
    )
    for verb in ("open", "reached", "missed", "yes", "no"):
        query = other.hand.forges(next(reversed(other.account.messages)), f"calls:{verb}:{call}")
        assert await query.answer(5.0)
        assert "nicht zu Ihren" in (query.text or ""), verb


async def test_the_list_opens_with_a_code_and_leaves_lines(stage: Stage) -> None:
    klein, amina, _ = await unanswered(stage)
    await codes_on(stage)
    await connects(stage, klein)
    await stage.forward(hours=13)
    await klein.reads_everything()
    await amina.reads_everything()
    before = (await acts(stage, amina)).count("read.list_calls")

    await klein.presses("📞 Anrufe")
    await klein.sees("6 Ziffern")
    assert "noch keine Antwort" not in klein.screen
    assert (await acts(stage, amina)).count("read.list_calls") == before
    await logs_in(stage, klein)
    await klein.presses("📞 Anrufe")
    await klein.sees("Ahorn 12")

    assert (await acts(stage, amina)).count("read.list_calls") == before + 1
    await klein.reads_everything()


def _id(store: Store, phone: Phone) -> str:
    person = store.people.by_telegram(phone.account.id)
    assert person is not None
    return person.id
