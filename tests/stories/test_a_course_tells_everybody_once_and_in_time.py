"""A course: who has not understood rings once, who joins later gets the card, who declined is no no-show."""

from datetime import timedelta

from storage.records import Family
from storage.store import Store
from tests.diary import until
from tests.phones import Phone, plain
from tests.stage import Stage
from tests.stories.test_a_course_is_lived_through_from_invitation_to_certificate import (
    INVITED,
    SEAT,
    comes,
    makes,
    opened,
)


async def test_who_taps_again_that_she_has_not_understood_rings_once(stage: Stage) -> None:
    room = await opened(stage, Birke="de")
    await makes(room)
    birke = room.parents["Birke"]
    await birke.sees(INVITED["de"])
    for _ in range(3):
        await birke.presses("❓ Nicht verstanden")
        await stage.quiet()
    told = [one for one in room.berger.account.messages.values() if "nicht verstanden" in plain(one.words)]
    assert len(told) == 1
    for phone in (birke, room.berger):
        await phone.reads_everything()


async def test_the_father_who_joins_after_the_seat_was_taken_gets_the_card(stage: Stage) -> None:
    room = await opened(stage, Birke="de")
    await makes(room)
    await comes(room, "Birke", "de")
    birke = room.parents["Birke"]

    def theirs(store: Store) -> Family:
        person = store.people.by_telegram(birke.account.id)
        family = store.families.of_person(person.id) if person else None
        assert family is not None
        return family

    father = await stage.parent("Yusuf", "tr", await stage.machine.archive.read(theirs))
    await stage.forward(seconds=1)
    await stage.quiet()
    cards = [one for one in father.account.messages.values() if SEAT["tr"] in plain(one.words)]
    assert len(cards) == 1
    assert cards[0].words.count("•") == 4
    for phone in (father, birke, room.berger):
        await phone.reads_everything()


async def test_whoever_had_said_no_is_not_noted_as_missing(stage: Stage) -> None:
    room = await opened(stage, Birke="de", Linde="tr")
    await makes(room)
    await comes(room, "Birke", "de")
    await comes(room, "Linde", "tr")
    birke, berger = room.parents["Birke"], room.berger
    session = (await room.sessions())[0]
    await until(stage, session.starts_at - timedelta(minutes=100))
    await birke.presses("❌ Nein")
    await stage.quiet()
    await until(stage, session.starts_at + timedelta(minutes=10))
    for phone in (birke, berger, room.parents["Linde"]):
        await phone.reads_everything()

    await opens_first(berger)
    assert "❌ abgesagt: Birke" in berger.keyboard
    await berger.presses("❌ Alle anderen waren nicht da")
    await berger.sees("✅ Da: 0 · ❌ Nicht da: 1 · ▫️ Offen: 0")
    assert "❌ abgesagt: Birke" in berger.keyboard
    await berger.presses("❌ abgesagt: Birke")  # and she came all the same
    await berger.sees("✅ Da: 1 · ❌ Nicht da: 1 · ▫️ Offen: 0")
    assert "✅ Birke" in berger.keyboard
    for phone in (birke, room.parents["Linde"]):
        await phone.reads_everything()


async def opens_first(berger: Phone) -> None:
    await berger.types("/courses")
    await berger.sees("Ihre Elternkurse")
    await berger.presses("Die eigene Wohnung")
    await berger.sees("Treffen:")
    await berger.presses("1 · ")
    await berger.sees("Einmal tippen")
