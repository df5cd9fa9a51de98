"""A picture that could not be drawn, or that Telegram did not want: whoever asked for it is told."""

from datetime import datetime

from handlers import desk
from handlers.room import Settled
from handlers.screen import screen
from locales.phrase import Phrase
from storage.records import Delivery, DeliveryState, Lane
from storage.store import Store


def says(not_drawn: Phrase) -> Settled:
    """What a room's `settled` does for its pictures."""

    def hook(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
        reader = store.people.known(owed.person_id) if owed.person_id else None
        if state is DeliveryState.UNDELIVERABLE and reader is not None and not reader.blocked:
            desk.post(store, reader, screen(not_drawn), now, Lane.ANSWER)

    return hook
