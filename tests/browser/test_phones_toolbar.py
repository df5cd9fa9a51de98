"""The demo's own controls: clock, Telegram's moods, new phones, drawers, hint, and a line that breaks."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from phones_page import Opener, Show
from playwright.async_api import Locator, expect

from bot.demo.telegram.hand import Hand

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize(
    ("button", "step"),
    [("+10 min", timedelta(minutes=10)), ("+1 h", timedelta(hours=1)), ("Next day", timedelta(days=1))],
)
async def test_the_clock_can_be_wound(show: Show, button: str, step: timedelta) -> None:
    before = show.world.clock.now()
    await show.page.get_by_role("button", name=button).click()
    await expect(show.page.locator("#clock-buttons [aria-busy]")).to_have_count(0)
    moved = show.world.clock.now() - before
    assert step <= moved < step + timedelta(seconds=20)
    await expect(show.page.locator("#day")).to_have_text(_berlin(show).strftime("%d.%m.%Y"))
    await expect(show.page.locator("#time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    await expect(show.page.locator("#weekday")).to_have_text(_berlin(show).strftime("%A"))


@pytest.mark.parametrize("time", ["09:00", "18:00"])
async def test_the_clock_can_be_wound_to_a_time_of_day(show: Show, time: str) -> None:
    before = show.world.clock.now()
    await show.page.locator(f"[data-until='{time}']").click()
    await expect(show.page.locator("#clock-buttons [aria-busy]")).to_have_count(0)
    await expect(show.page.locator("#time")).to_have_text(time)
    assert show.world.clock.now() - before <= timedelta(hours=25, seconds=20)


async def test_the_clock_can_be_wound_to_monday(show: Show) -> None:
    before = show.world.clock.now()
    await show.page.get_by_role("button", name="Until Monday").click()
    await expect(show.page.locator("#clock-buttons [aria-busy]")).to_have_count(0)
    await expect(show.page.locator("#weekday")).to_have_text("Monday")
    await expect(show.page.locator("#time")).to_have_text("09:00")
    assert timedelta(0) < show.world.clock.now() - before <= timedelta(days=7, hours=1, seconds=20)


def _berlin(show: Show) -> datetime:
    return show.world.clock.now().astimezone(ZoneInfo("Europe/Berlin"))


async def test_telegram_can_fall_silent_and_the_page_says_so(show: Show) -> None:
    await expect(show.page.locator(".storm")).to_be_hidden()
    await show.page.get_by_text("429", exact=True).click()
    await expect(show.page.locator(".storm")).to_contain_text("Telegram answers 429")
    async with show.http.post(f"{show.base}/bot{show.world.token}/getMe") as answer:
        assert answer.status == 429
    await show.page.get_by_text("works", exact=True).click()
    await expect(show.page.locator(".storm")).to_be_hidden()
    assert (await show.bot("getMe"))["username"] == "PaenzPorzBot"


async def test_a_new_phone_begins_with_start(curtain: Opener) -> None:
    show = await curtain(staged=False)
    await show.page.get_by_role("button", name="Add a phone").click()
    await show.page.get_by_role("dialog").get_by_role("button", name="فارسی / دری").click()
    phone = show.page.locator(".phone").last
    await expect(show.page.locator(".phone")).to_have_count(5)
    await expect(phone.locator(".holder")).to_contain_text("Parisa")
    await phone.get_by_role("button", name="Start", exact=True).click()
    await expect(phone.locator(".message.out")).to_have_text(re.compile("/start"))
    await expect(phone.locator(".entry")).to_be_visible()
    assert await phone.locator(".entry").evaluate("node => getComputedStyle(node).direction") == "rtl"
    show.complaints[:] = [said for said in show.complaints if "/demo/" not in said]


async def test_without_the_demo_s_own_api_the_drawers_are_left_out(curtain: Opener) -> None:
    show = await curtain(staged=False)
    await expect(show.page.locator(".phone")).to_have_count(4)
    await expect(show.page.get_by_role("button", name="Outbox")).to_be_hidden()
    assert show.complaints
    assert all("404" in said and "/demo/" in said for said in show.complaints)
    show.complaints.clear()


async def test_drawers_show_states_in_words_and_stay_live(show: Show) -> None:
    now = show.world.clock.now()
    row = {"id": 1, "lane": "crisis", "to": "Katrin", "method": "sendMessage", "state": "sending"}
    show.backstage.drawers["outbox"] = [
        row | {"attempts": 1, "about": "<b>alarm</b> 7", "at": now.isoformat()}
    ]
    await show.page.get_by_role("button", name="Outbox").click()
    drawer = show.page.locator("#drawer")
    await expect(drawer.locator(".pill.busy")).to_contain_text("sending")
    await expect(drawer).to_contain_text("<b>alarm</b> 7")
    show.backstage.drawers["outbox"][0]["state"] = "delivered"
    await expect(drawer.locator(".pill.good")).to_contain_text("delivered")
    await show.picture("drawer")
    await show.page.get_by_role("button", name="Timers").click()
    await expect(drawer).to_contain_text("No timer is running.")
    due = (show.world.clock.now() + timedelta(minutes=8)).isoformat()
    show.backstage.drawers["timers"] = [{"kind": "alarm_step", "scope": "alarm 7", "due_at": due}]
    await expect(drawer).to_contain_text("in 8 min")
    await show.page.get_by_role("button", name="Close this drawer").press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(show.page.get_by_role("button", name="Timers")).to_be_focused()


async def test_the_hint_can_be_dismissed_for_good(show: Show) -> None:
    hint = show.page.locator("#hint")
    await expect(hint).to_contain_text("Press 🆘 and then 🚨 on Amina's phone and watch Katrin's.")
    await expect(hint.get_by_role("button", name="next")).to_be_hidden()
    await hint.get_by_role("button", name="Dismiss").click()
    await expect(hint).to_be_hidden()
    await show.page.reload()
    await show.page.locator("body.is-ready").wait_for()
    await expect(hint).to_be_hidden()


async def _with_the_cast(show: Show) -> Locator:
    """The hint, for people who are called as the demo's own."""
    for entry, name in zip(show.backstage.cast, ("Amina", "Yusuf", "Frau Klein", "Frau Koch"), strict=True):
        entry["name"] = name
    show.backstage.cast.append(show.backstage.cast[0] | {"id": 0, "name": "Herr Weber"})
    await show.page.reload()
    await show.page.locator("body.is-ready").wait_for()
    return show.page.locator("#hint")


