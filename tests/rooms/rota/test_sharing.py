"""Reading a calendar file into the store: again changes nothing, and what the chat has settled is not undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from handlers.rota import making, sharing
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
        done, wrong = sharing.import_text(self.store, calendar(*events), self.now, "command line")
        assert wrong == []
        return done

    def planned(self) -> list[Shift]:
        return self.store.rota.between(self.now, self.now + timedelta(days=60))

    def event(self, uid: str, hours: int, who: str = "Frau Koch", *more: str) -> str:
        """One of eight hours that begins so many hours from now."""
        starts_at = self.now + timedelta(hours=hours)
        when = [
            f"{name}:{at:%Y%m%dT%H%M%SZ}"
            for name, at in (
                ("DTSTART", starts_at),
                ("DTEND", starts_at + timedelta(hours=8)),
            )
        ]
        lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", f"SUMMARY:{who} · 1", *when, *more]
        return "\r\n".join([*lines, "END:VEVENT"])


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
        done, wrong = sharing.import_text(store, text, now, "command line")
        assert (done, wrong) == (Imported(same=2), [])
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
