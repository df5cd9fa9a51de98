"""What is no text: pictures, documents, contact cards, and what people send instead of words."""

import io

import pytest
import segno
from aiohttp import FormData
from phones_page import Show
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def _uploads(show: Show, method: str, kind: str, content: bytes, name: str, caption: str = "") -> None:
    form = FormData({"chat_id": str(show.ids["Jonas"]), "caption": caption}, quote_fields=False)
    form.add_field(kind, content, filename=name)
    async with show.http.post(f"{show.base}/bot{show.world.token}/{method}", data=form) as answer:
        assert (await answer.json())["ok"]


async def test_a_qr_picture_can_be_enlarged(show: Show) -> None:
    drawing = io.BytesIO()
    segno.make("https://t.me/PaenzPorzBot?start=K3X").save(drawing, kind="png", scale=6)
    await _uploads(show, "sendPhoto", "photo", drawing.getvalue(), "qr.png", "Einladung")
    photo = show.phone("Jonas").get_by_role("button", name="Photo: Einladung – enlarge")
    await expect(photo.locator("img")).to_be_visible()
    assert await photo.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    await photo.click()
    large = show.page.get_by_role("dialog", name="Enlarged picture")
    await expect(large.get_by_role("img", name="Photo: Einladung")).to_be_visible()
    await show.picture("picture")
    await show.page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
    await expect(photo).to_be_focused()


async def test_a_document_shows_its_name_and_size_and_can_be_kept(show: Show) -> None:
    await _uploads(show, "sendDocument", "document", b"%PDF-1.4 " + b"x" * 3000, "Bericht <November>.pdf")
    paper = show.phone("Jonas").locator(".paper")
    await expect(paper).to_contain_text("Bericht <November>.pdf")
    await expect(paper).to_contain_text("2.9 kB")
    async with show.page.expect_download() as download:
        await paper.click()
    assert (await (await download.value).path()).stat().st_size == 3009


async def test_a_contact_card_can_be_called(show: Show) -> None:
    await show.bot(
        "sendContact", chat_id=show.ids["Jonas"], first_name="GSD Porz", phone_number="0221 22197999"
    )
    card = show.phone("Jonas").locator(".card")
    await expect(card).to_contain_text("GSD Porz")
    await card.locator(".call").click()
    await expect(show.phone("Jonas").get_by_role("dialog")).to_contain_text("Calling…")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Photo", "photo"),
        ("Sticker", "sticker"),
        ("Voice message", "voice"),
        ("Location", "location"),
        ("Contact", "contact"),
    ],
)
async def test_people_can_send_what_is_no_text(show: Show, words: str, kind: str) -> None:
    before = await show.phone("Amina").locator(".message").count()
    await show.phone("Amina").get_by_role("button", name="Send something else").click()
    await show.phone("Amina").locator(".things").get_by_role("button", name=words).click()
    await expect(show.phone("Amina").locator(".message.out")).to_have_count(before + 1)
    updates = await show.bot("getUpdates", timeout=2)
    assert kind in updates[-1]["message"]


async def test_a_voice_and_a_pin_can_be_recognised(show: Show) -> None:
    await show.phone("Amina").get_by_role("button", name="Send something else").click()
    await show.phone("Amina").locator(".things").get_by_role("button", name="Voice message").click()
    await expect(show.phone("Amina").locator(".message.out .voice")).to_contain_text("0:08")
    said = (await show.bot("getUpdates", timeout=2))[-1]["message"]["voice"]["file_id"]
    await show.bot("sendVoice", chat_id=show.ids["Jonas"], voice=said, caption="Wir erklären es")
    await expect(show.bubble("Jonas", "Wir erklären es").locator(".voice")).to_contain_text("0:08")
    place = {"latitude": 50.8861, "longitude": 7.0602, "title": "Rathaus Porz", "address": "Ufer 64"}
    await show.bot("sendVenue", chat_id=show.ids["Jonas"], **place)
    pin = show.phone("Jonas").locator(".venue")
    await expect(pin).to_contain_text("Rathaus Porz")
    await expect(pin).to_contain_text("50.8861, 7.0602")


async def test_somebody_can_wipe_their_own_words_from_the_phone(show: Show) -> None:
    await show.types("Amina", "Ich habe Angst")
    await expect(show.bubble("Amina", "Ich habe Angst")).to_be_visible()
    await show.phone("Amina").get_by_role("button", name="More for this chat").click()
    await show.phone("Amina").get_by_role("button", name="Delete my last message").click()
    await expect(show.bubble("Amina", "Ich habe Angst")).to_have_count(0)
    await expect(show.bubble("Amina", "/start")).to_have_count(1)
