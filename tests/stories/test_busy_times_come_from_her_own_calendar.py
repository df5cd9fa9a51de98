"""A caseworker connects her own calendar: nobody is offered a time she has not got, and nothing else is kept of it."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from aiohttp import web

from storage.calendars import HERE
from storage.records import Role, Span
from tests.elsewhere import a_server
from tests.phones import Phone
from tests.stage import Stage

CONNECTED = "🗓 Pänz"


@dataclass
class Elsewhere:
    """Her calendar, somewhere on the web: one event on each of these moments, an hour long."""

    moments: list[datetime] = field(default_factory=list)
    status: int = 200
    leads_to: str = ""
    asked: int = 0

    async def answers(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        if self.leads_to:
            raise web.HTTPFound(self.leads_to)
        events = "".join(
            f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:{at:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H\r\nSUMMARY:Zahnarzt\r\nEND:VEVENT\r\n"
            for n, at in enumerate(self.moments)
        )
        text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n"
        return web.Response(text=text, status=self.status, content_type="text/calendar")


async def connects(stage: Stage, phone: Phone, address: str) -> None:
    """All the way from ⚙️ to the answer that it is looked at now."""
    await stage.machine.archive.write(lambda store: store.settings.put(HERE, "on"))
    await phone.presses("⚙️")
    await phone.sees("⚙️")
    await phone.presses("🗓 ")
    await phone.sees(CONNECTED)
    await phone.presses("🕒 Belegte Zeiten einlesen")
    await phone.sees("Bitte schicken Sie mir den Link")
    await phone.types(address)
    await phone.sees("Ich sehe den Kalender jetzt an")


async def busy(stage: Stage, phone: Phone) -> list[Span]:
    now = stage.clock.now()

    def find(store) -> list[Span]:  # type: ignore[no-untyped-def]
        person = store.people.by_telegram(phone.account.id)
        return store.occupied.between(person.id, now, now + timedelta(days=130))

    return await stage.machine.archive.read(find)


async def looked_again(stage: Stage, there: Elsewhere) -> None:
    """Half an hour goes by, and the next look is over."""
    before = there.asked
    await stage.forward(minutes=31)

    async def is_over() -> bool:
        if there.asked == before:
            return False
        now = stage.clock.now()
        looked = await stage.machine.archive.read(
            lambda store: [
                store.calendars.of(one.id).looked_at for one in store.people.with_role(Role.CASEWORKER)
            ]
        )
        return any(at is not None and now - at < timedelta(minutes=15) for at in looked)

    await stage.machine.until(is_over)


def tomorrow(stage: Stage, hours: int = 24) -> datetime:
    return (stage.clock.now() + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)


async def test_her_busy_times_are_known_and_follow_her_calendar(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    first = tomorrow(stage)
    there = Elsewhere([first, first + timedelta(days=2)])
    async with a_server(there.answers) as address:
        await connects(stage, koch, f"  {address}?secret=9f86d081884c7d65")
        await koch.loses("9f86d081884c7d65")
        told = await koch.sees("✅ Ihr Kalender ist verbunden", within=20)
        assert "Belegte Zeiten in den nächsten 277 Tagen: 2" in told.words
        assert [one.starts_at for one in await busy(stage, koch)] == there.moments
        await koch.presses("◀️ Zurück")
        shown = await koch.sees("Zuletzt angesehen")
        assert "Belegte Zeiten: 2" in shown.words

        there.moments = [first + timedelta(days=1)]
        await looked_again(stage, there)

        assert [(one.starts_at, one.ends_at) for one in await busy(stage, koch)] == [
            (there.moments[0], there.moments[0] + timedelta(hours=1))
        ]
    await koch.sees_nothing()
    assert "9f86d081884c7d65" not in caplog.text
    assert "Zahnarzt" not in caplog.text


async def test_when_it_can_not_be_read_she_is_told_once_and_keeps_what_was_known(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    there = Elsewhere([tomorrow(stage, 200)])
    async with a_server(there.answers) as address:
        await connects(stage, koch, address)
        await koch.sees("Ihr Kalender ist verbunden", within=20)

        there.status = 403
        for _ in range(2):
            await looked_again(stage, there)
        await koch.sees_nothing()
        await looked_again(stage, there)
        told = await koch.sees("seit 3 Versuchen nicht mehr zu lesen")
        assert "nicht herausgegeben" in told.words
        await looked_again(stage, there)
        await koch.sees_nothing()

        assert [one.starts_at for one in await busy(stage, koch)] == there.moments
        await koch.presses("◀️ Zurück")
        shown = await koch.sees("Er war zuletzt nicht zu lesen")
        assert "Versuche ohne Erfolg: 4" in shown.words
        there.status = 200
        await looked_again(stage, there)
        await koch.presses("🔄 Neu anzeigen")
        assert "nicht zu lesen" not in (await koch.sees("Zuletzt angesehen")).words


async def test_she_is_told_when_it_works_after_all(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    there = Elsewhere([tomorrow(stage)], status=503)
    async with a_server(there.answers) as address:
        await connects(stage, koch, address)
        await koch.sees("nicht zu lesen", within=20)
        await looked_again(stage, there)
        await koch.sees_nothing()
        there.status = 200
        await looked_again(stage, there)
        assert "Belegte Zeiten" in (await koch.sees("✅ Ihr Kalender ist verbunden")).words
        await looked_again(stage, there)
        await koch.sees_nothing()


async def test_taken_away_nothing_of_it_is_left(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    there = Elsewhere([tomorrow(stage)])
    async with a_server(there.answers) as address:
        await connects(stage, koch, address)
        await koch.sees("Ihr Kalender ist verbunden", within=20)
        await koch.presses("◀️ Zurück")
        await koch.sees("Zuletzt angesehen")
        await koch.presses("🧹 Meinen Kalender trennen")
        await koch.toasted("gelöscht")
        await koch.sees("nicht verbunden")
        assert await busy(stage, koch) == []
        asked = there.asked
        await stage.forward(hours=2)
        await koch.sees_nothing(1.5)
        assert there.asked == asked


async def test_a_link_to_where_nobody_may_look_is_named_so(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    there = Elsewhere(leads_to="http://169.254.169.254/latest/meta-data")
    async with a_server(there.answers) as address:
        await connects(stage, koch, address)
        told = await koch.sees("⚠️ Ihr Kalender war nicht zu lesen", within=20)
        assert "an dem Pänz nicht nachsehen darf" in told.words
    assert there.asked == 1


@pytest.mark.parametrize(
    "typed",
    [
        "hallo",
        "http://kalender.example.org/a.ics",
        "https://name:wort@example.org/a.ics",
        "file:///etc/passwd",
    ],
)
async def test_what_is_no_link_is_asked_for_again_and_leaves_the_chat(stage: Stage, typed: str) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    await koch.presses("⚙️")
    await koch.sees("⚙️")
    await koch.presses("🗓 ")
    await koch.sees(CONNECTED)
    await koch.presses("🕒 Belegte Zeiten einlesen")
    await koch.sees("Bitte schicken Sie mir den Link")
    await koch.types(typed)
    await koch.sees("kein Kalender-Link")
    await koch.loses(typed)


async def test_whoever_is_no_caseworker_any_more_has_no_calendar_here(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    there = Elsewhere([tomorrow(stage)])
    async with a_server(there.answers) as address:
        await connects(stage, koch, address)
        await koch.sees("Ihr Kalender ist verbunden", within=20)

        def gone(store) -> str:  # type: ignore[no-untyped-def]
            person = store.people.by_telegram(koch.account.id)
            store.people.revoke(person.id, Role.CASEWORKER)
            return person.id

        id = await stage.machine.archive.write(gone)
        asked = there.asked
        await stage.forward(minutes=31)

        async def is_forgotten() -> bool:
            return not await stage.machine.archive.read(lambda store: store.calendars.of(id).imports)

        await stage.machine.until(is_forgotten)
        assert await busy(stage, koch) == []
        assert there.asked == asked
