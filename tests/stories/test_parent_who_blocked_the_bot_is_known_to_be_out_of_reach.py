"""A parent blocks the bot: whoever counts on reaching her learns it within seconds, and when she is back."""

from storage.records import Role
from tests.diary import books
from tests.phones import Phone
from tests.stage import Stage


async def pair(stage: Stage) -> tuple[Phone, Phone]:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    return berger, await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))


async def test_the_caseworker_learns_it_when_she_is_blocked_and_when_she_is_back(stage: Stage) -> None:
    berger, amina = await pair(stage)

    amina.blocks_the_bot()
    await berger.sees("Nicht mehr erreichbar: Amina")
    await books(stage, berger)
    await berger.sees("Nicht angekommen bei: Amina")

    amina.unblocks_the_bot()
    await berger.sees("Wieder erreichbar: Amina")
    await amina.types("📅 Randevular")
    await amina.sees("Danışma görüşmesi")
    await amina.presses("✅")
    await amina.sees("Kabul ettiniz")
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")


async def test_without_the_news_the_next_message_finds_it_out(stage: Stage) -> None:
    berger, amina = await pair(stage)
    amina.account.blocked = True

    await books(stage, berger)

    await berger.sees("Nicht mehr erreichbar: Amina")
    await berger.sees("Nicht angekommen bei: Amina")
    amina.account.blocked = False
    await amina.types("/menu")
    await amina.sees("Randevularınız aşağıdadır")
    await berger.sees("Wieder erreichbar: Amina")


async def test_blocked_in_the_middle_of_the_queue_tells_once(stage: Stage) -> None:
    berger, amina = await pair(stage)
    stage.world.faults.set("slow", methods=["sendmessage"], chat_id=amina.account.id, delay=0.3)
    await books(stage, berger, clock="10:30")
    await books(stage, berger, clock="11:30")
    amina.account.blocked = True

    await berger.sees("Nicht mehr erreichbar: Amina")
    await stage.quiet()

    said = berger.screen
    assert said.count("Nicht mehr erreichbar") == 1
    assert said.count("Nicht angekommen bei") <= 2
    berger.ignores("Nicht angekommen bei")
    amina.reads_everything()


async def test_an_unreachable_parent_does_not_keep_the_other_one_waiting(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina, selim = await stage.parent("Amina", "tr", family), await stage.parent("Selim", "de", family)
    amina.blocks_the_bot()
    await berger.sees("Nicht mehr erreichbar: Amina")

    await books(stage, berger)

    await selim.sees("Ihr Termin")
    await berger.sees("Nicht angekommen bei: Amina")
