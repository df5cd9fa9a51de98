"""One line such as "F. Demir Do 14:30 Hausbesuch", understood as far as it is clear. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.planning.folding import fold, vocabulary
from handlers.planning.whens import WORD, read
from storage.records import AppointmentKind, Family

LONGEST = 200  # what is longer is no plan
STRAY = 3  # so many words may be left over
Kind = AppointmentKind
# a place often stands for what is done there; a word for the thing itself counts more
SHORT: Mapping[AppointmentKind, tuple[str, ...]] = {
    Kind.HOME_VISIT: ("hausbesuch", "hb", "besuch", "home visit", "visit"),
    Kind.COUNSELLING: ("beratung", "gespräch", "elterngespräch", "counselling", "talk"),
    Kind.HELP_PLAN_MEETING: ("hpg", "hilfeplan", "hilfeplangespräch", "help plan"),
    Kind.CLEARING_TALK: ("clearing",),
    Kind.ACCOMPANIED_CONTACT: ("kontakt", "umgang", "begleiteter umgang", "contact"),
    Kind.FLAT_INSPECTION: ("begehung", "wohnungsbegehung", "inspection"),
    Kind.HOSPITATION: ("hospitation",),
    Kind.DOCTOR: ("arzt", "ärztin", "kinderarzt", "zahnarzt", "doctor", "dentist"),
}
WHERE: Mapping[AppointmentKind, tuple[str, ...]] = {
    Kind.AUTHORITY: ("amt", "behörde", "jobcenter", "jugendamt", "ausländeramt", "authority", "office"),
    Kind.KITA_SCHOOL: ("kita", "schule", "kindergarten", "school", "daycare"),
    Kind.DOCTOR: ("praxis", "klinik", "krankenhaus", "hospital", "clinic"),
}


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(fold(text)))


TITLES = _words("familie fam family f frau fr herr hr mr mrs ms")
FILLERS = TITLES.union(
    vocabulary(
        ("um", "am", "bei", "beim", "mit", "im", "in", "an", "auf", "der", "die", "das", "den", "dem"),
        ("zu", "zum", "zur", "und", "uhr", "h", "at", "on", "with", "the", "a", "to", "for", "of"),
        ("termin", "appointment", "bitte", "please", "früh", "vormittag", "vormittags", "nachmittag"),
        ("nachmittags", "mittag", "mittags", "abend", "abends", "morning", "afternoon", "evening"),
        ("diese", "dieser", "diesen", "woche", "this", "week", "kommenden", "kommende", "kommender"),
        ("neuer", "new"),
    )
)
# about a time that was, or one that is not to be
NO_PLAN = frozenset(
    vocabulary(
        ("nicht", "kein", "keine", "keinen", "absagen", "abgesagt", "verschieben", "verschoben", "war"),
        ("gestern", "not", "no", "cancel", "cancelled", "canceled", "move", "moved", "yesterday", "was"),
        ("were"),
    )
)


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named: her families, places by id, and for each kind the words of the catalogs."""

    families: Sequence[Family]
    places: Sequence[tuple[str, str]] = ()
    kinds: Mapping[AppointmentKind, Collection[str]] | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says. `families` holds several where the name fits several; None is to be asked.

    `minutes` is how long it takes, 0 where nothing was said of that.
    """

    families: tuple[Family, ...]
    day: date | None
    at: time | None
    minutes: int
    kind: AppointmentKind | None
    place_id: str | None


def understood(text: str, known: Known, now: datetime) -> Understood | None:
    """What somebody wants to plan, at the aware moment `now`; None unless a family and a day or time are named."""
    if len(text) > LONGEST or len(text.strip().splitlines()) != 1:
        return None
    labels = {family.id: _name(family.label) for family in known.families}
    names = frozenset(word for words in labels.values() for word in words if not word.isdecimal())
    when = read(text, now, names)
    words = WORD.findall(when.rest)
    families = _families(words, known.families, labels)
    if not families or not when.said or NO_PLAN & set(words):
        return None
    named = {word for family in families for word in labels[family.id]}
    rest = [word for word in words if word not in named]
    kind, left = _kind(rest, known.kinds or {})
    place_id, left = _place(words, frozenset(rest), left, known.places)
    if len([word for word in left if word not in FILLERS]) > STRAY:
        return None
    return Understood(families, when.day, when.at, when.minutes, kind, place_id)


def _name(label: str) -> frozenset[str]:
    return _words(label) - TITLES


def _families(
    words: Sequence[str], families: Sequence[Family], labels: Mapping[str, frozenset[str]]
) -> tuple[Family, ...]:
    """Those of whose names the most words were typed; a number alone names nobody."""
    said = set(words)
    found = {family.id: labels[family.id] & said for family in families}
    most = max((len(one) for one in found.values() if _is_name(one)), default=0)
    return tuple(
        family for family in families if len(found[family.id]) == most and _is_name(found[family.id])
    )


def _is_name(words: frozenset[str]) -> bool:
    return any(len(word) > 1 and not word.isdecimal() for word in words)


def _kind(
    words: Sequence[str], catalog: Mapping[AppointmentKind, Collection[str]]
) -> tuple[AppointmentKind | None, list[str]]:
    """The one kind that is named, and the words that say nothing of it; several kinds are none."""
    left = list(words)
    for vocabularies in ((catalog, SHORT), (WHERE,)):
        phrases = sorted(
            (
                (kind, WORD.findall(fold(one)))
                for by in vocabularies
                for kind, some in by.items()
                for one in some
            ),
            key=lambda pair: -len(pair[1]),
        )
        found = {kind for kind, phrase in phrases if _take(left, phrase)}
        if found:
            _strip(left, WHERE)
            return (found.pop() if len(found) == 1 else None), left
    return None, left


def _strip(left: list[str], by: Mapping[AppointmentKind, Collection[str]]) -> None:
    for some in by.values():
        for one in some:
            _take(left, WORD.findall(fold(one)))


def _take(left: list[str], phrase: Sequence[str]) -> bool:
    """Takes a phrase out of the words, if it is among them."""
    size = len(phrase)
    for at in range(len(left) - size + 1):
        if size and left[at : at + size] == list(phrase):
            del left[at : at + size]
            return True
    return False


def _place(
    words: Sequence[str], rest: frozenset[str], left: list[str], places: Sequence[tuple[str, str]]
) -> tuple[str | None, list[str]]:
    """The place of the register whose whole name was typed, the longest first; a family's name is no place."""
    said = [_street(word) for word in words]
    for id, name in sorted(places, key=lambda place: -len(place[1])):
        phrase = [_street(word) for word in WORD.findall(fold(name))]
        at = next((n for n in range(len(said)) if phrase and said[n : n + len(phrase)] == phrase), None)
        if at is not None:
            typed = set(words[at : at + len(phrase)])
            return (id if typed & rest else None), [word for word in left if word not in typed]
    return None, left


def _street(word: str) -> str:
    return re.sub("str$", "strasse", word)
