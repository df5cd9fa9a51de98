"""Wishes for another time, and what becomes of them. Nobody else gets a slot that is wished for."""

from datetime import date, datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, row_of
from storage.records import Appointment, DayPart, Move, MoveOutcome, MoveState, new_id
from storage.tables import moves

_is_open = moves.c.state != MoveState.SETTLED
_by_id = select(moves).where(moves.c.id == bindparam("id"))
_open = select(moves).where(_is_open).order_by(moves.c.asked_at, moves.c.id)
OPEN_OF = _open.where(moves.c.appointment_id == bindparam("appointment_id"))
_open_of_family = _open.where(moves.c.family_id == bindparam("family_id"))
_of_family = select(moves.c.id).where(moves.c.family_id == bindparam("family_id"))
_holder = _open.where(moves.c.caseworker_id == bindparam("caseworker_id"), moves.c.slot_at == bindparam("at"))
_add = moves.insert()
# Whoever is first decides: a button shown before somebody else's press finds another offer and changes nothing.
_still = (
    moves.c.id == bindparam("key"),
    _is_open,
    moves.c.offered_at.is_not_distinct_from(bindparam("offer_seen")),
)
_offer = (
    moves.update().where(*_still).values(state=MoveState.OFFERED, offered_at=bindparam("at"))
)  # a new offer takes the place of an earlier one
_take_back = moves.update().where(*_still).values(state=MoveState.ASKED, offered_at=None)
_over = moves.update().where(moves.c.id == bindparam("key")).values(slot_at=None, day=None, part=None)
_settle = (
    moves.update()
    .where(moves.c.id == bindparam("key"), _is_open)
    .values(state=MoveState.SETTLED, settled_at=bindparam("at"), outcome=bindparam("became"))
)
_settle_of = (
    moves.update()
    .where(moves.c.appointment_id == bindparam("appointment"), _is_open)
    .values(state=MoveState.SETTLED, settled_at=bindparam("at"), outcome=bindparam("became"))
)
_hand_over = (
    moves.update()
    .where(moves.c.id == bindparam("key"))
    .values(
        caseworker_id=bindparam("to"),
        slot_at=bindparam("slot"),
        day=bindparam("on_day"),
        part=bindparam("in_part"),
    )
)


def move_of(row: Row) -> Move:
    closed = {
        "state": MoveState(row["state"]),
        "day": date.fromisoformat(row["day"]) if row["day"] else None,
        "part": DayPart(row["part"]) if row["part"] else None,
        "outcome": MoveOutcome(row["outcome"]) if row["outcome"] else None,
    }
    return Move(**{**row, **closed})


class Moves(Drawer):
    """Every move ever asked for."""

    def add(
        self,
        of: Appointment,
        person_id: str,
        now: datetime,
        *,
        slot_at: datetime | None = None,
        day: date | None = None,
        part: DayPart | None = None,
    ) -> Move | None:
        """A wish for a slot (aware UTC), or for a part of a day. None when the slot was somebody else's first."""
        if slot_at is not None and self.holder_of(of.caseworker_id, slot_at) is not None:
            return None
        fresh = Move(
            new_id(),
            of.id,
            of.family_id,
            of.caseworker_id,
            person_id,
            MoveState.ASKED,
            slot_at,
            day,
            part,
            offered_at=None,
            asked_at=now,
            settled_at=None,
            outcome=None,
        )
        self._add(_add, {**row_of(fresh, moves), "day": day.isoformat() if day else None})
        return fresh

    def get(self, id: str) -> Move | None:
        return self._one(_by_id, move_of, id=id)

    def holder_of(self, caseworker_id: str, slot_at: datetime) -> Move | None:
        """The open wish that holds this slot of a caseworker's."""
        return self._one(_holder, move_of, caseworker_id=caseworker_id, at=slot_at)

    def all_open(self) -> list[Move]:
        return self._all(_open, move_of)

    def open_of(self, appointment_id: str) -> list[Move]:
        """The wishes about an appointment that nobody has decided, the oldest first."""
        return self._all(OPEN_OF, move_of, appointment_id=appointment_id)

    def open_by(self, appointment_id: str, person_id: str) -> Move | None:
        """This person's open wish about an appointment; they have one at most."""
        return next((one for one in self.open_of(appointment_id) if one.person_id == person_id), None)

    def ids_of_family(self, family_id: str) -> list[str]:
        return self._all(_of_family, lambda row: str(row["id"]), family_id=family_id)

    def offer(self, id: str, at: datetime, offer_seen: datetime | None) -> bool:
        """The caseworker offers this time instead. False when something else has been offered or decided."""
        return self._change(_offer, key=id, at=at, offer_seen=offer_seen) == 1

    def take_back(self, id: str, offer_seen: datetime, *, wish_over: bool) -> bool:
        """The offer does not suit: the caseworker decides anew. `wish_over`: what was wished for has passed."""
        if not self._change(_take_back, key=id, offer_seen=offer_seen):
            return False
        if wish_over:
            self._change(_over, key=id)
        return True

    def settle(self, id: str, outcome: MoveOutcome, now: datetime) -> bool:
        """False when it was decided before."""
        return self._change(_settle, key=id, at=now, became=outcome) == 1

    def settle_of(self, appointment_id: str, outcome: MoveOutcome, now: datetime) -> int:
        """Nothing about another time for this appointment is open any more; how many were."""
        return self._change(_settle_of, appointment=appointment_id, at=now, became=outcome)

    def hand_over(self, move: Move, to: str, day: date | None, part: DayPart | None) -> None:
        """Another caseworker decides. Where the slot is wished for with her already, `day` and `part` stay of it."""
        taken = move.slot_at is not None and self.holder_of(to, move.slot_at) is not None
        slot, day, part = (None, day, part) if taken else (move.slot_at, move.day, move.part)
        on_day = day.isoformat() if day else None
        self._change(_hand_over, key=move.id, to=to, slot=slot, on_day=on_day, in_part=part)

    def open_of_family(self, family_id: str) -> list[Move]:
        return self._all(_open_of_family, move_of, family_id=family_id)
