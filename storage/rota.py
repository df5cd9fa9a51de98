"""The rota: weekly patterns, the shifts they make, and who takes whose."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, into, row_of
from storage.records import Pattern, Shift, ShiftState, Swap, SwapState, new_id
from storage.tables import patterns, shifts, swaps

_patterns = select(patterns).order_by(
    patterns.c.person_id, patterns.c.weekday, patterns.c.begins, patterns.c.id
)
_pattern = select(patterns).where(patterns.c.id == bindparam("id"))
_add_pattern = patterns.insert()
_end_pattern = (
    patterns.update().where(patterns.c.id == bindparam("key")).values(last_day=bindparam("until_day"))
)

_by_start = (shifts.c.starts_at, shifts.c.step, shifts.c.id)
_shift = select(shifts).where(shifts.c.id == bindparam("id"))
_by_uid = select(shifts).where(shifts.c.uid == bindparam("uid"))
_between = (
    select(shifts)
    .where(
        shifts.c.state == ShiftState.PLANNED,
        shifts.c.ends_at > bindparam("since"),
        shifts.c.starts_at < bindparam("until"),
    )
    .order_by(*_by_start)
)
_of_pattern = select(shifts).where(shifts.c.pattern_id == bindparam("pattern_id")).order_by(*_by_start)
_any = select(shifts.c.id).limit(1)
_add_shift = shifts.insert()
_cancel = (
    shifts.update()
    .where(shifts.c.id == bindparam("key"), shifts.c.state == ShiftState.PLANNED)
    .values(state=ShiftState.CANCELLED)
)
_give = (
    shifts.update()
    .where(
        shifts.c.id == bindparam("key"),
        shifts.c.state == ShiftState.PLANNED,
        shifts.c.person_id == bindparam("giver"),
    )
    .values(person_id=bindparam("taker"))
)
_trim = (
    shifts.update()
    .where(shifts.c.id == bindparam("key"), shifts.c.state == ShiftState.PLANNED)
    .values(ends_at=bindparam("at"))
)
_put = (
    shifts.update()
    .where(shifts.c.id == bindparam("key"))
    .values(
        person_id=bindparam("who"),
        site_id=bindparam("where"),
        step=bindparam("on_step"),
        starts_at=bindparam("begins"),
        ends_at=bindparam("ends"),
        state=bindparam("is_now"),
    )
)

_swap = select(swaps).where(swaps.c.id == bindparam("id"))
_of_shift = select(swaps).where(swaps.c.shift_id == bindparam("shift_id")).order_by(swaps.c.asked_at)
_add_swap = swaps.insert()
_settle = (
    swaps.update()
    .where(swaps.c.id == bindparam("key"), swaps.c.state == SwapState.ASKED)
    .values(state=bindparam("to"), asked_id=bindparam("taker"), answered_at=bindparam("at"))
)


def _made(row: Row) -> Shift:
    return Shift(**{**row, "state": ShiftState(row["state"])})


def _swapped(row: Row) -> Swap:
    return Swap(**{**row, "state": SwapState(row["state"])})


class Rota(Drawer):
    """Who is to hold the phone when. What was cancelled stays as a row, so that no pattern makes it again."""

    def add_pattern(self, pattern: Pattern) -> Pattern:
        """Keeps it under a fresh id."""
        fresh = replace(pattern, id=new_id())
        self._add(_add_pattern, row_of(fresh, patterns))
        return fresh

    def pattern(self, id: str) -> Pattern | None:
        return self._one(_pattern, into(Pattern), id=id)

    def patterns(self) -> list[Pattern]:
        """All that were ever made, also those that have ended."""
        return self._all(_patterns, into(Pattern))

    def end_pattern(self, id: str, last_day: str) -> None:
        """It makes nothing after this day (an ISO date)."""
        self._change(_end_pattern, key=id, until_day=last_day)

    def add(self, shift: Shift) -> Shift:
        """Keeps it under a fresh id."""
        fresh = replace(shift, id=new_id())
        self._add(_add_shift, row_of(fresh, shifts))
        return fresh

    def get(self, id: str) -> Shift | None:
        return self._one(_shift, _made, id=id)

    def by_uid(self, uid: str) -> Shift | None:
        """The shift that an imported event became."""
        return self._one(_by_uid, _made, uid=uid)

    def between(self, since: datetime, until: datetime) -> list[Shift]:
        """The planned shifts of which any part lies between the two moments, by their start."""
        return self._all(_between, _made, since=since, until=until)

    def of_pattern(self, pattern_id: str) -> list[Shift]:
        """All that a pattern has made, cancelled ones too."""
        return self._all(_of_pattern, _made, pattern_id=pattern_id)

    def is_used(self) -> bool:
        """Whether there is any shift at all: who goes on by hand alone needs no rota."""
        return self._one(_any, lambda row: True) is not None

    def cancel(self, id: str) -> bool:
        """False when it was cancelled before."""
        return self._change(_cancel, key=id) == 1

    def give(self, id: str, giver: str, taker: str) -> bool:
        """Another person holds it. False when it is not the giver's any more, or cancelled."""
        return self._change(_give, key=id, giver=giver, taker=taker) == 1

    def trim(self, id: str, at: datetime) -> bool:
        """It ends at this moment."""
        return self._change(_trim, key=id, at=at) == 1

    def put(self, shift: Shift) -> None:
        """Changes all of it but where it came from."""
        values: Mapping[str, object] = {
            "who": shift.person_id,
            "where": shift.site_id,
            "on_step": shift.step,
            "begins": shift.starts_at,
            "ends": shift.ends_at,
            "is_now": shift.state,
        }
        self._change(_put, key=shift.id, **values)

    def ask_swap(self, shift: Shift, asked_id: str | None, now: datetime) -> Swap:
        """The holder asks somebody (None: anybody) to take the shift."""
        fresh = Swap(new_id(), shift.id, shift.person_id, asked_id, SwapState.ASKED, now, None)
        self._add(_add_swap, row_of(fresh, swaps))
        return fresh

    def swap(self, id: str) -> Swap | None:
        return self._one(_swap, _swapped, id=id)

    def swaps_of(self, shift_id: str) -> list[Swap]:
        """Every time somebody was asked to take this shift, and what came of it, the oldest first."""
        return self._all(_of_shift, _swapped, shift_id=shift_id)

    def settle_swap(self, swap: Swap, to: SwapState, taker: str | None, now: datetime) -> bool:
        """What came of it; `taker` is who takes the shift. True for exactly one of all who try."""
        return self._change(_settle, key=swap.id, to=to, taker=taker or swap.asked_id, at=now) == 1
