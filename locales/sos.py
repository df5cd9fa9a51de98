"""Hears a cry for help in a bare text, in any shipped language and in the spelling of a shaking hand."""

import re
import unicodedata
from functools import cache

from locales.languages import shipped
from locales.translator import text_of

SIGN = "🆘"
WORDS = "crisis.words"

# Keyboards of neighbouring languages write the same word with other letters.
_ALIKE = str.maketrans("ıىیةکھہ", "iييهكهه")
_RUNS = re.compile(r"([^\W\d_])\1+")


def sounds_like_sos(text: str) -> bool:
    """True when the whole text is a word of distress, or 🆘 alone; punctuation and case do not matter."""
    heard = core(text)
    return heard in sos_words() if heard else SIGN in text


@cache
def sos_words() -> frozenset[str]:
    """The words of distress of all languages, each reduced by `core`."""
    lists = (text_of("families", code, WORDS) or "" for code in shipped("families"))
    return frozenset(core(line) for text in lists for line in text.splitlines()) - {""}


def core(text: str) -> str:
    """Letters and digits only, folded: no case, no accents, no vowel signs, no letter twice in a row."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(sign for sign in flat if unicodedata.category(sign)[0] in "LN" and sign != "ـ")
    return _RUNS.sub(r"\1", kept.translate(_ALIKE))
