"""The page on a narrow screen, with the keyboard alone, in the dark and without the demo's own API."""

import re

import pytest
from phones_page import Opener, Show, buttons, keys
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# Which ink the styles put on which ground.
PAIRS = (
    "ink page,soft page-deep,ink card,soft card,link card,soft in,soft head,link head,ink in,link in,ink out,"
    "out-ink out,link out,link inline,ink key,ink keys,good good-soft,wait wait-soft,busy busy-soft,"
    "bad bad-soft,ink plain-soft,page warm,on-accent accent,ink accent-soft,link accent-soft,warm foot,"
    "soft foot"
)


async def _alone_in_sight(show: Show, name: str) -> None:
    """Waits until this phone and no other is inside the window; a swipe takes its time to settle."""
    seen = "[...document.querySelectorAll('.phone')].filter(phone => { const box = phone.getBoundingClientRect();"
    seen += " return box.right > 1 && box.left < innerWidth - 1 }).map(phone => phone.id).join()"
    await show.page.wait_for_function(f"wanted => ({seen}) === wanted", arg=f"phone-{show.ids[name]}")


async def test_a_narrow_screen_shows_one_phone_at_a_time(curtain: Opener) -> None:
    show = await curtain(**NARROW)
    await _alone_in_sight(show, "Amina")
    await show.fills_the_phones()
    tab = show.page.get_by_role("tab", name="Omar")
    await expect(tab.locator(".unread")).to_have_text("2")
    await show.picture("mobile")
    await tab.click()
    await expect(tab).to_have_attribute("aria-selected", "true")
    await expect(show.phone("Omar").locator(".log")).to_be_in_viewport(ratio=0.99)
    await _alone_in_sight(show, "Omar")
    await expect(tab.locator(".unread")).to_have_count(0)
    assert await show.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await show.picture("mobile-arabic")


async def test_swiping_brings_the_next_phone(curtain: Opener) -> None:
    show = await curtain(**NARROW)
    await show.page.locator("#phones").evaluate(
        "strip => strip.scrollBy({left: innerWidth, behavior: 'instant'})"
    )
    await expect(show.page.get_by_role("tab", name="Omar")).to_have_attribute("aria-selected", "true")
    assert await show.phone("Amina").evaluate("node => node.inert")
    assert not await show.phone("Omar").evaluate("node => node.inert")


async def test_arrow_keys_walk_along_the_tabs(curtain: Opener) -> None:
    show = await curtain(**NARROW)
    await show.page.get_by_role("tab", name="Amina").focus()
    await show.page.keyboard.press("ArrowRight")
    await show.page.keyboard.press("ArrowRight")
    await expect(show.page.get_by_role("tab", name="Jonas")).to_be_focused()
    await expect(show.phone("Jonas")).to_have_class(re.compile("is-active"))
    await show.page.keyboard.press("End")
    await expect(show.page.get_by_role("tab", name="Katrin")).to_be_focused()


async def test_everything_works_with_the_keyboard_alone(show: Show) -> None:
    await show.sends("Amina", "Geliyor musunuz?", reply_markup=buttons(["✅ Evet"]))
    await show.sends("Amina", "Menü", reply_markup=keys(["🆘"]))
    await expect(show.bubble("Amina", "Menü")).to_be_visible()
    reached = await _tabs_until(show, "🆘", 40)
    wanted = ["Next day", "Add a phone", "Amina", "More for this chat", "✅ Evet", "Message from Amina", "🆘"]
    places = [next(at for at, name in enumerate(reached) if word in name) for word in wanted]
    assert places == sorted(places)
    await show.page.keyboard.press("Enter")
    await expect(show.bubble("Amina", "🆘")).to_have_class(re.compile(r"\bout\b"))
    await show.phone("Amina").get_by_role("button", name="✅ Evet").focus()
    await show.page.keyboard.press("Space")
    assert (await show.pressed())["data"] == "✅ Evet"


async def test_arrow_keys_walk_from_phone_to_phone(show: Show) -> None:
    await show.phone("Amina").locator(".holder").focus()
    await show.page.keyboard.press("ArrowRight")
    await expect(show.phone("Omar").locator(".holder")).to_be_focused()
    await expect(show.phone("Omar")).to_have_class(re.compile("is-active"))
    await show.page.keyboard.press("Enter")
    await expect(show.phone("Omar").locator(".entry")).to_be_focused()
    await show.page.keyboard.type("مرحبا")
    await show.page.keyboard.press("Enter")
    await expect(show.bubble("Omar", "مرحبا")).to_have_count(1)


