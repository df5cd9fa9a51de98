"""What is going on? Numbers to be touched in her own language, and a card in German to show to somebody."""

from collections.abc import Callable

import pytest

from bot.demo.telegram.messages import Message
from storage.records import Role
from storage.store import Store
from tests.giveaways import giveaways
from tests.phones import Phone, plain
from tests.stage import Stage

SITUATIONS = {
    "violence": {"de": "💜 Gewalt", "tr": "💜 Şiddet", "ar": "💜 عنف"},
    "child_ill": {"de": "🤒 Kind ist krank", "tr": "🤒 Çocuk hasta", "ar": "🤒 الطفل مريض"},
    "poison": {"de": "☠️ Gift", "tr": "☠️ Zehirlenme", "ar": "☠️ تسمم"},
    "cant_go_on": {"de": "💔 Ich kann nicht mehr", "tr": "💔 Artık dayanamıyorum", "ar": "💔 لم أعد أحتمل"},
    "police_fire": {"de": "🚓 Polizei, Feuerwehr", "tr": "🚓 Polis, itfaiye", "ar": "🚓 شرطة، إطفاء"},
}
BEST = {"violence": "116016", "child_ill": "112", "poison": "+4922819240", "cant_go_on": "+498001110111"}
LANGUAGES = pytest.mark.parametrize("tongue", ["de", "tr", "ar"])


def contacts(phone: Phone) -> list[Message]:
    return [one for one in phone.account.messages.values() if "contact" in one.body]


def dialled(phone: Phone) -> list[str]:
    return [one.body["contact"]["phone_number"] for one in contacts(phone)]


def _number(counted: str) -> Callable[[Store], int]:
    return lambda store: int(store.connection.exec_driver_sql(counted).scalar_one())


async def chooses(stage: Stage, phone: Phone, label: str) -> None:
    await phone.presses("🆘") if phone.keyboard else await phone.types("🆘")
    await stage.quiet()
    await phone.presses(label)
    await stage.quiet()


@LANGUAGES
@pytest.mark.parametrize("situation", SITUATIONS)
async def test_a_stranger_gets_it_all_with_two_touches(stage: Stage, situation: str, tongue: str) -> None:
    stranger = stage.stranger("Somebody", tongue)

    await chooses(stage, stranger, SITUATIONS[situation][tongue])

    assert 2 <= len(contacts(stranger)) <= 4
    if (situation, tongue) != ("violence", "de"):
        assert dialled(stranger)[0] == BEST.get(situation, "110")
    card = plain(stranger.last.words)
    assert card.startswith("🙏 Ich brauche Hilfe.")
    assert "rufen Sie für mich an:" in card
    assert any("🚨" in label for label in stranger.keyboard)
    await stranger.reads_everything()


async def test_the_card_says_in_german_what_she_speaks_and_needs(stage: Stage) -> None:
    amina = stage.stranger("Amina", "tr")

    await chooses(stage, amina, SITUATIONS["violence"]["tr"])

    card = plain(amina.last.words)
    assert "Ich spreche: Türkisch" in card
    assert "Jemand tut mir Gewalt an." in card
    assert "110" in card.partition("Yardıma ihtiyacım var.")[0]
    assert "Biri bana şiddet uyguluyor." in card
    await amina.reads_everything()


async def test_numbers_are_named_in_her_language_and_may_be_saved(stage: Stage) -> None:
    layla = stage.stranger("Layla", "ar")

    await chooses(stage, layla, SITUATIONS["violence"]["ar"])

    names = {one.body["contact"]["phone_number"]: one for one in contacts(layla)}
    assert plain(names["110"].body["contact"]["first_name"]) == "🚓 الشرطة"
    assert not names["110"].protected
    await layla.reads_everything()


