"""Whoever finds the bot without an invitation learns nothing about anybody, and reaches help at once."""

import re

import pytest

from storage.records import Role
from tests.phones import plain
from tests.stage import Stage

TELLING = "pänz|porz|famil|eltern|kind|jugend|fachkraft|aile|anne|baba|çocuk|عائل|أسر|أهل|طفل"
# traces are the numbers of our own messages, by which they can be taken back
ALLOWED = {"people", "updates", "cards", "deliveries", "guesses", "timers", "traces"}
OF_THE_AGENCY = {
    "sites",
    "offers",
    "crisis_numbers",
    "policies",
    "crisis_places",
    "meeting_places",
    "settings",
    "alembic_version",
}


@pytest.mark.parametrize("language", ["de", "tr", "ar", "en"])
async def test_the_greeting_names_nobody_and_says_whom_to_call(stage: Stage, language: str) -> None:
    stranger = stage.stranger("S.", language)
    await stranger.types("/start")
    hello = plain((await stranger.sees("112")).words)
    assert "110" in hello
    assert not re.search(TELLING, hello, re.IGNORECASE)
    await stranger.sees("🌐")
    await stranger.types("/start wrong-code-of-22-characters")
    closed = plain((await stranger.sees("112")).words)
    assert "110" in closed
    assert not re.search(TELLING, closed, re.IGNORECASE)
    await stranger.sees("🌐")
    assert len([key for key in stranger.keyboard if "🆘" in key or "🌐" in key]) == 2


async def test_of_a_stranger_nothing_is_kept_but_the_way_to_answer(stage: Stage) -> None:
    stranger = stage.stranger("Xanthippe Unverwechselbar", "de")
    for text in (
        "/start",
        "/start aB3-never-made",
        "7K3M9 PQ2XY",
        "Mein Kind heißt Fridolin",
        "/familien",
        "/menu",
    ):
        await stranger.types(text)
        await stage.quiet()
    await stranger.presses("Türkçe")
    await stranger.reads_everything()

    def filled() -> object:
        def look(store):  # type: ignore[no-untyped-def]
            names = "SELECT name FROM sqlite_master WHERE type = 'table'"
            tables = [row[0] for row in store.connection.exec_driver_sql(names).all()]
            return {
                table
                for table in tables
                if store.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
            }

        return stage.machine.archive.read(look)

    kept = await filled()  # type: ignore[misc]
    assert kept - OF_THE_AGENCY - {"journal"} <= ALLOWED
    person = await stage.machine.archive.read(lambda store: store.people.by_telegram(stranger.account.id))
    assert (person.name, person.roles) == ("", frozenset())


@pytest.mark.parametrize(
    "text", ["/familien", "/training", "/checkin", "📅 Termine", "👪 Familien", "👥 Team"]
)
async def test_no_room_opens_to_a_stranger(stage: Stage, text: str) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER, Role.LEAD)
    await stage.family("Ahorn 12", berger)
    stranger = stage.stranger("S.", "de")
    await stranger.types(text)
    await stage.quiet()
    assert "Ahorn" not in stranger.screen
    assert "Berger" not in stranger.screen
    assert stranger.last.from_bot
    await stranger.reads_everything()
