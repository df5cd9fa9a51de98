"""What time does to a question nobody has answered."""

from datetime import datetime

from handlers.worries import actions
from storage.records import WorryState
from storage.store import Store


def look(store: Store, worry_id: str, now: datetime) -> None:
    """Those on call learn that no answer came; where one has come, what they were told follows it."""
    worry = store.worries.get(worry_id)
    if worry is None:
        return
    if worry.state is WorryState.ASKED:
        actions.unanswered(store, worry, now)
    else:
        actions.follows(store, worry, now)