async def test_the_hint_tells_an_evening_step_by_step(curtain: Opener) -> None:
    show = await curtain()
    hint = await _with_the_cast(show)
    back, on = (hint.get_by_role("button", name=name) for name in ("The step before", "The next step"))
    await expect(back).to_be_disabled()
    for number in range(1, 16):
        await on.click()
        await expect(hint).to_contain_text(f"An evening, {number} of 15")
    await expect(on).to_be_disabled()
    await back.click()
    await expect(hint).to_contain_text("14 of 15")
    show.complaints.clear()


async def test_the_hint_tells_a_week_as_well(curtain: Opener) -> None:
    show = await curtain()
    hint = await _with_the_cast(show)
    evening, week = (hint.get_by_role("button", name=name) for name in ("Evening", "Week"))
    await week.click()
    await expect(hint).to_contain_text("A week, 1 of 19 Made in eight taps.")
    await expect(week).to_have_attribute("aria-pressed", "true")
    await hint.get_by_role("button", name="The next step").click()
    await expect(hint).to_contain_text("A week, 2 of 19")
    await evening.click()
    await expect(hint).to_contain_text("An evening, 1 of 15")
    await expect(week).to_have_attribute("aria-pressed", "false")
    show.complaints.clear()


async def test_a_broken_line_is_taken_up_again(show: Show) -> None:
    line = show.page.locator("#line")
    await expect(line).to_contain_text("live")
    show.cut()
    Hand(show.world, show.world.accounts[show.ids["Amina"]]).types("Bu arada")
    await expect(line).to_contain_text("reconnecting")
    await expect(line).to_contain_text("live")
    await expect(show.bubble("Amina", "Bu arada")).to_be_visible()
    assert all("ERR_" in said for said in show.complaints)
    show.complaints.clear()


async def test_coming_back_to_the_page_shows_what_happened_meanwhile(show: Show) -> None:
    await expect(show.page.locator("#line")).to_contain_text("live")
    await show.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    await show.sends("Amina", "Bu arada")
    await expect(show.bubble("Amina", "Bu arada")).to_have_count(0)
    await show.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    await expect(show.bubble("Amina", "Bu arada")).to_be_visible()
