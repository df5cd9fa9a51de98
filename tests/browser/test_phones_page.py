"""What four people see and do on their phones."""

import re
from itertools import pairwise

import pytest
from phones_page import Show, buttons, keys
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_it_puts_four_phones_side_by_side(show: Show) -> None:
    boxes = [await show.phone(name).locator(".device").bounding_box() for name in show.ids]
    assert len(boxes) == 4
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert edges == sorted(edges)
    assert edges[0][0] >= 0
    assert edges[-1][1] <= 1440
    assert all(left[1] < right[0] for left, right in pairwise(edges))
    await expect(show.phone("Amina").locator(".holder")).to_contain_text("Türkçe")
    await expect(show.phone("Katrin").locator(".holder")).to_contain_text("Crisis on-call")
    await show.fills_the_phones()
    await show.picture("wide")


async def test_what_somebody_writes_reaches_the_bot_and_is_ticked(show: Show) -> None:
    amina = show.phone("Amina")
    await amina.locator(".entry").fill("Teşekkür ederim")
    await amina.locator(".send").click()
    mine = show.bubble("Amina", "Teşekkür ederim")
    await expect(mine).to_have_class(re.compile(r"\bout\b"))
    await expect(mine.locator("svg[aria-label=read]")).to_be_visible()
    await expect(amina.locator(".entry")).to_have_value("")
    updates = await show.bot("getUpdates", timeout=2)
    assert updates[-1]["message"]["text"] == "Teşekkür ederim"


async def test_the_answer_to_a_button_appears_as_a_toast_once(show: Show) -> None:
    await show.sends("Amina", "Geliyor musunuz?", reply_markup=buttons(["✅ Evet", "❌ Hayır"]))
    await show.phone("Amina").get_by_role("button", name="✅ Evet").click()
    press = await show.pressed()
    assert press["data"] == "✅ Evet"
    await expect(show.phone("Amina").locator("[aria-busy=true]")).to_have_count(1)
    await show.bot("answerCallbackQuery", callback_query_id=press["id"], text="Kaydedildi")
    await expect(show.phone("Amina").locator(".toast")).to_have_text(["Kaydedildi"])
    await expect(show.phone("Amina").locator("[aria-busy=true]")).to_have_count(0)
    await expect(show.phone("Omar").locator(".toast")).to_have_count(0)


async def test_an_alert_waits_for_ok_and_leaves_the_other_phones_alone(show: Show) -> None:
    await show.sends("Amina", "Eski", reply_markup=buttons(["Aç"]))
    await show.phone("Amina").get_by_role("button", name="Aç").click()
    press = await show.pressed()
    await show.bot(
        "answerCallbackQuery", callback_query_id=press["id"], text="Bu düğme eski.", show_alert=True
    )
    alert = show.phone("Amina").get_by_role("alertdialog")
    await expect(alert).to_have_count(1)
    await expect(alert).to_contain_text("Bu düğme eski.")
    await show.phone("Omar").locator(".entry").fill("يعمل")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_have_count(0)


async def test_an_edit_happens_in_place(show: Show) -> None:
    first = await show.sends("Amina", "Randevu: Salı")
    await show.sends("Amina", "Sonraki mesaj")
    bubble = show.phone("Amina").locator(f"[data-message='{first}']")
    await expect(bubble).to_contain_text("Salı")
    await bubble.evaluate("node => { node.marker = 'the same node' }")
    await show.bot("editMessageText", chat_id=show.ids["Amina"], message_id=first, text="Randevu: Cuma")
    await expect(bubble).to_contain_text("Cuma")
    await expect(bubble).to_contain_text("edited")
    await expect(bubble).to_have_class(re.compile(r"\bflash\b"))
    assert await bubble.evaluate("node => node.marker") == "the same node"
    texts = await show.phone("Amina").locator(".message .text").all_inner_texts()
    assert texts[-2:] == ["Randevu: Cuma", "Sonraki mesaj"]


