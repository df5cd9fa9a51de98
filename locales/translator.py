"""Phrases become sentences here: in a person's language, in its direction, at the clock of Köln."""

import datetime as dt
import html as html_module
import logging
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from locales import dates, loading
from locales.bidi import FSI, LRI, PDI, RLI, RLM, clean, isolate, mixes, phone, settle
from locales.languages import LANGUAGES, SOURCE, match, named, shipped
from locales.phrase import (
    Address,
    Day,
    Domain,
    Endonym,
    Hour,
    Items,
    Language,
    Moment,
    Number,
    Phrase,
    Slot,
    Written,
)
from locales.text import BrokenTextError, Text, take_apart
from locales.zone import here

GAP = "…"

_log = logging.getLogger(__name__)


@cache
def _catalog(language: str, domain: Domain) -> Any:
    return loading.catalog(language, domain)


@cache
def keys(domain: Domain) -> frozenset[str]:
    """Every key that has a German text."""
    return frozenset(entry.key for entry in loading.sheet(SOURCE, domain).entries if entry.text)


def text_of(domain: Domain, language: str, key: str) -> str | None:
    """The text behind a key as it stands in the catalog, slots unfilled; None when it has to be German."""
    if not key or language not in shipped(domain):
        return None
    german: str = _catalog(SOURCE, domain).gettext(key)
    if language == SOURCE or not german:
        return german or None
    return _catalog(language, domain).pgettext(key, german) or None


