"""A message waits for the morning, or in an outage; until it leaves, much may have changed for who reads it."""

from datetime import datetime, time, timedelta

import pytest

from handlers import appointed
from storage.records import Appointment, Family, ReminderKind, ReminderState, Role
from storage.store import Store
from tests.agreed import agreed, moved
from tests.diary import BERLIN, until
from tests.othertimes import a_quiet_tuesday
from tests.phones import Phone, plain
from tests.stage import Stage
from tests.stories.test_nothing_gives_a_discreet_mother_away import CARD, LOOK, NEWS, SHORT, chat
from tests.stories.test_pause_and_come_back import CANCELLED, ON, PAUSE

PLACE = "Café am Markt 3"
LANGUAGES = pytest.mark.parametrize("tongue", ["de", "tr", "ar"])


def at(stage: Stage, clock: str, days: int = 0) -> datetime:
    """A wall time in Köln, so many days from the story's own."""
    day = stage.clock.now().astimezone(BERLIN).date() + timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), BERLIN)


async def a_family(stage: Stage, tongue: str = "de") -> tuple[Phone, Family, Phone]:
    await a_quiet_tuesday(stage)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    return berger, family, await stage.parent("Amina", tongue, family)


async def moved_at_night(stage: Stage, tongue: str) -> tuple[Phone, Phone, Appointment]:
    """An appointment is known, and gets another time when everybody sleeps."""
    berger, family, amina = await a_family(stage, tongue)
    made = await agreed(stage, family, at(stage, "10:30", 7), place=PLACE)
    await amina.reads_everything()
    await until(stage, at(stage, "22:00"))
    await moved(stage, made, at(stage, "11:30", 9), berger)
    await amina.reads_everything()
    return berger, amina, made


def id_of(store: Store, phone: Phone) -> str:
    person = store.people.by_telegram(phone.account.id)
    assert person is not None
    return person.id


async def cancels(stage: Stage, made: Appointment) -> None:
    def job(store: Store) -> None:
        circle = appointed.known(store, made.id)
        appointed.cancelled(store, circle, by=circle.caseworker, now=stage.clock.now())

    await stage.machine.archive.write(job)
    await stage.quiet()


async def chooses(stage: Stage, amina: Phone, *labels: str) -> None:
    for label in labels:
        await amina.presses(label)
        await stage.quiet()
    await amina.reads_everything()


async def became(stage: Stage, made: Appointment) -> tuple[ReminderState, str | None]:
    """What became of the reminder on the evening before."""
    rows = await stage.machine.archive.read(lambda store: store.reminders.of(made.id))
    return next((one.state, one.reason) for one in rows if one.kind is ReminderKind.DAY_BEFORE)


async def reminded_in_an_outage(stage: Stage) -> tuple[Phone, Phone, Appointment]:
    """Tomorrow's appointment is to be reminded of, and for five minutes nothing can be sent to her."""
    berger, family, amina = await a_family(stage)
    made = await agreed(stage, family, at(stage, "15:00", 2), place=PLACE)
    await chooses(stage, amina, "✅")
    await berger.reads_everything()
    await until(stage, at(stage, "16:58", 1))
    stage.world.faults.set("error500", methods=["sendmessage"], chat_id=amina.account.id)
    await stage.forward(minutes=5)
    return berger, amina, made


def news_of(stage: Stage, phone: Phone, since: int) -> list[str]:
    """What Telegram has been asked since then to show this person as a new message."""
    calls = list(stage.world.requests)[since:]
    to = [one for one in calls if str(one.params.get("chat_id")) == str(phone.account.id)]
    return [str(one.params.get("text")) for one in to if one.method.lower() == "sendmessage"]


@LANGUAGES
async def test_short_notices_switched_on_at_night_hold_for_what_waits(stage: Stage, tongue: str) -> None:
    berger, amina, _ = await moved_at_night(stage, tongue)
    await chooses(stage, amina, "⚙️", "👁", SHORT[tongue])
    so_far = len(stage.world.requests)
    await until(stage, at(stage, "07:05", 1))
    await amina.sees(NEWS[tongue])
    pushed = amina.last
    await amina.reads_everything()
    assert pushed.protected
    assert not any(PLACE in text for text in news_of(stage, amina, so_far))

    await amina.presses(LOOK[tongue])
    assert await amina.sees("11:30") is pushed
    await amina.presses("✅")
    await berger.sees("Zusage von: Amina")
    await berger.reads_everything()
    await stage.forward(minutes=6)
    assert NEWS[tongue] in plain(pushed.words)
    await amina.reads_everything()


