"""Arabic on a phone: lines begin at the right, and no number is ever turned round."""

import re

import pytest
from phones_page import LRI, PDI, Show, keys
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
NBSP = "\N{NO-BREAK SPACE}"

# The left edge of every digit of a number, in the order in which the digits are written.
EDGES = """(node, number) => {
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const letters = [];
  while (walk.nextNode()) {
    for (let at = 0; at < walk.currentNode.length; at += 1) letters.push([walk.currentNode, at]);
  }
  const whole = letters.map(([text, at]) => text.data[at]).join('');
  const start = whole.indexOf(number);
  return [...number].map((letter, step) => {
    const [text, at] = letters[start + step];
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return /[0-9]/.test(letter) ? range.getClientRects()[0].left : null;
  }).filter(left => left !== null);
}"""
# How far each line of a text stands away from the left and from the right edge of its bubble.
MARGINS = """node => {
  const box = node.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(node);
  const rects = [...range.getClientRects()].filter(rect => rect.width > 1);
  return rects.map(rect => [rect.left - box.left, box.right - rect.right]);
}"""


@pytest.mark.parametrize(
    ("line", "number"),
    [
        (f"📞 {LRI}116{NBSP}016{PDI} العنف", f"116{NBSP}016"),
        (f"اتصل {LRI}0800{NBSP}111{NBSP}0{NBSP}550{PDI} الآن", f"0800{NBSP}111{NBSP}0{NBSP}550"),
        ("اتصل 116 117 للطبيب", "116 117"),
        (f"الموعد {LRI}24.11.2026{PDI} الساعة {LRI}14:30{PDI}", "24.11.2026"),
        ("في حالة الخطر 112", "112"),
    ],
)
async def test_digits_run_from_left_to_right_in_an_arabic_line(show: Show, line: str, number: str) -> None:
    await show.sends("Omar", f"أرقام مهمة\n{line}")
    text = show.phone("Omar").locator(".text", has_text="أرقام")
    await expect(text).to_be_visible()
    edges = await text.evaluate(EDGES, number)
    assert len(edges) == len(re.sub(r"\D", "", number))
    assert edges == sorted(edges)


async def test_each_line_takes_its_side_from_its_own_first_letter(show: Show) -> None:
    await show.sends("Omar", "مرحبا\nBahnhofstr. 12, 51143 Köln (Porz)\nأهلاً")
    text = show.phone("Omar").locator(".text", has_text="Bahnhofstr")
    style = await text.evaluate(
        "node => [getComputedStyle(node).unicodeBidi, getComputedStyle(node).textAlign]"
    )
    assert style == ["plaintext", "start"]
    arabic, german, again = await text.evaluate(MARGINS)
    assert arabic[1] < 2 < arabic[0]
    assert german[0] < 2
    assert again[1] < 2 < again[0]
    await show.fills_the_phones()
    await show.picture("arabic")


async def test_turkish_and_german_stay_on_the_left(show: Show) -> None:
    await show.sends("Amina", "Merhaba\nBen Pänz, aileler için yazıyorum")
    text = show.phone("Amina").locator(".text", has_text="Merhaba")
    assert all(left < 2 for left, _ in await text.evaluate(MARGINS))


async def test_the_arabic_phone_writes_from_the_right(show: Show) -> None:
    entry = show.phone("Omar").locator(".entry")
    assert await entry.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert await entry.evaluate("node => getComputedStyle(node).unicodeBidi") == "plaintext"
    assert (
        await show.phone("Amina").locator(".entry").evaluate("node => getComputedStyle(node).direction")
        == "ltr"
    )


async def test_an_arabic_reply_keyboard_shows_its_words_whole(show: Show) -> None:
    await show.sends("Omar", "القائمة", reply_markup=keys(["📅 المواعيد", "🎯 التمرين"]))
    button = show.phone("Omar").locator(".keys .key").first
    await expect(button).to_have_text("📅 المواعيد")
    assert (
        await button.locator(".label").evaluate("node => getComputedStyle(node).unicodeBidi") == "plaintext"
    )
