"""Made-up places and requests: what the house tests measure the room's screens with."""

from datetime import datetime, timedelta

from handlers.places.rules import Standing
from handlers.places.sheets import Board, Line, Sheet
from storage.records import Alarm, AlarmState, CrisisPlace, Hold, HoldState

LABEL, NAME = "W" * 24, "M" * 30
PLACE = CrisisPlace("p" * 16, "s" * 12, LABEL, 1)


def hold(state: HoldState, now: datetime) -> Hold:
    """A request in this state with all it may know."""
    waits, stays = state is HoldState.WAITING, state is HoldState.TAKEN
    over = now if state in {HoldState.RELEASED, HoldState.LAPSED} else None
    return Hold(
        id="h" * 16,
        place_id=None if waits else PLACE.id,
        alarm_number=None if waits else 9999,
        asked_by="q" * 16,
        from_porz=not stays,
        state=state,
        asked_at=now,
        lapses_at=now if state is HoldState.HELD else None,
        taken_at=now if stays or state is HoldState.RELEASED else None,
        until=now if stays else None,
        ended_at=over,
    )


def sheets(now: datetime) -> list[Sheet]:
    """A request in each state, an overdue one last."""
    made = [Sheet(hold(state, now), LABEL, NAME, False, 12, 12) for state in HoldState]
    overdue = Sheet(hold(HoldState.TAKEN, now), LABEL, "", True, 0, 0)
    nobodys = Sheet(hold(HoldState.RELEASED, now), "", "", False, 0, 0)
    return [*made, nobodys, overdue]


def board(now: datetime) -> Board:
    """Every place occupied, and more waiting than are shown."""
    held, stays = hold(HoldState.HELD, now), hold(HoldState.TAKEN, now)
    lines = [
        Line(PLACE, held, Standing.HELD, NAME),
        Line(PLACE, stays, Standing.TAKEN, NAME),
        Line(PLACE, stays, Standing.OVERDUE, ""),
    ]
    waiting = Sheet(hold(HoldState.WAITING, now), "", "M" * 20, False, 12, 12)
    return Board(lines, [waiting] * 12)


def alarms(now: datetime) -> list[Alarm]:
    """More alarms of one's own than fit on the question."""
    taken = Alarm("a" * 16, 9999, "p" * 16, None, AlarmState.TAKEN, now, {}, 1, 1, "q" * 16, None, 1)
    return [taken] * 5


def days(now: datetime) -> dict[str, str]:
    """The days of the next four weeks, as a button shows them."""
    ahead = [(now + timedelta(days=n)).date() for n in range(1, 29)]
    return {day.isoformat(): f"Mo {day:%d.%m.}" for day in ahead}
