"""In groups and channels it says why, in the language of whoever brought it, and goes; inline it shows the way in."""

import asyncio

import pytest

from bot.bucket import Allowance
from bot.demo.telegram.company import Company
from bot.demo.telegram.groups import Group, Kind
from bot.demo.telegram.inline import InlineQuery, ask_inline
from storage.records import Role
from storage.store import Store
from tests.demo.oracle import check
from tests.phones import Phone
from tests.stage import Stage

WORDS = {"de": "Bitte schreiben Sie mir direkt", "tr": "bana özelden yazın", "ar": "في محادثة خاصة"}


async def gone(group: Group) -> None:
    async with asyncio.timeout(5):
        while group.present:
            await asyncio.sleep(0.01)


def said_in(group: Group) -> list[str]:
    return [message.words for message in group.messages.values() if message.from_bot]


async def known(stage: Stage, phone: Phone) -> bool:
    found = await stage.machine.archive.read(lambda store: store.people.by_telegram(phone.account.id))
    return found is not None


@pytest.mark.parametrize("kind", ["group", "supergroup"])
@pytest.mark.parametrize("language", WORDS)
async def test_a_stranger_brings_it_into_a_group(stage: Stage, kind: Kind, language: str) -> None:
    stranger = stage.stranger("Nachbarin", language)
    group = stage.world.group("Unser Haus", kind)
    Company(stranger.hand, group).brings_the_bot()
    await gone(group)
    await stage.quiet()
    (said,) = said_in(group)
    assert WORDS[language] in said
    assert not await known(stage, stranger)
    await nothing_is_kept(stage)


async def test_a_member_of_staff_reads_it_in_the_language_she_chose(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER, language="en")
    await stage.machine.archive.write(
        lambda store: store.people.speaks(store.people.by_telegram(berger.account.id).id, "en")
    )
    group = stage.world.group("Team")
    Company(berger.hand, group).brings_the_bot()
    await gone(group)
    assert "Please write to me directly" in said_in(group)[0]
    await berger.sees_nothing()


async def test_from_a_channel_it_goes_without_a_word(stage: Stage) -> None:
    stranger = stage.stranger("Nachbar", "de")
    for may_post in (True, False):
        channel = stage.world.group("Neues aus Porz", "channel")
        Company(stranger.hand, channel).brings_the_bot(may_post)
        await gone(channel)
        await stage.quiet()
        assert said_in(channel) == []


async def test_commands_in_a_group_do_nothing_there(stage: Stage) -> None:
    amina = stage.stranger("Amina", "tr")
    group = stage.world.group("Kita-Eltern")
    company = Company(amina.hand, group)
    company.brings_the_bot()
    for command in ("/start", "/alarm", "/sos@PaenzPorzBot", "/checkin"):
        company.types(command)
    await gone(group)
    await stage.quiet()
    assert len(said_in(group)) == 1
    assert await stage.machine.archive.read(lambda store: store.alarms.not_ended()) == []
    assert not await known(stage, amina)
    await amina.sees_nothing()


async def test_it_goes_even_where_it_may_not_speak_and_when_telegram_is_away(stage: Stage) -> None:
    stranger = stage.stranger("Nachbar", "de")
    group = stage.world.group("Still", "supergroup")
    stage.world.faults.set("error500", share=0.5)
    Company(stranger.hand, group).brings_the_bot(may_post=False)
    await gone(group)
    assert said_in(group) == []
    stage.world.faults.set("none")
    await stage.quiet()


async def test_being_thrown_out_is_no_reason_to_speak(stage: Stage) -> None:
    stranger = stage.stranger("Nachbar", "de")
    group = stage.world.group("Kurz")
    company = Company(stranger.hand, group)
    stage.world.faults.set("down", methods=["getUpdates"])
    company.brings_the_bot()
    company.removes_the_bot()
    stage.world.faults.set("none")
    await stage.quiet()
    assert said_in(group) == []


@pytest.mark.parametrize(
    ("language", "label"), [("tr", "Bana özelden yazın"), ("de", "Schreiben Sie mir direkt")]
)
async def test_inline_it_shows_the_way_to_the_private_chat(stage: Stage, language: str, label: str) -> None:
    stranger = stage.stranger("Amina", language)
    query = await asked(stage, stranger)
    assert query.results == []
    assert query.button is not None
    assert label in query.button["text"]
    assert not await known(stage, stranger)
    await nothing_is_kept(stage)
    (request,) = [one for one in stage.world.requests if one.method == "answerInlineQuery"]
    assert check(request.method, request.params) == []

    another = stage.stranger("Bilal", language)
    await stranger.types(f"/start {query.button['start_parameter']}")
    await another.types("/start")
    await stage.quiet()
    assert await known(stage, stranger)
    greeted = [
        [one.words for one in phone.account.messages.values() if one.from_bot]
        for phone in (stranger, another)
    ]
    assert greeted[0] == greeted[1] != []
    for phone in (stranger, another):
        await phone.reads_everything()


async def test_a_thousand_inline_queries_are_a_handful_of_answers(stage: Stage) -> None:
    stranger = stage.stranger("Mallory", "de")
    stage.machine.door.allow(Allowance())
    queries = [ask_inline(stage.world, stranger.account, str(number)) for number in range(1000)]
    await stage.quiet()
    assert 0 < sum(query.answered for query in queries) < 50
    assert not await known(stage, stranger)


async def asked(stage: Stage, phone: Phone) -> InlineQuery:
    query = ask_inline(stage.world, phone.account, "hilfe für amina")
    assert await query.answer(5)
    await stage.quiet()
    return query


async def nothing_is_kept(stage: Stage) -> None:
    """But the number of the update and, where we spoke, that a call was made."""

    def counts(store: Store) -> list[int]:
        kept = (
            "people",
            "cards",
            "journal",
            "updates WHERE length(raw) > 0",
            "deliveries WHERE length(body) > 0",
        )
        return [store.connection.exec_driver_sql(f"SELECT count(*) FROM {of}").scalar_one() for of in kept]  # noqa: S608 - our own words

    assert await stage.machine.archive.read(counts) == [0, 0, 0, 0, 0]
