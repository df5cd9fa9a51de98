"""A course is off, or a seat is taken away, while somebody is out of reach: no card lies, and they hear it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from handlers.courses import actions
from storage.records import Role
from storage.store import Store
from tests.phones import Phone, read_all
from tests.stage import Stage
from tests.stories.test_a_course_is_lived_through_from_invitation_to_certificate import (
    Room,
    comes,
    makes,
    opened,
)

HAS_A_SEAT = {"de": "Sie haben einen Platz", "tr": "Yeriniz var", "ar": "لديكم مكان"}
Reach = Callable[[Stage, Phone], Awaitable[None]]


async def seated(stage: Stage, language: str = "de") -> Room:
    room = await opened(stage, Birke=language)
    await makes(room)
    await comes(room, "Birke", language)
    await read_all(*stage.phones)
    return room


async def blocks(stage: Stage, phone: Phone) -> None:
    phone.blocks_the_bot()
    await stage.quiet()


async def unblocks(stage: Stage, phone: Phone) -> None:
    phone.unblocks_the_bot()
    await phone.types("/start")
    await stage.quiet()


async def done(stage: Stage, room: Room, act: Callable[[Store], object]) -> None:
    await stage.machine.archive.write(act)
    await stage.quiet()


def taken_out(room: Room, now) -> Callable[[Store], object]:  # type: ignore[no-untyped-def]
    def act(store: Store) -> None:
        leads = store.people.by_telegram(room.berger.account.id)
        family = store.families.of_person(store.people.by_telegram(room.parents["Birke"].account.id).id)
        assert family is not None
        (course,) = store.courses.led_by(leads.id, now)
        assert actions.take_out(store, course, family, by=leads, now=now)

    return act


def first_day_off(room: Room, now) -> Callable[[Store], object]:  # type: ignore[no-untyped-def]
    def act(store: Store) -> None:
        leads = store.people.by_telegram(room.berger.account.id)
        (course,) = store.courses.led_by(leads.id, now)
        first = store.training.of_course(course.id)[0]
        assert actions.cancel_session(store, course, first, by=leads, now=now)

    return act


@pytest.mark.parametrize("language", HAS_A_SEAT)
async def test_who_was_out_of_reach_hears_that_the_course_is_off(stage: Stage, language: str) -> None:
    room = await seated(stage, language)
    birke, berger = room.parents["Birke"], room.berger
    assert HAS_A_SEAT[language] in birke.screen
    await blocks(stage, birke)
    await read_all(*stage.phones)

    await berger.presses("❌ Kurs absagen")
    await stage.quiet()
    await berger.presses("❌ Ja, Kurs absagen")
    await stage.forward(hours=2)
    before = len(birke.account.messages)
    await unblocks(stage, birke)
    await stage.forward(minutes=2)
    await read_all(*stage.phones)

    assert HAS_A_SEAT[language] not in birke.screen
    assert len(birke.account.messages) > before + 1  # her own line, what answers it, and the word

    said = len(birke.account.messages)
    await blocks(stage, birke)
    await unblocks(stage, birke)
    await stage.forward(minutes=2)
    await read_all(*stage.phones)
    again = [one.words for one in list(birke.account.messages.values())[said:]]
    assert not any("Die eigene Wohnung" in words for words in again), "said once is enough"
    stage.expects_error("blocked")


async def test_a_seat_taken_away_out_of_reach_is_called_about_and_told_later(stage: Stage) -> None:
    room = await seated(stage)
    birke, berger = room.parents["Birke"], room.berger
    await blocks(stage, birke)
    await read_all(*stage.phones)

    await done(stage, room, taken_out(room, stage.clock.now()))
    await stage.forward(hours=1)
    now = stage.clock.now()
    calls = await stage.machine.archive.read(
        lambda store: store.calls.open_of(store.people.by_telegram(berger.account.id).id, now)
    )
    assert calls
    await read_all(*stage.phones)
    await unblocks(stage, birke)
    await stage.forward(minutes=2)
    await read_all(*stage.phones)
    assert HAS_A_SEAT["de"] not in birke.screen


async def test_a_day_called_off_out_of_reach_is_told_later(stage: Stage) -> None:
    room = await seated(stage)
    birke = room.parents["Birke"]
    first = (await room.sessions())[0].starts_at
    await blocks(stage, birke)
    await read_all(*stage.phones)

    await done(stage, room, first_day_off(room, stage.clock.now()))
    await stage.forward(minutes=10)
    await unblocks(stage, birke)
    await stage.forward(minutes=2)

    told = await birke.sees("fällt aus")
    assert f"{first:%d.%m.}" in told.words
    await read_all(*stage.phones)


async def test_who_comes_later_reads_the_card_of_the_course_and_is_not_asked_day_by_day(stage: Stage) -> None:
    room = await seated(stage)
    birke, berger = room.parents["Birke"], room.berger
    family = await stage.machine.archive.read(
        lambda store: store.families.of_person(store.people.by_telegram(birke.account.id).id)
    )
    assert family is not None
    father = stage.stranger("Yusuf", "de")
    await stage.enters(father, await stage.invitation(Role.PARENT, "Yusuf", family=family))
    await berger.presses("✅ Ja")
    await father.reads_everything()
    await father.presses("▶️ Weiter")
    await father.reads_everything()
    await father.presses("✅ Ja, ")
    await stage.forward(minutes=1)
    await read_all(*stage.phones)
    assert HAS_A_SEAT["de"] in father.screen
    assert "Kommen Sie?" not in father.screen

    berger.minds("Auf Ihrer Anrufliste stehen")
    await stage.forward(days=2, hours=1)
    assert "ohne Antwort" not in berger.screen
    await read_all(*stage.phones)


async def test_after_a_pause_the_days_of_a_course_are_not_sent_one_by_one(stage: Stage) -> None:
    room = await seated(stage)
    birke = room.parents["Birke"]
    await birke.presses("⚙️")
    await birke.reads_everything()
    await birke.presses("⏸ Pause")
    await stage.forward(hours=1)
    before = len(birke.account.messages)
    await birke.presses("▶️ Weiter")
    await stage.forward(seconds=2)
    await read_all(*stage.phones)
    later = list(birke.account.messages.values())[before:]
    assert not [one for one in later if "Kommen Sie?" in one.words]


async def test_a_long_course_is_told_of_and_counted_as_a_whole(stage: Stage) -> None:
    """After half a year the card is forgotten, but not who has a seat, nor who came in the first weeks."""
    from storage.retention import Class

    room = await seated(stage)
    birke, now = room.parents["Birke"], stage.clock.now()

    def story(store: Store) -> tuple[int, list[str]]:
        leads = store.people.by_telegram(room.berger.account.id)
        parent = store.people.by_telegram(birke.account.id)
        (course,) = store.courses.led_by(leads.id, now)
        first = store.training.of_course(course.id)[0].starts_at
        for week in range(5, 31):
            store.training.add(
                course.offer_id, leads.id, first + timedelta(weeks=week), course.place, course.id, week
            )
        late = first + timedelta(weeks=28, hours=3)
        store.retention.purge(Class.TRANSPORT, late)
        store.retention.purge(Class.OPERATIVE, late)
        kept = len(store.training.of_course(course.id))
        store.take_posted()
        assert actions.cancel_course(store, course, by=leads, now=late)
        return kept, [owed.about for owed in store.take_posted() if owed.person_id == parent.id]

    kept, told = await stage.machine.archive.write(story)
    await read_all(*stage.phones)
    assert kept == 30
    assert any(about.startswith("told:") for about in told)
