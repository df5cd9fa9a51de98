"""What a due reminder does."""

from collections.abc import Callable
from datetime import datetime

from handlers import desk
from handlers.appointed import about
from handlers.reminders import rules, screens
from handlers.reminding import DAY_BEFORE, TWO_HOURS
from storage.records import Lane
from storage.store import Store

TIME = "time"  # who acts in the journal when nobody does


def reminding(kind: str) -> Callable[[Store, str, datetime], None]:
    """What a reminder of this kind does when it is due."""

    def due(store: Store, scope: str, now: datetime) -> None:
        circle = store.appointments.circle(scope)
        if circle is None:
            return
        when = rules.reminder(kind, circle.appointment, now)
        sent = when in rules.SENT_AS
        outcome = "sent" if sent else when.value
        named = about(scope)
        store.journal.write(now, TIME, f"appointment.reminder.{outcome}", named, circle.appointment.family_id)
        for parent in rules.reminded(circle.parents, circle.answers) if sent else ():
            said = circle.answers.get(parent.id)
            shown = screens.reminder(circle.appointment, said, when)
            desk.post(store, parent, shown, now, Lane.REMINDER, named)

    return due


day_before = reminding(DAY_BEFORE)
two_hours = reminding(TWO_HOURS)
