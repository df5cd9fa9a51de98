"""The files that are handed out: one to read, in its reader's language and on any phone, and one for machines."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from handlers import consenting
from handlers.rights.rules import Seen
from handlers.screen import Document
from locales.languages import LANGUAGES
from locales.phrase import Endonym, F, Moment, Phrase, S, Slot
from locales.translator import Voice
from locales.zone import here
from storage.disclosure import HELD_BACK, NOT_THEIRS, Disclosed, Told, Value
from storage.records import Family, Person, Purpose

MOST_LINES = 300  # of the journal in the readable file; the other one has them all
# for machines and for joining rows; a reader needs none of them
UNSEEN = frozenset({"id", "appointment_id", "alarm_id", "course_id", "failure"})
YES_OR_NO = frozenset({"blocked", "discreet", "confirmed", "on", "evenings", "came"})
WORDS = frozenset(
    {"state", "answer", "role", "purpose", "promise", "wish", "outcome"}
    | {"reason", "why", "part", "pace", "reminded"}
)
FACES = {"good": "🙂", "so_so": "😐", "bad": "😟"}
STYLE = (
    "body{font:1.05em/1.5 system-ui,sans-serif;max-width:44em;margin:auto;padding:1em;color:#222}"
    "h1{font-size:1.4em}h2{font-size:1.15em;margin-top:2em;border-bottom:2px solid #b5533c}"
    "dl{border-bottom:1px solid #ddd;padding-bottom:.7em}dt{color:#666;font-size:.85em}dd{margin:0 0 .3em}"
    "dd,small{overflow-wrap:anywhere}"
    "pre{white-space:pre-wrap;font:inherit;background:#f6f3ee;padding:.7em}"
)
HEAD = (
    '<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline'\">"
    "<title>{title}</title><style>{style}</style></head><body>"
)


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known about a person, or about a family where it is `for_file`; `reader` gets it."""

    reader: Person
    family: Family | None
    rows: Disclosed
    seen: Sequence[Seen]
    offers: dict[str, str]
    at: datetime
    for_file: bool = False
    sites: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def readable(known: Known, voice: Voice) -> Document:
    """An HTML page without scripts and without anything from elsewhere."""
    page = "".join(_Page(known, Voice(voice.language, html=True)).lines())
    return Document(f"{_day(known)}.html", page)


def for_machines(known: Known) -> Document:
    """The same as JSON: tables with their rows, moments as ISO 8601 in UTC."""
    tables: dict[str, list[Told]] = {}
    for part, rows in known.rows.parts:
        tables.setdefault(part.table, []).extend(rows)
    seen = [{"at": one.at, "who": one.who, "act": one.act} for one in known.seen]
    whole: dict[str, Any] = {
        "made_at": known.at,
        "about": "family" if known.for_file else "person",
        "tables": tables,
        "journal": seen,
        "consent_words": dict(_consent_words(known)),
        "held_back": dict(HELD_BACK) if known.for_file else {**HELD_BACK, **NOT_THEIRS},
    }
    return Document(f"{_day(known)}.json", orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode())


def _day(known: Known) -> str:
    """Names of files show on lock screens: this one says nothing but when."""
    return f"{known.at.astimezone(here()):%Y-%m-%d}"


def _consent_words(known: Known) -> Iterator[tuple[str, str]]:
    """The words that were said yes to, by their hash, as long as they are still the ones we show."""
    for row in known.rows.rows("consents"):
        purpose, language = Purpose(str(row["purpose"])), str(row["language"])
        if consenting.text_hash(purpose, language) == row["text_hash"]:
            yield str(row["text_hash"]), consenting.words(purpose, language)


def _slot(name: str, value: Value) -> Slot:
    if isinstance(value, datetime):
        return Moment(value)
    if name in {"language", "interpreter"}:
        return Endonym(str(value))
    if name == "mood":
        return FACES.get(str(value), "")
    return value if value is not None else ""


