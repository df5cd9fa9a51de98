"""Somebody is there who must not hear it: nothing that reaches this chat rings, whatever way it takes."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from handlers import desk, late, veil
from handlers.screen import screen
from locales.phrase import F
from storage.engine import Archive
from storage.records import Card, Lane, Person, Role, Wish
from storage.store import Store

SAID = screen(F("home.guest"))


def silent_alarm(store: Store, now: datetime, wish: Wish | None = Wish.SILENT) -> Person:
    amina = store.people.met(1, "tr", now)
    alarm = store.alarms.open(amina.id, None, {"minutes": [5]}, now)
    store.alarms.wish(alarm.id, wish)
    return amina


def rings(store: Store) -> list[bool]:
    """Of all that was posted, whether it would make a sound."""
    return ["disable_notification" not in json.loads(owed.body) for owed in store.posted]


@pytest.mark.parametrize("lane", [Lane.CRISIS, Lane.ANSWER])
@pytest.mark.parametrize(("wish", "sound"), [(Wish.SILENT, False), (Wish.WRITE, True), (None, True)])
async def test_what_is_posted_rings_only_if_she_wants_it(
    archive: Archive, now: datetime, lane: Lane, wish: Wish | None, sound: bool
) -> None:
    def story(store: Store) -> None:
        desk.post(store, silent_alarm(store, now, wish), SAID, now, lane)
        assert rings(store) == [sound]

    await archive.write(story)


async def test_a_page_to_somebody_on_call_always_rings(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch = silent_alarm(store, now)
        store.people.grant(koch.id, Role.ON_CALL, now)
        desk.post(store, store.people.get(koch.id), SAID, now, Lane.PAGE)
        assert rings(store) == [True]

    await archive.write(story)


@pytest.mark.parametrize("discreet", [False, True])
async def test_a_status_sent_anew_because_hers_was_deleted_does_not_ring(
    archive: Archive, now: datetime, discreet: bool
) -> None:
    def story(store: Store) -> None:
        amina = silent_alarm(store, now)
        store.people.set_discreet(amina.id, discreet)
        card = store.cards.add(amina.id, "alarm:a", now)
        body = desk.again(store, card, {"chat_id": 1, "message_id": 5, "text": "x"}, now)
        assert body["disable_notification"] is True

    await archive.write(story)


async def test_what_is_late_and_says_nothing_does_not_ring_either(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina = silent_alarm(store, now)
        store.people.set_discreet(amina.id, True)
        amina = replace(amina, discreet=True)
        card: Card = desk.post(store, amina, SAID, now, Lane.ANSWER, direct=True)
        hours_later = now + veil.KEPT / 2
        worded = late.worded(store, store.posted[-1], hours_later)
        said = json.loads(worded.body)
        assert said["disable_notification"] is True
        assert store.covers.holds(card.id)
        assert "112" not in said["text"]

    await archive.write(story)
