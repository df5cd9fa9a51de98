"""What courses owe to those who take part: small exercises begin once the first session is over."""

from datetime import datetime

from storage.store import Store

BEGIN = "practice.begin"


def begins(store: Store, course_id: str, first_over_at: datetime) -> None:
    """Owes each family that then has a seat in the course its exercises; later sessions look for who came since."""
    store.timers.set(BEGIN, course_id, first_over_at)
