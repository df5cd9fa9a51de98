"""A place in a course's exercises as whoever it belongs to reads it."""

from dataclasses import dataclass
from datetime import datetime

from locales import courses
from storage.records import Practice, PracticeState


@dataclass(frozen=True, slots=True)
class At:
    """A place as its person reads it: in which language, and when the next exercise would come.

    `done` is how many exercises were done, a bit or as a whole; the place also passes those that were left out.
    """

    practice: Practice
    language: str
    coming: datetime
    now: datetime
    done: int

    @property
    def title(self) -> str:
        return courses.title(self.practice.syllabus, self.language)

    @property
    def all(self) -> int:
        """How many exercises there are; never fewer than were passed."""
        course = courses.syllabus(self.practice.syllabus)
        return max(course.exercises if course else 0, self.practice.step)

    @property
    def exercise(self) -> courses.Exercise | None:
        return courses.exercise(self.practice.syllabus, self.practice.step, self.language)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, also where a course was made shorter since."""
        return courses.syllabus(self.practice.syllabus) is not None and self.exercise is None

    @property
    def has_more(self) -> bool:
        """Whether the course's file grew after somebody had been through it."""
        return self.practice.state is PracticeState.DONE and self.exercise is not None

    @property
    def is_foreign(self) -> bool:
        """Whether the course is there in German only, and this person reads something else."""
        return courses.spoken(self.practice.syllabus, self.language) != self.language
