"""What a session of a course is about, in the reader's language."""

from handlers import desk
from locales import syllabi
from locales.phrase import F, Phrase
from storage.records import Appointment, Person
from storage.store import Store


def of(store: Store, appointment: Appointment, reader: Person) -> Phrase | None:
    """The line with the topic; None for what belongs to no course, or to one that is there no more."""
    session = store.training.get(appointment.session_id) if appointment.session_id else None
    course = store.courses.get(session.course_id) if session and session.course_id else None
    if session is None or course is None:
        return None
    topic = syllabi.topic(course.syllabus, session.number or 0, desk.voice_of(reader).language)
    return F("courses.topic", topic=topic) if topic else None