async def test_only_numbers_that_answer_now_are_shown(stage: Stage) -> None:
    amina = stage.stranger("Amina", "tr")
    while stage.clock.now().weekday() != 0:
        await stage.forward(days=1)
    hour = stage.clock.now().hour
    await stage.forward(hours=(27 - hour) % 24)  # three at night in Greenwich, four or five in Köln

    await chooses(stage, amina, SITUATIONS["cant_go_on"]["tr"])
    assert "+498001110550" not in dialled(amina)

    await stage.forward(hours=8)
    await chooses(stage, amina, SITUATIONS["cant_go_on"]["tr"])
    assert "+498001110550" in dialled(amina)
    await amina.reads_everything()


async def test_another_situation_takes_the_place_of_the_first(stage: Stage) -> None:
    amina = stage.stranger("Amina", "tr")
    await chooses(stage, amina, SITUATIONS["poison"]["tr"])
    asked = await amina.sees("☠️ Zehirlenme\n")

    await amina.presses("🧭")
    assert await amina.sees("🧭 Ne oldu?") is asked
    await amina.presses(SITUATIONS["child_ill"]["tr"])

    assert await amina.sees("🤒 Çocuğunuz hasta") is asked
    await amina.reads_everything()


async def test_which_one_she_chose_is_written_down_nowhere(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Linde", klein))
    await chooses(stage, amina, SITUATIONS["cant_go_on"]["tr"])
    await stage.quiet()

    def everything(store: Store) -> list[str]:
        run = store.connection.exec_driver_sql
        tables = [name for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [f"{table}: {row}" for table in tables for row in run(f'SELECT * FROM "{table}"')]  # noqa: S608

    rows = await stage.machine.archive.read(everything)
    assert rows
    assert [row for row in rows if "cant_go_on" in row] == []
    bodies = "SELECT count(*) FROM deliveries WHERE body != x'' OR state = 'queued'"
    raws = "SELECT count(*) FROM updates WHERE raw != x''"
    for counted in (bodies, raws):
        assert await stage.machine.archive.read(_number(counted)) == 0, counted
    journal = await stage.machine.archive.read(
        lambda store: [line["act"] for line in store.journal.newest(5)]
    )
    assert journal[0] == "crisis.help_shown"
    await amina.reads_everything()


@LANGUAGES
async def test_nothing_of_it_stays_on_a_discreet_phone(stage: Stage, tongue: str) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Linde", klein))
    await amina.presses("⚙️")
    await stage.quiet()
    await amina.presses("👁")
    await amina.presses({"de": "Kurz anzeigen", "tr": "Kısa göster", "ar": "عرض مختصر"}[tongue])
    await stage.quiet()
    await amina.presses("🧹")
    await stage.quiet()
    await amina.presses("🧹")
    await stage.quiet()

    await chooses(stage, amina, SITUATIONS["violence"][tongue])
    shown = [one for one in amina.account.messages.values() if one.from_bot and one.fresh]
    assert len(contacts(amina)) == 2
    assert all(one.silent for one in shown if one.edit_date is None)
    await stage.forward(hours=1, minutes=5)

    assert contacts(amina) == []
    said = [plain(one.words) for one in amina.account.messages.values() if one.from_bot]
    assert [text for text in said if giveaways(tongue, text)] == []
    typed = [plain(one.words) for one in amina.account.messages.values() if not one.from_bot]
    assert not any(sign in text for text in typed for sign in "💜🤒💔🚓")
    await amina.reads_everything()


async def test_clearing_the_chat_takes_the_contact_cards_too(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Linde", klein))
    await chooses(stage, amina, SITUATIONS["violence"]["tr"])
    assert contacts(amina)

    await amina.types("/wipe")
    await stage.quiet()
    await amina.presses("🧹")
    await stage.quiet()

    assert contacts(amina) == []
    assert "Gewalt" not in amina.screen
    assert any("🆘" in label for label in amina.keyboard)
    await amina.reads_everything()


async def test_a_made_up_situation_is_answered_kindly(stage: Stage) -> None:
    amina = stage.stranger("Amina", "de")
    await amina.types("🆘")
    asked = await amina.sees("🧭")

    query = amina.hand.forges(asked.message_id, "crisis:case:dancing")

    assert await query.answer(5.0)
    assert "gilt nicht mehr" in query.text
    assert contacts(amina) == []
