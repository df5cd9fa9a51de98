"""The certificate of participation: what bot/certificate.py is to print, a page in German and one as the parent reads.

No child stands in it, and nothing of why somebody came.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers import desk
from handlers.courses import rules
from handlers.screen import Paper, Screen
from locales import syllabi
from locales.languages import LANGUAGES, SOURCE
from locales.phrase import F, Phrase, S
from locales.translator import Voice, voice
from locales.zone import here
from storage.records import Course, Person, Session
from storage.settings import AGENCY_NAME
from storage.store import Store


def certificate(
    store: Store, course: Course, parent: Person, attended: Sequence[Session], now: datetime
) -> Paper:
    """The paper of one parent. Its name says nothing but when."""
    sessions = rules.held(store.training.of_course(course.id), now)
    sites = {site.id: site.name for site in store.agency.sites()}
    offer = store.agency.offer(course.offer_id)
    place = sites.get(offer.site_id, "") if offer else ""
    agency = store.settings.get(AGENCY_NAME) or place
    codes = dict.fromkeys((SOURCE, desk.voice_of(parent).language))
    came = {session.id for session in attended}
    pages = [page(voice(code), course, sessions, came) for code in codes]
    shared = {"agency": agency, "name": parent.name, "place": f"{place}, {_date(now)}"}
    return Paper(f"{now.astimezone(here()):%Y-%m-%d}.pdf", {"pages": [{**shared, **one} for one in pages]})


def page(speaking: Voice, course: Course, sessions: Sequence[Session], came: set[str]) -> Mapping[str, Any]:
    """One page in one language. Every entry is a text by itself, so that nothing depends on a sentence's grammar."""
    code = speaking.language
    first, last = (sessions[0], sessions[-1]) if sessions else (None, None)
    until = last.starts_at if last else course.starts_at
    begun = first.starts_at if first else course.starts_at
    done = sum(session.id in came for session in sessions)
    say = {name: speaking.say(phrase) for name, phrase in _WORDS.items()}
    return {
        **say,
        "language": code,
        "rtl": LANGUAGES[code].rtl,
        "course": syllabi.title(course.syllabus, code),
        "period": f"{_date(begun)} – {_date(until)}",
        "count": speaking.say(F("certificate.count", n=done, of=len(sessions))),
        "sessions": [_session(course, session, code, session.id in came) for session in sessions],
    }


def _session(course: Course, session: Session, code: str, came: bool) -> Mapping[str, Any]:
    topic = syllabi.topic(course.syllabus, session.number or 0, code)
    return {"day": _date(session.starts_at), "topic": topic or str(session.number or ""), "came": came}


def _date(at: datetime) -> str:
    return f"{at.astimezone(here()):%d.%m.%Y}"


_WORDS: Mapping[str, Phrase] = {
    "title": F("certificate.title"),
    "for": F("certificate.for"),
    "took_part": F("certificate.took_part"),
    "when": F("certificate.when"),
    "how_many": F("certificate.how_many"),
    "topics": F("certificate.topics"),
    "was_there": F("certificate.was_there"),
    "where": F("certificate.where"),
    "signature": F("certificate.signature"),
}


def for_parent(made: Paper, course: Course, language: str) -> Screen:
    """The paper with a warm word, to be kept."""
    title = syllabi.title(course.syllabus, language)
    return Screen((F("courses.certificate", title=title),), paper=made, to_keep=True)


def for_staff(made: Paper, course: Course) -> Screen:
    title = syllabi.title(course.syllabus, SOURCE)
    return Screen((S("courses.certificate", title=title),), paper=made, to_keep=True)
