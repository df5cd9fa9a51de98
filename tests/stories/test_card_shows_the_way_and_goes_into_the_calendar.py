"""A parent asks where it is: a pin and the way in her language; and takes the appointment into her calendar."""

from datetime import UTC, timedelta

import pytest
from icalendar import Calendar

from bot.demo.telegram.messages import Message
from storage.records import Role
from storage.store import Store
from tests.agreed import agreed, moved
from tests.diary import in_days
from tests.phones import Phone
from tests.stage import Stage

HALL = {
    "id": "hall",
    "site_id": None,
    "name": "Bezirksrathaus Porz",
    "address": "Friedrich-Ebert-Ufer 64, 51143 Köln",
    "latitude": "50.8846",
    "longitude": "7.051",
    "position": 1,
    "ways": {"de": "Das große Haus am Rhein.", "tr": "Ren kıyısındaki büyük bina."},
}
TONGUES = {
    "de": ("📍 Wo ist das?", "🚶 Das große Haus am Rhein."),
    "tr": ("📍 Nerede?", "🚶 Ren kıyısındaki büyük bina."),
    "ar": ("📍 أين المكان؟", "وصف الطريق متوفر بالألمانية"),
}


async def known_places(stage: Stage) -> None:
    await stage.machine.archive.write(lambda store: store.agency.put_meeting_places([HALL]))


@pytest.mark.parametrize("language", TONGUES)
async def test_a_known_place_is_a_pin_and_the_way_in_words(stage: Stage, language: str) -> None:
    asks, way = TONGUES[language]
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", language, family)
    await known_places(stage)
    place = f"{HALL['name']}, {HALL['address']}"
    await agreed(stage, family, in_days(stage, 3).at, place=place, meeting_place_id="hall")
    await amina.reads_everything()
    await berger.reads_everything()

    await amina.presses(asks)
    told = await amina.sees(way)
    pin = await amina.sees("Bezirksrathaus Porz")

    if language == "ar":  # nobody has put the way into Arabic yet: it is told in German, and that is said
        assert "🚶 Das große Haus am Rhein." in told.words
    assert pin.body["location"] == {"latitude": 50.8846, "longitude": 7.051}
    assert pin.silent
    await berger.sees_nothing()


@pytest.mark.parametrize(
    ("language", "asks", "copies"),
    [("de", "📍", "Adresse kopieren"), ("tr", "📍", "Adresi kopyala"), ("ar", "📍", "نسخ العنوان")],
)
async def test_a_place_that_was_typed_can_be_copied(
    stage: Stage, language: str, asks: str, copies: str
) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", language, family)
    await agreed(stage, family, in_days(stage, 3).at, place="Café am Markt 3")
    await amina.reads_everything()
    await berger.reads_everything()
    await amina.presses(asks)
    await amina.sees("Café am Markt 3")
    assert await amina.presses(copies) == "Café am Markt 3"


async def test_nobody_has_to_find_the_way_home(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "tr", family)
    await agreed(stage, family, in_days(stage, 3).at, place="")
    await amina.reads_everything()
    await berger.reads_everything()
    await amina.presses("📍")
    await amina.sees("Biz sizin evinize geleceğiz")


async def taken(stage: Stage, phone: Phone) -> Calendar:
    """The calendar file that this phone asks for."""
    await phone.presses("🗓")
    shown: Message = await phone.sees("termin.ics")
    kept = stage.world.media.get(shown.body["document"]["file_id"])
    assert kept is not None
    assert not shown.protected
    return Calendar.from_ical(kept.content)


@pytest.mark.parametrize(("language", "summary"), [("de", "Termin"), ("tr", "Randevu"), ("ar", "موعد")])
async def test_the_calendar_gets_a_file_that_says_little_and_replaces_the_older_one(
    stage: Stage, language: str, summary: str
) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", language, family)
    at = in_days(stage, 3).at
    made = await agreed(stage, family, at, minutes=90)
    await amina.reads_everything()
    await berger.reads_everything()

    (event,) = (await taken(stage, amina)).events
    assert str(event["summary"]) == summary
    assert str(event["location"]) == "Café am Markt 3"
    assert (event.start, event.end) == (at.astimezone(UTC), at.astimezone(UTC) + timedelta(minutes=90))
    assert (int(event["sequence"]), event.alarms.times) == (1, [])

    assert await moved(stage, made, at + timedelta(days=1), berger)
    await amina.reads_everything()
    await berger.reads_everything()
    (later,) = (await taken(stage, amina)).events
    assert (later["uid"], int(later["sequence"])) == (event["uid"], 2)
    assert later.start == event.start + timedelta(days=1)


async def test_the_file_of_a_discreet_parent_says_not_where(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)

    def discreet(store: Store) -> None:
        person = store.people.by_telegram(amina.account.id)
        assert person is not None
        store.people.set_discreet(person.id, True)

    await stage.machine.archive.write(discreet)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await berger.reads_everything()
    await amina.presses("👁")
    await amina.sees("Ihr Termin")
    (event,) = (await taken(stage, amina)).events
    assert "location" not in event
    assert str(event["summary"]) == "Termin"
