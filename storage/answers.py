"""What each person said to an appointment: the newest answer counts, and a new time forgets them all."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer
from storage.records import Answer
from storage.tables import answers

_forget_all = answers.delete().where(answers.c.appointment_id == bindparam("appointment"))
_forget_answer = answers.delete().where(
    answers.c.appointment_id == bindparam("appointment"), answers.c.person_id == bindparam("person")
)
_late = (
    answers.update()
    .where(answers.c.appointment_id == bindparam("appointment"), answers.c.person_id == bindparam("person"))
    .values(late=bindparam("minutes"))
)
_answers = select(answers.c.person_id, answers.c.answer).where(
    answers.c.appointment_id == bindparam("appointment_id")
)
_answer_again = (
    answers.update()
    .where(answers.c.appointment_id == bindparam("appointment"), answers.c.person_id == bindparam("person"))
    .values(answer=bindparam("answer"), at=bindparam("at"), late=None)
)
_answer = answers.insert()


class Answers(Drawer):
    """The part of appointments' drawer that holds what people said to them."""

    def _forget_answers(self, appointment_id: str) -> None:
        self._change(_forget_all, appointment=appointment_id)

    def forget_answer(self, appointment_id: str, person_id: str) -> None:
        """What this person said counts no more; they are asked anew."""
        self._change(_forget_answer, appointment=appointment_id, person=person_id)

    def late(self, appointment_id: str, person_id: str, minutes: int) -> None:
        """Somebody who has answered will come so many minutes late."""
        self._change(_late, appointment=appointment_id, person=person_id, minutes=minutes)

    def answers(self, appointment_id: str) -> dict[str, Answer]:
        """What each person said, by person id."""
        rows = self._all(_answers, lambda row: row, appointment_id=appointment_id)
        return {row["person_id"]: Answer(row["answer"]) for row in rows}

    def answer(
        self, appointment_id: str, person_id: str, answer: Answer, now: datetime, *, first: bool = False
    ) -> None:
        """Sets what a person says; the newest answer counts, and whoever answers anew is not late any more.

        `first` when there is known to be none yet.
        """
        if first or not self._change(
            _answer_again, appointment=appointment_id, person=person_id, answer=answer, at=now
        ):
            self._add(
                _answer,
                {"appointment_id": appointment_id, "person_id": person_id, "answer": answer, "at": now},
            )