async def _tabs_until(show: Show, word: str, most: int) -> list[str]:
    reached: list[str] = []
    for _ in range(most):
        await show.page.keyboard.press("Tab")
        name, ring = await show.page.evaluate(
            """() => { const a = document.activeElement;
            const ringed = a.matches('input') ? a.nextElementSibling : a;
            return [a.getAttribute('aria-label') || a.textContent, getComputedStyle(ringed).outlineStyle] }"""
        )
        assert ring != "none", f"no focus ring on {name!r}"
        reached.append(name)
        if word in name:
            return reached
    raise AssertionError(f"{word} cannot be reached: {reached}")


async def test_escape_closes_what_is_open_and_gives_the_focus_back(show: Show) -> None:
    await show.sends("Amina", "Ara: 112")
    link = show.phone("Amina").locator(".call")
    await link.focus()
    await show.page.keyboard.press("Enter")
    await expect(show.phone("Amina").get_by_role("button", name="Hang up")).to_be_focused()
    await show.page.keyboard.press("Escape")
    await expect(link).to_be_focused()
    await show.page.get_by_role("button", name="Add a phone").press("Enter")
    await expect(show.page.get_by_role("dialog")).to_be_visible()
    await show.page.keyboard.press("Escape")
    await expect(show.page.get_by_role("dialog")).to_have_count(0)
    await expect(show.page.get_by_role("button", name="Add a phone")).to_be_focused()


async def test_a_pressed_button_that_is_edited_away_leaves_the_focus_on_its_phone(show: Show) -> None:
    number = await show.sends("Amina", "Geliyor musunuz?", reply_markup=buttons(["✅ Evet"]))
    await show.phone("Amina").get_by_role("button", name="✅ Evet").focus()
    await show.page.keyboard.press("Enter")
    press = await show.pressed()
    await show.bot("editMessageText", chat_id=show.ids["Amina"], message_id=number, text="Kaydedildi")
    await show.bot("answerCallbackQuery", callback_query_id=press["id"])
    await expect(show.bubble("Amina", "Kaydedildi")).to_be_visible()
    await expect(show.phone("Amina").locator(".log")).to_be_focused()


async def test_lists_and_notes_have_their_roles(show: Show) -> None:
    await expect(show.page.get_by_role("log", name="Messages on Amina's phone")).to_be_visible()
    for place in await show.page.locator(".toasts").all():
        assert await place.get_attribute("aria-live") == "polite"
    named = "button => Boolean(button.getAttribute('aria-label') || button.textContent.trim())"
    unnamed = await show.page.evaluate(
        f"[...document.querySelectorAll('button')].filter(b => !({named})(b)).length"
    )
    assert unnamed == 0


async def test_it_can_be_dark_and_still(curtain: Opener) -> None:
    show = await curtain(color_scheme="dark", reduced_motion="reduce")
    await show.sends("Amina", "Merhaba")
    bubble = show.bubble("Amina", "Merhaba")
    await expect(bubble).to_be_visible()
    background = await show.page.evaluate("getComputedStyle(document.body).getPropertyValue('--page').trim()")
    assert background == "#1a1613"
    seconds = await bubble.evaluate("node => parseFloat(getComputedStyle(node).animationDuration)")
    assert seconds < 0.001
    await show.fills_the_phones()
    await show.picture("dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_from_their_ground(curtain: Opener, scheme: str) -> None:
    """Every pair of ink and ground the styles use reaches the AA ratio of 4.5."""
    show = await curtain(color_scheme=scheme)
    for pair in PAIRS.split(","):
        ink, ground = [await _colour(show, name) for name in pair.split()]
        assert _contrast(ink, ground) >= 4.5, (pair, _contrast(ink, ground))


async def _colour(show: Show, name: str) -> str:
    return str(
        await show.page.evaluate(f"getComputedStyle(document.body).getPropertyValue('--{name}').trim()")
    )


def _contrast(one: str, other: str) -> float:
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
