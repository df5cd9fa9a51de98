"""The languages that are shipped, and how to find a person's one among them."""

import copy
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale, localedata

from locales.phrase import Domain

# The plural rules are written by hand: Babel's own headers disagree with CLDR for Arabic and Turkish.
_TWO_FORMS = "nplurals=2; plural=(n != 1);"
_ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
)


@dataclass(frozen=True, slots=True)
class Language:
    """A shipped language; `code` names its folder, `also` lists other codes that mean it."""

    code: str
    endonym: str
    script: Literal["Latn", "Arab", "Cyrl"]
    plurals: str
    domains: tuple[Domain, ...]
    also: tuple[str, ...] = ()

    @property
    def rtl(self) -> bool:
        return self.script == "Arab"

    @property
    def direction(self) -> Literal["rtl", "ltr"]:
        return "rtl" if self.rtl else "ltr"

    @property
    def cldr(self) -> str:
        """The name under which Babel knows the language."""
        return self.code.partition("@")[0]


SOURCE = "de"
TABLE = (
    Language("de", "Deutsch", "Latn", _TWO_FORMS, ("families", "staff")),
    Language("tr", "Türkçe", "Latn", _TWO_FORMS, ("families",)),
    Language("ar", "العربية", "Arab", _ARABIC, ("families",)),
    Language("en", "English", "Latn", _TWO_FORMS, ("staff",)),
)
LANGUAGES = {language.code: language for language in TABLE}


def shipped(domain: Domain) -> tuple[str, ...]:
    """Codes of the languages that have texts of this domain, German first."""
    return tuple(language.code for language in TABLE if domain in language.domains)


def endonym(code: str) -> str:
    """The language's own name. Raises KeyError for a language that is not shipped."""
    return LANGUAGES[code].endonym


def named(code: str, language: str) -> str:
    """A language's name in another shipped one; its own where that has none for it."""
    name = locale(language).languages.get(code) if language in LANGUAGES else None
    return name or (endonym(code) if code in LANGUAGES else code)


def match(language_code: str | None, domain: Domain = "families") -> str:
    """The shipped language closest to an IETF tag as Telegram sends it; German when there is none."""
    tag = (language_code or "").strip().casefold().replace("_", "-")
    names = _names(domain)
    while tag:
        if tag in names:
            return names[tag]
        tag = tag.rpartition("-")[0]
    return SOURCE


@cache
def _names(domain: Domain) -> dict[str, str]:
    names: dict[str, str] = {}
    for code in shipped(domain):
        for name in (code, *LANGUAGES[code].also):
            names[name.casefold().replace("_", "-").replace("@", "-")] = code
    return names


@cache
def preload() -> None:
    """Gives every shipped language its own copy of Babel's locale data, once per process.

    Babel shares nested tables between languages and resolves aliases inside them in place, so that one
    language's weekdays turn up in another (python-babel #1234). Copies have nothing left to share.
    """
    localedata.load("root")
    for name in dict.fromkeys(language.cldr for language in TABLE):
        localedata._cache[name] = copy.deepcopy(localedata.load(name))


@cache
def locale(code: str) -> Locale:
    """Babel's locale of a shipped language, safe from the leak described at `preload`."""
    preload()
    return Locale.parse(LANGUAGES[code].cldr)
