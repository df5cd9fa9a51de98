"""A parent blocks the bot: whoever counts on reaching her learns it within seconds, and when she is back."""

from storage.records import Role
from tests.diary import books, in_days, starts_booking
from tests.phones import Phone, plain
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
    back = await berger.sees("Wieder erreichbar: Amina")
    assert "Noch einmal gesendet, Termine: 1" in plain(back.words)
    await amina.sees("Danışma görüşmesi")
    await berger.sees("⏳ Noch offen: Amina")
    await amina.presses("✅")
    await amina.sees("Kabul ettiniz")
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")


async def test_without_the_news_the_next_message_finds_it_out(stage: Stage) -> None:
    berger, amina = await pair(stage)
    amina.account.blocked = True

    visit = await books(stage, berger)

    told = await berger.sees("Nicht mehr erreichbar: Amina")
    assert "📅 Nächster Termin: " in told.words
    assert visit.date in told.words
    await berger.sees("🚫 Nicht erreichbar: Amina")
    await stage.quiet()
    assert "Nicht angekommen" not in berger.screen
    amina.account.blocked = False
    await amina.types("/menu")
    await amina.sees("Randevularınız aşağıdadır")
    await amina.sees("Danışma görüşmesi")
    await berger.sees("Wieder erreichbar: Amina")
    await berger.sees("⏳ Noch offen: Amina")


async def test_the_preview_and_the_card_say_who_can_not_be_reached(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina, selim = await stage.parent("Amina", "tr", family), await stage.parent("Selim", "de", family)
    amina.blocks_the_bot()
    await berger.sees("Nicht mehr erreichbar: Amina")

    await starts_booking(berger, in_days(stage, 3), "Ahorn 12", "Arzttermin")
    await berger.presses("Goethestraße")
    preview = await berger.sees("So liest es die Familie")
    assert "🚫 Nicht erreichbar: Amina" in plain(preview.words)
    assert "Selim" not in plain(preview.words)
    await berger.presses("✅ Senden")

    card = await berger.sees("🚫 Nicht erreichbar: Amina")
    assert "⏳ Noch offen: Selim" in plain(card.words)
    await selim.sees("Ihr Termin")
    await berger.sees("Nicht angekommen bei: Amina")


async def test_who_blocks_after_the_invitation_is_marked_on_the_card(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await books(stage, berger)
    await amina.sees("Randevunuz")

    amina.blocks_the_bot()

    await berger.sees("Nicht mehr erreichbar: Amina")
    await berger.sees("🚫 Nicht erreichbar: Amina")


async def test_who_is_back_gets_only_what_she_has_not_answered(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await books(stage, berger, clock="10:30")
    await amina.sees("10:30")
    await amina.presses("✅")
    await amina.sees("Kabul ettiniz")
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")
    await books(stage, berger, clock="11:30")
    await amina.sees("11:30")
    amina.blocks_the_bot()
    await berger.sees("Nicht mehr erreichbar: Amina")
    await berger.sees("🚫 Nicht erreichbar: Amina")

    amina.unblocks_the_bot()

    again = await amina.sees("11:30")
    assert again is amina.last
    assert again.inline
    back = await berger.sees("Wieder erreichbar: Amina")
    assert "Noch einmal gesendet, Termine: 1" in plain(back.words)
    await berger.sees("⏳ Noch offen: Amina")
    await amina.sees_nothing()


async def test_who_is_back_and_owes_no_answer_gets_nothing(stage: Stage) -> None:
    berger, amina = await pair(stage)
    amina.blocks_the_bot()
    await berger.sees("Nicht mehr erreichbar: Amina")

    amina.unblocks_the_bot()

    back = await berger.sees("Wieder erreichbar: Amina")
    assert "Noch einmal gesendet" not in back.words
    await amina.sees_nothing()


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
    assert said.count("Nicht angekommen bei") <= 1
    berger.ignores("Nicht angekommen bei", "🚫 Nicht erreichbar: Amina")
    await amina.reads_everything()


async def test_an_unreachable_parent_does_not_keep_the_other_one_waiting(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina, selim = await stage.parent("Amina", "tr", family), await stage.parent("Selim", "de", family)
    amina.blocks_the_bot()
    await berger.sees("Nicht mehr erreichbar: Amina")

    await books(stage, berger)

    await selim.sees("Ihr Termin")
    await berger.sees("Nicht angekommen bei: Amina")
