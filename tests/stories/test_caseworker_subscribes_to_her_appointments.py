"""A caseworker's own calendar shows her appointments with pseudonyms, over a link that she can close at once."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar
from recurring_ical_events import of

from bot.config import FeedPlace
from bot.feed import Feed
from storage.calendars import FEED_URL
from storage.records import AppointmentKind, Role
from tests.diary import BERLIN
from tests.phones import Phone
from tests.stage import Stage

HIDDEN = ("Demir", "Elif", "Koch", "Praxis", "Dr. Geheim")


@asynccontextmanager
async def served(stage: Stage) -> AsyncIterator[None]:
    """Feeds are served at a free port of loopback."""
    feed = Feed(stage.machine.archive, stage.clock, FeedPlace("127.0.0.1", 0, ""))
    task = stage.machine.tasks.start(feed.run(), "feed of the story")
    await stage.machine.until(
        lambda: stage.machine.archive.read(lambda store: bool(store.settings.get(FEED_URL)))
    )
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def to_calendars(phone: Phone, says: str) -> None:
    await phone.presses("⚙️")
    await phone.sees("⚙️")
    await phone.presses("🗓 ")
    await phone.sees(says)


async def link_of(phone: Phone) -> str:
    shown = await phone.sees(".ics")
    found = re.search(r"http://\S+/[A-Za-z0-9_-]{43}\.ics", shown.words)
    assert found is not None, shown.words
    return found.group()


async def get(url: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.request(method, url, headers=headers) as reply:
        return reply.status, await reply.read(), {name.lower(): said for name, said in reply.headers.items()}


def entries(body: bytes) -> list[Any]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


async def events(url: str) -> list[Any]:
    status, body, _ = await get(url)
    assert status == 200
    return entries(body)


async def plans(stage: Stage, family_id: str, days: int, **more: object) -> None:
    """An appointment is made, as the room of planning does it."""
    at = datetime.combine(
        (stage.clock.now() + timedelta(days=days)).astimezone(BERLIN).date(),
        datetime.min.time().replace(hour=14, minute=30),
        BERLIN,
    ).astimezone(UTC)

    def act(store) -> None:  # type: ignore[no-untyped-def]
        family = store.families.get(family_id)
        kind = AppointmentKind.HOME_VISIT
        now = stage.clock.now()
        made = store.appointments.add(
            family.id, family.caseworker_id, kind, at, "Praxis Dr. Geheim", made_at=now, **more
        )
        store.journal.write(
            now, family.caseworker_id, "appointment.made", f"appointment:{made.id}", family.id
        )

    await stage.machine.archive.write(act)


async def test_her_appointments_stand_there_and_nobodys_name(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    family = await stage.family("F. Demir", koch)
    await stage.parent("Elif", "tr", family)
    await plans(stage, family.id, 3)
    await plans(stage, family.id, 200, meeting_place_id="bonner", minutes=90)
    await plans(stage, family.id, 400)
    async with served(stage):
        await to_calendars(koch, "noch kein Link")
        await koch.presses("🔗 Kalender abonnieren")
        url = await link_of(koch)
        await koch.sees("Ihr Link ist offen")

        status, body, headers = await get(url)

    assert status == 200
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert "private" in headers["cache-control"]
    assert not [word for word in HIDDEN if word.encode() in body]
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert b"METHOD:PUBLISH" in body
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M" in body
    first, second = entries(body)
    pseudonym = await stage.machine.archive.read(lambda store: store.calendars.pseudonym(family.id))
    assert str(first["SUMMARY"]) == f"Hausbesuch · {pseudonym}"
    assert first["DTSTART"].dt.astimezone(BERLIN).strftime("%H:%M") == "14:30"
    assert "LOCATION" not in first
    assert str(second["LOCATION"]) == "Bonner Straße, 51145 Köln"
    assert second["DTEND"].dt - second["DTSTART"].dt == timedelta(minutes=90)
    assert len(of(Calendar.from_ical(body)).between(stage.clock.now(), timedelta(days=4))) == 1
    word = url.rpartition("/")[2].removesuffix(".ics")
    assert word not in caplog.text
    await koch.presses("👪 Familien")
    await koch.sees("👪 Ihre Familien")
    await koch.presses("F. Demir")
    await koch.sees(f"In Ihrem Kalender heißt die Familie: {pseudonym}")


async def test_what_is_cancelled_says_so_under_the_same_name(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    family = await stage.family("F. Demir", koch)
    await plans(stage, family.id, 3)
    async with served(stage):
        await to_calendars(koch, "noch kein Link")
        await koch.presses("🔗 Kalender abonnieren")
        url = await link_of(koch)
        (before,) = await events(url)
        mark = (await get(url))[2]["etag"]
        assert (await get(url, **{"If-None-Match": mark}))[0] == 304

        stage.clock.forward(timedelta(hours=1))
        await koch.reads_everything()
        await koch.presses("📅 Termine")
        await koch.sees("📅")
        await koch.presses("F. Demir")
        await koch.presses("❌")
        await koch.presses("❌ Ja, absagen")
        await koch.sees("abgesagt")
        await stage.quiet()

        (after,) = await events(url)
        assert (await get(url, **{"If-None-Match": mark}))[0] == 200
    assert str(after["UID"]) == str(before["UID"])
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert "Abgesagt" in str(after["SUMMARY"])
    await koch.reads_everything()


async def test_a_new_link_ends_the_old_one_and_a_closed_one_opens_nothing(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    async with served(stage):
        await to_calendars(koch, "noch kein Link")
        await koch.presses("🔗 Kalender abonnieren")
        old = await link_of(koch)
        await koch.sees("Ihr Link ist offen")
        await koch.presses("🔄 Neuer Link")
        new = await link_of(koch)
        assert ((await get(old))[0], (await get(new))[0]) == (404, 200)
        await koch.presses("🔒 Link sperren")
        await koch.toasted("gesperrt")
        await koch.sees("noch kein Link")

        closed = await get(new)
        wrong = await get(new.replace(new[-10:-4], "aaaaaa"))
        elsewhere = await get(new.rpartition("/")[0] + "/")
        others = [await get(new, method) for method in ("POST", "PUT", "DELETE", "OPTIONS")]
    for status, body, headers in (closed, wrong, elsewhere, *others):
        assert (status, body) == (404, b"")
        assert {name: value for name, value in headers.items() if name != "date"} == {
            name: value for name, value in closed[2].items() if name != "date"
        }
    await koch.reads_everything()


async def test_the_link_can_be_taken_out_of_the_chat_and_still_works(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    async with served(stage):
        await to_calendars(koch, "noch kein Link")
        await koch.presses("🔗 Kalender abonnieren")
        url = await link_of(koch)
        await koch.presses("🧹 Kopiert: Link löschen")
        await koch.loses(".ics")
        assert (await get(url, "HEAD"))[0] == 200
    await koch.reads_everything()


async def test_whoever_works_here_no_more_sees_nothing_from_that_second_on(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    async with served(stage):
        await to_calendars(koch, "noch kein Link")
        await koch.presses("🔗 Kalender abonnieren")
        url = await link_of(koch)

        def leaves(store) -> None:  # type: ignore[no-untyped-def]
            store.people.revoke(store.people.by_telegram(koch.account.id).id, Role.CASEWORKER)

        await stage.machine.archive.write(leaves)
        assert (await get(url))[0] == 404
    await koch.reads_everything()


async def test_where_no_feed_is_served_the_room_says_so(stage: Stage) -> None:
    grace = await stage.staff("Grace", Role.CASEWORKER, language="en")
    await grace.presses("English")
    await grace.sees("Welcome to Pänz")
    await grace.reads_everything()
    await to_calendars(grace, "not set up at your agency yet")
    assert not [label for label in grace.keyboard if "Subscribe" in label]


async def test_who_asks_too_often_waits_and_open_hands_are_let_go(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    async with served(stage):
        await to_calendars(koch, "noch kein Link")
        await koch.presses("🔗 Kalender abonnieren")
        url = await link_of(koch)
        wrong = url.replace(url[-10:-4], "aaaaaa")
        async with aiohttp.ClientSession() as session:
            replies = [await session.get(wrong) for _ in range(70)]
        assert {reply.status for reply in replies} == {404, 429}
        port = int(url.split(":")[2].split("/")[0])
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(70)]
        await asyncio.sleep(0.2)
        closed = [reader.at_eof() for reader, _ in held]
        for _, writer in held:
            writer.close()
        assert any(closed)
    await koch.reads_everything()
