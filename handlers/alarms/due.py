"""What the outbox says about pictures."""

from datetime import datetime

from handlers import desk
from handlers.alarms import screens
from storage.records import Delivery, DeliveryState, Lane
from storage.store import Store

PICTURE = "timeline"


def picture_settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A picture that could not be drawn, or that Telegram did not want: whoever asked for it is told."""
    reader = store.people.known(owed.person_id) if owed.person_id else None
    if state is DeliveryState.UNDELIVERABLE and reader is not None and not reader.blocked:
        desk.post(store, reader, screens.not_drawn(), now, Lane.ANSWER)