async def test_a_reminder_that_waits_in_an_outage_says_nothing_to_who_turned_discreet(stage: Stage) -> None:
    berger, amina, made = await reminded_in_an_outage(stage)
    await stage.machine.archive.write(lambda store: store.people.set_discreet(id_of(store, amina), True))
    stage.world.faults.set("none")
    so_far = len(stage.world.requests)
    await stage.forward(minutes=3)
    await amina.sees(NEWS["de"])
    assert not any(CARD["de"] in text for text in news_of(stage, amina, so_far))
    assert await became(stage, made) == (ReminderState.DELIVERED, None)
    await amina.presses(LOOK["de"])
    await amina.sees("Morgen ist Ihr Termin")
    await berger.reads_everything()


@LANGUAGES
async def test_a_pause_begun_at_night_holds_what_waits(stage: Stage, tongue: str) -> None:
    berger, amina, _ = await moved_at_night(stage, tongue)
    await chooses(stage, amina, "⚙️", PAUSE[tongue])
    so_far = len(stage.world.requests)
    await until(stage, at(stage, "09:00", 1))
    await amina.sees_nothing(0.05)
    assert news_of(stage, amina, so_far) == []

    await amina.presses(ON[tongue])
    await amina.sees("▶️")
    await amina.sees("11:30")
    await amina.presses("✅")
    await berger.sees("Zusage von: Amina")
    await berger.reads_everything()
    await amina.reads_everything()


@LANGUAGES
async def test_a_cancellation_that_the_pause_held_is_told_afterwards(stage: Stage, tongue: str) -> None:
    berger, family, amina = await a_family(stage, tongue)
    made = await agreed(stage, family, at(stage, "10:30", 7), place=PLACE)
    await until(stage, at(stage, "22:00"))
    await cancels(stage, made)
    await chooses(stage, amina, "⚙️", PAUSE[tongue])
    await until(stage, at(stage, "09:00", 1))
    await amina.sees_nothing(0.05)
    await amina.presses(ON[tongue])
    await amina.sees("▶️")
    await amina.sees(CANCELLED[tongue])
    await berger.reads_everything()


async def test_what_she_never_knew_of_is_not_told_as_cancelled(stage: Stage) -> None:
    berger, family, amina = await a_family(stage)
    await until(stage, at(stage, "22:00"))
    made = await agreed(stage, family, at(stage, "10:30", 7), place=PLACE)
    await chooses(stage, amina, "⚙️", PAUSE["de"])
    await until(stage, at(stage, "09:00", 1))
    await cancels(stage, made)
    await amina.presses(ON["de"])
    await amina.sees("▶️")
    await stage.forward(minutes=2)
    await amina.sees_nothing(0.05)
    assert not any(PLACE in text for text in chat(amina))
    await berger.reads_everything()


async def test_a_reminder_that_waits_in_an_outage_is_dropped_by_a_pause(stage: Stage) -> None:
    berger, amina, made = await reminded_in_an_outage(stage)
    now = stage.clock.now()
    await stage.machine.archive.write(lambda store: store.people.pause(id_of(store, amina), now))
    stage.world.faults.set("none")
    await stage.forward(minutes=3)
    await amina.sees_nothing(0.05)
    assert await became(stage, made) == (ReminderState.DROPPED, "paused")
    await berger.reads_everything()


async def test_a_code_that_ran_out_by_the_morning_hides_the_family(stage: Stage) -> None:
    berger, family, amina = await a_family(stage)
    await agreed(stage, family, at(stage, "10:30", 7), place=PLACE)
    over = at(stage, "23:00")

    def in_session(store: Store) -> None:
        id = id_of(store, berger)
        store.people.set_quiet(id, "21-7")
        store.settings.ask_for_codes(True)
        store.logins.begin(id, "A" * 32)
        store.logins.enter(id, 1, over, over)

    await until(stage, at(stage, "22:00"))
    await stage.machine.archive.write(in_session)
    await berger.reads_everything()
    await chooses(stage, amina, "✅")
    so_far = len(stage.world.requests)
    await until(stage, at(stage, "07:05", 1))
    await berger.sees("Es gibt etwas Neues")
    assert news_of(stage, berger, so_far)
    assert not any("Ahorn" in text or "Amina" in text for text in news_of(stage, berger, so_far))
    await berger.reads_everything()