class _Page:
    """The readable file, piece by piece. Everything shown went through `html.escape` or the voice's own."""

    def __init__(self, known: Known, voice: Voice) -> None:
        self._known, self._voice = known, voice
        self._staff = known.reader.is_staff

    def lines(self) -> Iterator[str]:
        language, title = LANGUAGES[self._voice.language], self._say(self._title())
        yield HEAD.format(lang=language.code, dir=language.direction, title=title, style=STYLE)
        yield f"<h1>{title}</h1><p>{self._lines(self._phrase('file', 'intro'))}</p>"
        yield f"<p>{self._voice.moment(self._known.at)}</p>"
        for part, rows in self._known.rows.parts:
            yield f"<h2>{self._say(self._phrase('table', part.table))}</h2>"
            if part.counted:
                yield f"<p>{self._say(self._phrase('file', 'how_many', n=len(rows)))}</p>"
            else:
                yield from (self._row(row) for row in rows)
        yield from self._words()
        yield from self._journal()
        yield f"<h2>{self._say(self._phrase('file', 'held_back'))}</h2>"
        yield f"<p>{self._lines(self._phrase('file', 'held_back_why'))}</p></body></html>"

    def _row(self, row: Told) -> str:
        shown = {name: value for name, value in row.items() if name not in UNSEEN and value not in (None, "")}
        pairs = (
            f"<dt>{self._say(self._phrase('field', name))}</dt><dd>{self._value(name, value)}</dd>"
            for name, value in shown.items()
        )
        return f"<dl>{''.join(pairs)}</dl>"

    def _value(self, name: str, value: Value) -> str:
        if name in YES_OR_NO:
            return self._say(self._phrase("value", "yes" if value else "no"))
        if name in WORDS:
            return self._say(self._phrase("value", str(value)))
        if name == "point":  # of a checklist, which only members of staff are shown
            return self._say(S(f"protection.way.{value}"))
        if name in {"kind", "offer_id"}:
            return self._say(self._named(name, str(value)))
        if name == "bring":
            return ", ".join(self._say(F(f"bring.{word}")) for word in str(value).split())
        if name == "site_id":
            value = self._known.sites.get(str(value), "")
        return self._voice.show(_slot(name, value)).replace("\n", "<br>")

    def _named(self, name: str, value: str) -> Phrase:
        if name == "kind":
            return S(f"kind.{value}") if self._staff else F(f"kind.{value}")
        offer = self._known.offers.get(value, "")
        return S(f"offer.{offer}") if self._staff else F(f"offer.{offer}")

    def _words(self) -> Iterator[str]:
        found = dict(_consent_words(self._known))
        if found:
            yield f"<h2>{self._say(self._phrase('file', 'consent_words'))}</h2>"
        for mark, said in found.items():
            # the words are in the language in which they were read, whatever language the page has
            yield f'<pre dir="auto">{html.escape(said)}</pre><p dir="ltr"><small>SHA-256 {mark}</small></p>'

    def _journal(self) -> Iterator[str]:
        if self._known.seen:
            yield f"<h2>{self._say(self._phrase('file', 'journal'))}</h2>"
        for one in self._known.seen[:MOST_LINES]:
            done = self._say(self._phrase("file", "read" if one.read else "changed"))
            who, about = self._phrase("value", one.who), self._phrase("topic", one.topic)
            said = " · ".join([self._voice.moment(one.at), self._say(who), self._say(about), done])
            yield f"<p>{said}</p>"

    def _title(self) -> Phrase:
        if self._known.for_file and self._known.family is not None:
            return S("rights.file.title_family", family=self._known.family.label)
        return self._phrase("file", "title")

    def _phrase(self, group: str, name: str, **slots: int) -> Phrase:
        key = f"{group}.{name}"
        return S(f"rights.{key}", **slots) if self._staff else F(f"rights.{key}", **slots)

    def _say(self, phrase: Phrase) -> str:
        return self._voice.say(phrase)

    def _lines(self, phrase: Phrase) -> str:
        return self._say(phrase).replace("\n", "<br>")
