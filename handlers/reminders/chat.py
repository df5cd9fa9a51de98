"""The room of reminders: what became of each, for whoever works with the family."""

from datetime import timedelta

from handlers import access
from handlers.access import Act, authorise
from handlers.appointment_rules import carried
from handlers.given import number, part
from handlers.refusal import Refusal
from handlers.reminders import due, screens
from handlers.reminding import AWAY, DUE
from handlers.room import Room, on_presses
from handlers.turn import Turn
from locales.phrase import S

BACK = timedelta(days=7)


def of(turn: Turn) -> None:
    """All of one appointment."""
    id, _ = carried(turn.asked.press.parts if turn.asked.press else ())
    circle = turn.store.appointments.circle(id)
    if circle is None:
        authorise(turn, Act.LIST_APPOINTMENTS)
        raise Refusal(S("appointments.gone"))
    authorise(turn, Act.SEE_APPOINTMENT, circle)
    turn.show(screens.of_one(circle, turn.store.reminders.of(id)), about=f"appointment:{id}")


def week(turn: Turn) -> None:
    """The last seven days of all families this caseworker works with, counted first."""
    authorise(turn, Act.LIST_APPOINTMENTS)
    found = turn.store.reminders.of_caseload(turn.person.id, turn.now - BACK, turn.now, turn.now)
    shown = screens.week(found, number(part(turn)))
    access.has_listed(turn, Act.LIST_APPOINTMENTS, (one.family_id for one in found))
    turn.show(shown)


room = Room(
    name=screens.ROOM,
    handlers=(on_presses(screens.ROOM, {"of": of, "week": week}),),
    due={DUE: due.due, AWAY: due.away},
    settled={"appointment": due.settled},
    opens=due.opens,
)
