"""Reading a calendar file into the store: again changes nothing, and what the chat has settled is not undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from handlers.rota import ics, making, sharing
from handlers.rota.sharing import Imported
from locales.translator import voice
from storage.agency import EVERYWHERE
from storage.engine import Archive
from storage.records import Role, Shift, SwapState
from storage.store import Store

KOCH, NEU = 101, 102


@dataclass
class House:
    """A store with two on call, and the moment at which files are read."""

    store: Store
    now: datetime
    koch: str
    neu: str

    def reads(self, *events: str) -> Imported:
        return reads(self.store, calendar(*events), self.now)

    def planned(self) -> list[Shift]:
        return self.store.rota.between(self.now, self.now + timedelta(days=60))

    def event(self, uid: str, hours: int, who: str = "Frau Koch", *more: str, long: int = 8) -> str:
        """One of eight hours, or so many, that begins so many hours from now."""
        starts_at = self.now + timedelta(hours=hours)
        when = [
            f"{name}:{at:%Y%m%dT%H%M%SZ}"
            for name, at in (
                ("DTSTART", starts_at),
                ("DTEND", starts_at + timedelta(hours=long)),
            )
        ]
        lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", f"SUMMARY:{who} · 1", *when, *more]
        return "\r\n".join([*lines, "END:VEVENT"])


def reads(store: Store, text: str, now: datetime) -> Imported:
    """What comes of a file that is understood from beginning to end."""
    found, wrong = ics.read(text, sharing.known(store), now, sharing.until(now))
    assert wrong == []
    return sharing.take(store, found, now, "command line")


def calendar(*events: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""])


def made(store: Store, now: datetime) -> House:
    store.agency.replace_policies({EVERYWHERE: {"minutes": [5]}})
    ids = []
    for number, name in ((KOCH, "Frau Koch"), (NEU, "Herr Neu")):
        person = store.people.met(number, "de", now)
        store.people.rename(person.id, name)
        store.people.grant(person.id, Role.ON_CALL, now)
        store.duties.assign(person.id, 1, now)
        store.duties.tested(person.id, now)
        ids.append(person.id)
    return House(store, now, *ids)


async def test_the_same_file_again_changes_nothing(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        house = made(store, now)
        file = (house.event("a", 5), house.event("b", 13, "Herr Neu"), house.event("now", -2))
        assert house.reads(*file) == Imported(new=3)
        before = house.planned()
        assert house.reads(*file) == Imported(same=3)
        assert house.planned() == before
        timers = {(one.kind, one.scope) for one in store.timers.ahead()}
        assert {(kind, one.id) for one in before for kind in (making.BEGINS, making.ENDS)} <= timers

    await archive.write(story)


async def test_what_was_moved_or_given_to_somebody_else_in_the_file_is_taken_over(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        house = made(store, now)
        house.reads(house.event("a", 5), house.event("b", 13))
        assert house.reads(house.event("a", 7), house.event("b", 13, "Herr Neu")) == Imported(changed=2)
        one, other = house.planned()
        assert one.starts_at == now + timedelta(hours=7)
        assert store.timers.due_at(making.BEGINS, one.id) == one.starts_at
        assert (one.person_id, other.person_id) == (house.koch, house.neu)

    await archive.write(story)


async def test_a_cancelled_event_cancels_and_the_chat_is_not_undone(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        house = made(store, now)
        file = (house.event("a", 5), house.event("b", 13), house.event("c", 30))
        house.reads(*file)
        one, other, third = house.planned()
        swap = store.rota.ask_swap(one, house.neu, now)
        assert store.rota.settle_swap(swap, SwapState.ACCEPTED, house.neu, now)
        assert making.give(store, one, house.neu, now)
        assert making.cancel(store, other, now)
        assert house.reads(*file) == Imported(same=2, kept=1)
        assert [(shift.id, shift.person_id) for shift in house.planned()] == [
            (one.id, house.neu),
            (third.id, house.koch),
        ]
        assert house.reads(house.event("c", 30, "Frau Koch", "STATUS:CANCELLED")) == Imported(cancelled=1)
        assert len(house.planned()) == 1

    await archive.write(story)


async def test_our_own_file_comes_back_to_the_same_shifts(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        house = made(store, now)
        house.reads(house.event("a", 5), house.event("b", 13, "Herr Neu"))
        before = house.planned()
        text = sharing.exported(store, now, voice("de"))
        assert reads(store, text, now) == Imported(same=2)
        assert house.planned() == before
        assert "Frau Koch: Rufbereitschaft Stufe 1" in text

    await archive.write(story)


@pytest.mark.parametrize("weeks", [9, 30])
async def test_what_is_further_away_than_eight_weeks_waits(
    archive: Archive, now: datetime, weeks: int
) -> None:
    def story(store: Store) -> None:
        house = made(store, now)
        assert house.reads(house.event("far", weeks * 7 * 24)) == Imported()

    await archive.write(story)


@pytest.mark.parametrize("long", [4, 12])
async def test_a_running_shift_ends_when_the_file_says(archive: Archive, now: datetime, long: int) -> None:
    def story(store: Store) -> None:
        house = made(store, now)
        house.reads(house.event("a", -2))
        assert house.reads(house.event("a", -2, long=long)) == Imported(changed=1)
        (one,) = house.planned()
        assert one.ends_at == now + timedelta(hours=long - 2)
        assert store.timers.due_at(making.ENDS, one.id) == one.ends_at

    await archive.write(story)


async def test_a_running_shift_changes_in_nothing_else_and_that_is_said(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        house = made(store, now)
        house.reads(house.event("a", -2))
        before = house.planned()
        assert house.reads(house.event("a", -2, "Herr Neu", long=9)) == Imported(begun=1)
        assert house.reads(house.event("a", 1)) == Imported(begun=1)
        assert house.planned() == before

    await archive.write(story)


async def test_whoever_went_off_duty_is_not_put_on_again_by_the_file(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        house = made(store, now)
        file = (house.event("a", -2), house.event("b", -1, "Herr Neu"))
        house.reads(*file)
        one, other = house.planned()
        making.cut_short(store, one, now)
        making.cancel(store, other, now)
        assert house.reads(*file) == Imported(same=1, kept=1)
        assert house.reads(house.event("b", -1, "Herr Neu", long=9)) == Imported(kept=1)
        assert house.planned() == []

    await archive.write(story)
