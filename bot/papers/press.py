"""Fills a template: everything is escaped, and what a template asks for and nobody gives is an error."""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from locales.languages import LANGUAGES
from locales.phrase import Domain, F, Phrase, S, Slot
from locales.translator import voice

# what must not end a line: the sign of a section and its number belong together
_CITED = re.compile(r"(§|Art\.|Abs\.|lit\.|section|sections) (?=\w)")


def css_string(text: str) -> Markup:
    """The text as a string inside a style sheet, which no sign in it can end."""
    plain = text.unescape() if isinstance(text, Markup) else text
    inside = "".join(sign if sign.isalnum() or sign in " .,:()·" else f"\\{ord(sign):x} " for sign in plain)
    return Markup(f'"{inside}"')  # noqa: S704 - every sign that means anything to a browser is written as its number


def breakable(name: str) -> Markup:
    """A name from code that may go on in the next line after an underscore or a slash."""
    return escape(name).replace("_", Markup("_<wbr>")).replace("/", Markup("/<wbr>"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.papers", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"css_string": css_string, "breakable": breakable}
    return environment


def staff_says(key: str, /, **slots: Slot) -> Phrase:
    """A text for whoever runs the bot, by the end of its key."""
    return S(f"papers.{key}", **slots)


def families_say(key: str, /, **slots: Slot) -> Phrase:
    """A text for families, by the end of its key."""
    return F(f"papers.{key}", **slots)


def printed(template: str, language: str, domain: Domain, **given: Any) -> str:
    """The page in one language. Raises jinja2.UndefinedError when something is not given."""
    speak = voice(language)
    phrase = staff_says if domain == "staff" else families_say

    def say(key: str, /, **slots: Slot) -> str:
        return _CITED.sub("\\1\N{NO-BREAK SPACE}", speak.say(phrase(key, **slots)))

    shown: dict[str, Any] = {
        "t": say,
        "moment": speak.moment,
        "day": speak.date,
        "lang": LANGUAGES[language].cldr,
        "dir": LANGUAGES[language].direction,
    }
    return _environment().get_template(template).render(shown | given)