async def test_a_reply_keyboard_types_its_words_and_can_be_put_away(show: Show) -> None:
    await show.sends("Amina", "Menü", reply_markup=keys(["🆘"], ["📅 Randevular", "🌐"]))
    amina = show.phone("Amina")
    await amina.locator(".keys").get_by_role("button", name="📅 Randevular").click()
    await expect(show.bubble("Amina", "📅 Randevular")).to_have_count(1)
    await amina.get_by_role("button", name="Hide the button keyboard").click()
    await expect(amina.locator(".keys")).to_be_hidden()
    await amina.get_by_role("button", name="Show the button keyboard").click()
    await expect(amina.locator(".keys").get_by_role("button")).to_have_text(["🆘", "📅 Randevular", "🌐"])


async def test_markup_in_a_text_stays_text(show: Show) -> None:
    hostile = "<img src=x onerror=\"document.title='broken'\"><b>bold?</b> & <script>1</script>"
    await show.sends("Omar", hostile)
    await show.types("Omar", hostile)
    await expect(show.bubble("Omar", hostile)).to_have_count(2)
    assert await show.page.locator(".text img, .text script, .text b").count() == 0
    assert await show.page.title() == "Pänz – phones side by side"


async def test_formatting_comes_from_entities(show: Show) -> None:
    await show.sends("Jonas", "<b>Alarm <i>7</i></b> and <code>x</code>", parse_mode="HTML")
    text = show.phone("Jonas").locator(".text").last
    await expect(text.locator("strong")).to_have_text("Alarm 7")
    await expect(text.locator("strong em")).to_have_text("7")
    await expect(text.locator("code")).to_have_text("x")


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("112", "tel:112"),
        ("116 016", "tel:116016"),
        ("0800\N{NO-BREAK SPACE}111\N{NO-BREAK SPACE}0\N{NO-BREAK SPACE}550", "tel:08001110550"),
        ("0228 19240", "tel:022819240"),
        ("0221 221-97999", "tel:022122197999"),
        ("+49 221 1234567", "tel:+492211234567"),
    ],
)
async def test_a_number_can_be_tapped_and_only_pretends_to_call(
    show: Show, written: str, dialled: str
) -> None:
    await show.sends("Amina", f"📞 Ara: {written}.")
    link = show.phone("Amina").locator(".call")
    await expect(link).to_have_attribute("href", dialled)
    await expect(link).to_have_text(written)
    await link.click()
    sheet = show.phone("Amina").get_by_role("dialog")
    await expect(sheet).to_contain_text("Calling…")
    await expect(sheet.locator(".number")).to_have_text(written)
    await show.page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    assert show.page.url == f"{show.base}/"


async def test_dates_times_and_postcodes_are_no_telephone_numbers(show: Show) -> None:
    await show.sends("Amina", "22.11.2026, 08:00–09:30, 51143 Köln, 01.02.03, A112, 1120, 2026-11-22")
    await expect(show.bubble("Amina", "51143")).to_have_count(1)
    assert await show.phone("Amina").locator(".call").count() == 0


async def test_an_invitation_link_asks_on_which_phone(show: Show) -> None:
    await show.sends("Jonas", "https://t.me/PaenzPorzBot?start=K3X_9-a")
    await show.phone("Jonas").get_by_role("link", name="t.me/PaenzPorzBot").click()
    await show.page.get_by_role("dialog").get_by_role("button", name="Omar").click()
    await expect(show.bubble("Omar", "/start K3X_9-a")).to_have_count(1)
    await expect(show.phone("Omar")).to_have_class(re.compile("is-active"))


async def test_another_link_is_asked_about_and_can_be_left(show: Show) -> None:
    markup = {"inline_keyboard": [[{"text": "Stadt Köln", "url": "https://www.stadt-koeln.de/"}]]}
    await show.sends("Jonas", "Link", reply_markup=markup)
    await show.phone("Jonas").get_by_role("link", name="Stadt Köln").click()
    sheet = show.phone("Jonas").get_by_role("dialog")
    await expect(sheet).to_contain_text("https://www.stadt-koeln.de/")
    await sheet.get_by_role("button", name="Cancel").click()
    assert len(show.page.context.pages) == 1


