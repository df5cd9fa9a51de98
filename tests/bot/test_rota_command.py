"""`paenz rota`: a calendar file read in and taken out, as an operator does it; and what `paenz check` says then."""

from datetime import datetime, timedelta

from bot.clock import SystemClock
from storage.agency import EVERYWHERE
from storage.records import Role, Shift
from storage.store import Store
from tests.bot.test_commands import Shell
from tests.bot.test_commands import bare as bare
from tests.bot.test_commands import shell as shell


async def cast(shell: Shell, *, tested: bool = True) -> None:
    """An agency with one step and one person on call, who is off by hand."""
    now = SystemClock().now()

    def make(store: Store) -> None:
        store.agency.replace_policies({EVERYWHERE: {"minutes": [5]}})
        koch = store.people.met(1, "de", now)
        store.people.rename(koch.id, "Frau Koch")
        store.people.grant(koch.id, Role.ON_CALL, now)
        store.duties.assign(koch.id, 1, now)
        store.duties.switch(koch.id, False, now)
        if tested:
            store.duties.tested(koch.id, now)

    async with shell.archive() as archive:
        await archive.write(make)


def event(starts_at: datetime, hours: int, summary: str = "Frau Koch · 1") -> str:
    ends_at = starts_at + timedelta(hours=hours)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{summary}-{starts_at:%Y%m%d%H}",
        "DTSTAMP:20261101T000000Z",
        f"SUMMARY:{summary}",
        f"DTSTART:{starts_at:%Y%m%dT%H%M%SZ}",
        f"DTEND:{ends_at:%Y%m%dT%H%M%SZ}",
        "END:VEVENT",
    ]
    return "\r\n".join(lines)


def written(shell: Shell, *events: str) -> str:
    file = shell.folder / "rota.ics"
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""])
    file.write_bytes(text.encode())
    return str(file)


async def planned(shell: Shell) -> list[Shift]:
    now = SystemClock().now()
    async with shell.archive() as archive:
        return await archive.read(lambda store: store.rota.between(now, now + timedelta(days=60)))


async def test_a_file_is_read_once_and_comes_out_again(shell: Shell) -> None:
    await cast(shell)
    soon = SystemClock().now() + timedelta(days=1)
    file = written(shell, event(soon, 8), event(soon + timedelta(days=1), 8))
    ended = await shell.run("rota", "import", file)
    assert (ended.code, ended.err) == (0, "")
    assert "New: 2. Changed: 0." in ended.out
    before = await planned(shell)
    assert len(before) == 2
    assert "New: 0. Changed: 0. Cancelled: 0. As before: 2." in (await shell.run("rota", "import", file)).out
    out = shell.folder / "out.ics"
    ended = await shell.run("rota", "export", str(out))
    assert f"2 shifts are in {out}" in ended.out.replace("\n", "")
    assert "As before: 2." in (await shell.run("rota", "import", str(out))).out
    assert await planned(shell) == before


async def test_what_is_not_understood_is_named_and_the_rest_taken_over(shell: Shell) -> None:
    await cast(shell)
    soon = SystemClock().now() + timedelta(days=1)
    file = written(shell, event(soon, 8), event(soon, 8, "Teamsitzung"), event(soon, 8, "Herr Neu · 1"))
    ended = await shell.run("rota", "import", file)
    assert ended.code == 1
    assert "New: 1." in ended.out
    assert "'Teamsitzung' on" in ended.out
    assert "nobody called 'Herr Neu' is on call" in ended.out
    assert "Not understood: 2." in ended.err


async def test_what_is_no_calendar_is_refused_in_a_sentence(shell: Shell) -> None:
    await cast(shell)
    file = shell.folder / "x.ics"
    for said, content in (
        ("can't be read", None),
        ("not written in UTF-8", b"\xff\xfe"),
        ("no calendar", b"Guten Tag"),
        ("too large", b"BEGIN:VCALENDAR\r\n" + b"X-NOTE:lang\r\n" * 90_000),
    ):
        if content is not None:
            file.write_bytes(content)
        ended = await shell.run("rota", "import", str(file))
        assert ended.code == 1
        assert said in ended.err
        assert "Traceback" not in ended.err


async def test_an_event_for_every_minute_costs_no_other_event(shell: Shell) -> None:
    await cast(shell)
    soon = SystemClock().now() + timedelta(days=1)
    every = event(soon, 1).replace("END:VEVENT", "RRULE:FREQ=MINUTELY\r\nEND:VEVENT")
    ended = await shell.run("rota", "import", written(shell, every, event(soon + timedelta(days=1), 8)))
    assert "New: 1." in ended.out
    assert "and no more often" in ended.out
    assert "Not understood: 1." in ended.err


async def test_check_names_the_gaps_of_a_day_and_who_was_never_tested(shell: Shell) -> None:
    await cast(shell)
    now = SystemClock().now()
    await shell.run("rota", "import", written(shell, event(now - timedelta(hours=1), 4)))
    ended = await shell.run("check")
    assert ended.code == 1
    assert "❌ On call: 1 on duty, steps 1; 1 gaps in the next 24 hours: step 1" in ended.out
    whole = event(now - timedelta(hours=2), 48)
    await shell.run("rota", "import", written(shell, whole))
    ended = await shell.run("check")
    assert "✅ On call: 1 on duty, steps 1" in ended.out


async def test_check_counts_nobody_who_was_never_tested(shell: Shell) -> None:
    await cast(shell, tested=False)
    now = SystemClock().now()
    await shell.run("rota", "import", written(shell, event(now - timedelta(hours=1), 48)))
    ended = await shell.run("check")
    assert "❌ On call: 0 on duty, steps none; 1 on duty without an answered test page" in ended.out
