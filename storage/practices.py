"""Everybody's place in a course's exercises, and what they said about each."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, row_of
from storage.records import Pace, Practice, PracticeState, Practised, new_id
from storage.tables import practices, practised

STANDING = frozenset({PracticeState.RESTING, PracticeState.DONE})  # in which time owes nothing

_columns = select(practices)
_by_id = _columns.where(practices.c.id == bindparam("id"))
_of_person = _columns.where(practices.c.person_id == bindparam("person_id")).order_by(
    practices.c.at.desc(), practices.c.id
)
_of_family = _columns.where(practices.c.family_id == bindparam("family_id")).order_by(
    practices.c.syllabus, practices.c.id
)
_under_way = _columns.where(practices.c.state.not_in(STANDING)).order_by(practices.c.id)
_add = practices.insert()
_goes_on = (
    practices.update()
    .where(
        practices.c.id == bindparam("key"),
        practices.c.step == bindparam("was_at"),
        practices.c.state == bindparam("was"),
    )
    .values(step=bindparam("goes_to"), state=bindparam("becomes"), at=bindparam("now"))
)
_paced = practices.update().where(practices.c.id == bindparam("key")).values(pace=bindparam("chosen"))
_said = select(practised).where(practised.c.practice_id == bindparam("practice_id"))
_say = practised.insert()
_say_again = (
    practised.update()
    .where(practised.c.practice_id == bindparam("practice"), practised.c.step == bindparam("exercise"))
    .values(answer=bindparam("said"), at=bindparam("now"))
)


class Practices(Drawer):
    """Kept until the family is forgotten; a place only ever goes forward."""

    def start(self, person_id: str, family_id: str, syllabus: str, now: datetime) -> Practice:
        """The person's place in this course: the one they have, or the very first."""
        known = next((one for one in self.of_person(person_id) if one.syllabus == syllabus), None)
        if known is not None:
            return known
        fresh = Practice(
            new_id(), person_id, family_id, syllabus, 0, PracticeState.WAITING, Pace.TWICE_A_WEEK, now
        )
        self._add(_add, row_of(fresh, practices))
        return fresh

    def get(self, id: str) -> Practice | None:
        return self._one(_by_id, _practice, id=id)

    def of_person(self, person_id: str) -> list[Practice]:
        """All places of a person, the one that changed last first."""
        return self._all(_of_person, _practice, person_id=person_id)

    def of_family(self, family_id: str) -> list[Practice]:
        return self._all(_of_family, _practice, family_id=family_id)

    def ids_of_family(self, family_id: str) -> list[str]:
        return [one.id for one in self.of_family(family_id)]

    def under_way(self) -> list[Practice]:
        """Every place where time owes something next."""
        return self._all(_under_way, _practice)

    def advance(
        self, seen: Practice, state: PracticeState, now: datetime, *, step: int | None = None
    ) -> Practice | None:
        """The place as it is from now on; None when it is no longer as it was seen: whoever changed it has won.

        Raises ValueError for a step that was passed before.
        """
        step = seen.step if step is None else step
        if step < seen.step:
            raise ValueError("a place never goes back")
        values = {"key": seen.id, "was_at": seen.step, "was": seen.state, "goes_to": step}
        if not self._change(_goes_on, **values, becomes=state, now=now):
            return None
        return replace(seen, step=step, state=state, at=now)

    def pace(self, seen: Practice, pace: Pace) -> Practice:
        """The place with another pace."""
        self._change(_paced, key=seen.id, chosen=pace)
        return replace(seen, pace=pace)

    def say(self, practice_id: str, step: int, answer: Practised, now: datetime) -> None:
        """What a person says about an exercise; the newest word about it counts."""
        if not self._change(_say_again, practice=practice_id, exercise=step, said=answer, now=now):
            self._add(_say, {"practice_id": practice_id, "step": step, "answer": answer, "at": now})

    def said(self, practice_id: str) -> dict[int, tuple[Practised, datetime]]:
        """What was said about each exercise, and when."""
        found: Collection[tuple[int, tuple[Practised, datetime]]] = self._all(
            _said, lambda row: (row["step"], (Practised(row["answer"]), row["at"])), practice_id=practice_id
        )
        return dict(found)


def _practice(row: Row) -> Practice:
    return Practice(**{**row, "state": PracticeState(row["state"]), "pace": Pace(row["pace"])})