async def test_blocking_shows_and_can_be_undone(show: Show) -> None:
    amina = show.phone("Amina")
    await amina.get_by_role("button", name="More for this chat").click()
    await amina.get_by_role("button", name="Block the bot").click()
    await expect(amina.locator(".status-line")).to_have_text("blocked")
    await expect(amina.locator(".entry")).to_be_hidden()
    assert show.world.accounts[show.ids["Amina"]].blocked
    await amina.locator(".unblock").click()
    await expect(amina.locator(".entry")).to_be_visible()
    assert not show.world.accounts[show.ids["Amina"]].blocked


async def test_unread_is_counted_on_phones_nobody_looks_at(show: Show) -> None:
    await show.phone("Amina").locator(".entry").click()
    await show.sends("Omar", "مرحبا")
    await show.sends("Omar", "أهلاً")
    await show.sends("Amina", "Merhaba")
    badge = show.phone("Omar").locator(".holder .unread")
    await expect(badge).to_have_text("2")
    await expect(show.bubble("Amina", "Merhaba")).to_be_visible()
    await expect(show.phone("Amina").locator(".holder .unread")).to_be_hidden()
    await show.phone("Omar").locator(".log").click()
    await expect(badge).to_be_hidden()


async def test_reading_older_messages_is_not_disturbed(show: Show) -> None:
    for number in range(30):
        await show.sends("Amina", f"Satır {number}")
    log = show.phone("Amina").locator(".log")
    await expect(show.bubble("Amina", "Satır 29")).to_be_in_viewport()
    await show.phone("Amina").locator(".entry").click()
    await log.evaluate("box => box.scrollTo(0, 100)")
    await expect(show.phone("Amina")).to_have_class(re.compile("is-up"))
    await show.sends("Amina", "Yeni")
    await expect(show.phone("Amina").locator(".to-end .unread")).to_have_text("1")
    assert await log.evaluate("box => box.scrollTop") == 100
    await show.phone("Amina").get_by_role("button", name="To the newest message").click()
    await expect(show.bubble("Amina", "Yeni")).to_be_in_viewport()
    await expect(show.phone("Amina").locator(".to-end .unread")).to_be_hidden()


async def test_pinned_silent_and_protected_messages_are_marked(show: Show) -> None:
    number = await show.sends("Omar", "🆘 112", disable_notification=True, protect_content=True)
    await show.bot("pinChatMessage", chat_id=show.ids["Omar"], message_id=number)
    omar = show.phone("Omar")
    await expect(omar.get_by_role("button", name="Pinned message")).to_contain_text("🆘 112")
    await expect(omar.get_by_role("img", name="sent silently")).to_be_visible()
    await expect(omar.get_by_role("img", name="protected")).to_be_visible()


async def test_typing_shows_in_the_head_and_ends_with_the_message(show: Show) -> None:
    await show.bot("sendChatAction", chat_id=show.ids["Katrin"], action="typing")
    line = show.phone("Katrin").locator(".status-line")
    await expect(line).to_have_text("typing")
    await show.sends("Katrin", "Alarm 7")
    await expect(line).to_have_text("bot")


async def test_the_command_menu_types_a_command(show: Show) -> None:
    await show.bot("setMyCommands", commands=[{"command": "help", "description": "Hilfe"}])
    await show.sends("Jonas", "Guten Tag")
    jonas = show.phone("Jonas")
    await jonas.get_by_role("button", name="Commands").click()
    await jonas.locator(".commands").get_by_role("button", name="Hilfe").click()
    await expect(show.bubble("Jonas", "/help")).to_have_count(1)
    await expect(jonas.locator(".commands")).to_be_hidden()
