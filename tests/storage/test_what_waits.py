"""What waits for a morning is told from what is being sent, also when the clock was set back."""

from datetime import datetime, timedelta

from storage.engine import Archive
from storage.records import Delivery, Lane
from storage.store import Store

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def owes(store: Store, now: datetime, not_before: datetime | None = None) -> tuple[str, Delivery]:
    """A card and the message that will show it."""
    amina = store.people.met(2, "tr", now)
    card = store.cards.add(amina.id, "appointment:a", now)
    said = store.deliveries.post(
        Lane.NEWS,
        2,
        "sendMessage",
        {"text": "x"},
        now,
        person_id=amina.id,
        card_id=card.id,
        not_before=not_before,
    )
    return card.id, said


async def test_only_what_nobody_is_sending_can_be_reworded(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        waits, _ = owes(store, now, not_before=now + MINUTE)
        leaves, _ = owes(store, now)
        for clock in (now, now - DAY):
            assert store.deliveries.held(waits, clock) is not None
            assert store.deliveries.held(leaves, clock) is None
        assert [one.card_id for one in store.deliveries.claim(now + MINUTE, 9)] == [waits]
        assert store.deliveries.held(waits, now - DAY) is None

    await archive.write(story)


async def test_after_the_clock_was_set_back_what_waits_for_a_morning_still_does(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        waits, _ = owes(store, now, not_before=now + HOUR)
        leaves, _ = owes(store, now)
        tried, said = owes(store, now)
        store.deliveries.retry(said.id, now + HOUR, "down")
        store.deliveries.release_all()

        store.set_back.happened(now - DAY, DAY)

        assert {one.card_id for one in store.deliveries.claim(now - DAY, 9)} == {leaves, tried}
        assert store.deliveries.held_until(waits) == now + HOUR

    await archive.write(story)