class Voice:
    """Says phrases in one language. With `html` the whole sentence is escaped for a page or HTML mode.

    A text that is missing, doubtful or broken in the language is said in German as a whole. A key unknown
    even in German is shown as it is, and an unfilled slot as "…"; both are logged as errors.
    """

    def __init__(self, language: str, *, html: bool = False, zone: ZoneInfo | None = None) -> None:
        self.language = language
        self.html = html
        self.zone = zone or here()
        self.rtl = LANGUAGES[language].rtl
        self._texts: dict[tuple[Domain, str], Text | None] = {}
        self._ways: dict[type, Callable[[Any], str]] = {
            str: self._free,
            int: self._int,
            dt.date: self.date,
            dt.time: self.time,
            dt.datetime: self.moment,
            Number: self._number,
            Address: self._address,
            Endonym: self._endonym,
            Language: self._language,
            Day: lambda slot: self.date(slot.at),
            Hour: lambda slot: self.time(slot.at),
            Moment: lambda slot: self.moment(slot.at),
            Written: self._written,
            Items: self._items,
            Phrase: self._inner,
        }

    def say(self, phrase: Phrase) -> str:
        """The sentence, ready to be sent. Raises TypeError for a slot of an unknown kind."""
        text = self._texts.get((phrase.domain, phrase.key)) or self._learn(phrase)
        if text is None or not self._can_say_inner(phrase):
            return voice(SOURCE, html=self.html, zone=self.zone).say(phrase)
        missing = text.names - phrase.slots.keys()
        if missing:
            _log.error("%s was said without %s", phrase.key, ", ".join(sorted(missing)))
        return self.fill(text, phrase.slots)

    def fill(self, text: Text, slots: Mapping[str, Slot]) -> str:
        """A text taken apart, put together again with its slots shown; "…" where one is missing."""
        out = text.start
        for name, following in text.rest:
            slot = slots.get(name)
            out += (GAP if slot is None else self.show(slot)) + following
        return out

    def show(self, slot: Slot) -> str:
        """One value the way it stands inside a sentence of this language."""
        way = self._ways.get(type(slot))
        if way is None:
            way = next((way for kind, way in self._ways.items() if isinstance(slot, kind)), None)
        if way is None or isinstance(slot, bool):
            raise TypeError(f"a slot cannot hold {type(slot).__name__}")
        return way(slot)

    def date(self, day: dt.date | dt.datetime) -> str:
        """A day with its weekday; an aware datetime is taken in the voice's zone."""
        return dates.day_text(self.language, self._day(day))

    def day_short(self, day: dt.date | dt.datetime) -> str:
        """A day for a calendar button: short weekday, day and month."""
        return dates.short_day_text(self.language, self._day(day))

    def weekday_short(self, day: dt.date | dt.datetime) -> str:
        """The short name of the weekday alone."""
        return dates.weekdays(self.language, short=True)[self._day(day).weekday()]

    def time(self, at: dt.time | dt.datetime) -> str:
        """Hours and minutes of 24; an aware datetime is taken in the voice's zone."""
        if isinstance(at, dt.datetime):
            at = self._local(at)
        digits = f"{at.hour:02}:{at.minute:02}"
        return f"{LRI}{digits}{PDI}" if self.rtl else digits

    def moment(self, at: dt.datetime) -> str:
        """Day and time of an aware datetime in the voice's zone."""
        if self.rtl:
            return f"{RLI}{self.date(at)}، {self.time(at)}{PDI}"
        return f"{self.date(at)}, {self.time(at)}"

    def _day(self, day: dt.date | dt.datetime) -> dt.date:
        return self._local(day).date() if isinstance(day, dt.datetime) else day

    def _local(self, at: dt.datetime) -> dt.datetime:
        if at.tzinfo is None:
            raise ValueError("a moment needs a time zone to be shown")
        return at.astimezone(self.zone)

    def _escaped(self, value: str) -> str:
        return html_module.escape(value, quote=False) if self.html else value

    def _free(self, value: str) -> str:
        value = self._escaped(clean(value))
        if self.rtl:
            return isolate(value, FSI, mark=RLM)
        return isolate(value, FSI) if mixes(value) else value

    def _left_to_right(self, value: str) -> str:
        if self.rtl:
            return isolate(value, LRI, mark=RLM)
        return isolate(value, LRI) if mixes(value) else value

    def _int(self, value: int) -> str:
        return self._left_to_right(str(int(value)))

    def _number(self, slot: Number) -> str:
        return self._left_to_right(self._escaped(phone(slot.text)))

    def _address(self, slot: Address) -> str:
        return self._left_to_right(self._escaped(clean(slot.text)))

    def _endonym(self, slot: Endonym) -> str:
        known = LANGUAGES.get(slot.code)
        return self._free(known.endonym if known else slot.code)

    def _language(self, slot: Language) -> str:
        return self._free(named(slot.code, self.language))

    def _written(self, slot: Written) -> str:
        # unlike what people typed it is laid out as the catalogs are: its numbers are isolated, not it itself;
        # the line in which it begins bears its mark already, and Telegram spoils two in a row
        written = self._escaped(slot.text)
        return settle(written).removeprefix(RLM) if self.rtl else written

    def _items(self, slot: Items) -> str:
        mark = RLM if self.rtl else ""
        return "\n".join(f"{mark}• {self.show(item)}" for item in slot.of)

    def _inner(self, phrase: Phrase) -> str:
        said = self.say(phrase)
        return isolate(said, FSI) if self.rtl and "\n" not in said else said

    def _can_say_inner(self, phrase: Phrase) -> bool:
        # Two languages in one message confuse more than a whole German one.
        if self.language == SOURCE:
            return True
        inner = [slot for slot in phrase.slots.values() if type(slot) is Phrase or type(slot) is Items]
        return all(self._knows(slot) for slot in inner)

    def _knows(self, slot: Slot) -> bool:
        if isinstance(slot, Items):
            return all(self._knows(item) for item in slot.of)
        if not isinstance(slot, Phrase):
            return True
        known = self._texts.get((slot.domain, slot.key)) or self._learn(slot)
        return known is not None and self._can_say_inner(slot)

    def _learn(self, phrase: Phrase) -> Text | None:
        place = (phrase.domain, phrase.key)
        text = self._find(*place)
        if text is not None:
            self._texts[place] = text
        elif self.language == SOURCE:
            _log.error("there is no text for %s %s", *place)
            return Text(self._escaped(phrase.key))
        return text

    def _find(self, domain: Domain, key: str) -> Text | None:
        written = text_of(domain, self.language, key)
        if written is None:
            return None
        try:
            return take_apart(self._escaped(written), rtl=self.rtl)
        except BrokenTextError as error:
            _log.error("%s in %s: %s", key, self.language, error)
        return Text(self._escaped(written)) if self.language == SOURCE else None


def voice(language: str | None, *, html: bool = False, zone: ZoneInfo | None = None) -> Voice:
    """The voice of a language, always the same one; German for a language that is not shipped."""
    return _voice(language, html, zone or here())


@lru_cache(maxsize=128)
def _voice(language: str | None, html: bool, zone: ZoneInfo) -> Voice:
    code = language if language in LANGUAGES else match(language)
    return Voice(code, html=html, zone=zone)


@cache
def everywhere(key: str) -> frozenset[str]:
    """A slotless text in every language and domain, so that a keyboard button is understood in all of them.

    Holds each text both as shown and as written, for it is not known which invisible marks a phone sends
    back. Raises KeyError for a key without any text.
    """
    found = [(code, domain, text_of(domain, code, key)) for code, domain in loading.every_file()]
    texts = {text for _, _, text in found if text}
    texts |= {voice(code).say(Phrase(domain, key)) for code, domain, text in found if text}
    if not texts:
        raise KeyError(key)
    return frozenset(texts)


def preload() -> None:
    """Reads every catalog and Babel's data now, so that no file is read while people wait.

    Raises po.CatalogError, naming file and line, when a catalog is broken.
    """
    for code, domain in loading.every_file():
        _catalog(code, domain)
        dates.weekdays(code)
        dates.weekdays(code, short=True)
