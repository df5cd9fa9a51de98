"""What stands in somebody's feed: kinds and pseudonyms, and of places only those of the agency's register."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.access import Act, Asking, may
from handlers.calendar import place_of
from handlers.calendars import rules
from handlers.calendars.file import Entry, written
from handlers.desk import voice_of
from locales.bidi import clean
from locales.phrase import Phrase, S
from locales.translator import Voice
from storage.calendars import Planned
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is still to be written out, which needs no store."""

    name: str
    entries: tuple[Entry, ...]

    def content(self) -> bytes:
        return written(self.entries, self.name)


def opened(store: Store, word: str, now: datetime) -> Feed | None:
    """The feed that this word opens now; None for a word that is wrong, old, or somebody's who works here no more."""
    id = store.calendars.whose(word)
    person = store.people.known(id) if id is not None else None
    if person is None or not may(Asking(store, person, now), Act.READ_FEED, person):
        return None
    voice = voice_of(person)
    planned = store.calendars.planned(person.id, now - rules.BEHIND, now + rules.AHEAD)
    return Feed(_plain(S("calendars.name"), voice), tuple(_entry(store, one, voice) for one in planned))


def _entry(store: Store, one: Planned, voice: Voice) -> Entry:
    place = store.agency.meeting_place(one.meeting_place_id)
    usual = rules.USUAL if one.family_id else rules.SESSION
    return Entry(
        store.calendars.uid(one.id),
        _plain(_summary(store, one), voice),
        one.starts_at,
        one.starts_at + timedelta(minutes=one.minutes or usual),
        one.cancelled,
        one.revision,
        one.changed_at,
        place_of(place) if place is not None else "",
    )


def _summary(store: Store, one: Planned) -> Phrase:
    kind: Phrase = S(f"kind.{one.kind}")
    if one.family_id is not None:
        kind = S("calendars.entry", kind=kind, family=store.calendars.pseudonym(one.family_id))
    return S("calendars.entry_cancelled", what=kind) if one.cancelled else kind


def _plain(phrase: Phrase, voice: Voice) -> str:
    return clean(voice.say(phrase))
