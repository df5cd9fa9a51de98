"""Writing direction: what keeps a phone number in its order inside an Arabic sentence.

A number, an address or a name is wrapped in an isolate, and a line that does not begin with a letter of
the language gets an invisible mark, so that it is laid out from the right. All of it is plain text.
"""

import re
import unicodedata
from functools import lru_cache

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
RLM = "\u200f"
NBSP = "\u00a0"

_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Direction controls would let a name rearrange the sentence around it; the rest cannot be sent or seen.
_UNWELCOME = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FIELD = re.compile(r"\{[^{}]*\}")
_ISOLATED = re.compile(f"[{LRI}{RLI}{FSI}][^{PDI}\n]*{PDI}?")
_GROUPED = re.compile(r"\+?\d+(?:[ \u00a0.,:/–-]\d+)+")
_HYPHENS = re.compile("[-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_GAPS = re.compile(r"[\s()\[\]/.\u00b7+]+")


def clean(value: str) -> str:
    """Free text without direction controls and other invisible troublemakers; lines end in a newline."""
    if value.isprintable():
        return value
    return _UNWELCOME.sub("", _NEWLINES.sub("\n", value).replace("\t", " "))


def mixes(value: str) -> bool:
    """True when the value holds anything written from right to left."""
    return not value.isascii() and _RIGHT_TO_LEFT.search(value) is not None


def isolate(value: str, opener: str = FSI, *, mark: str = "") -> str:
    """Wraps each line of the value in an isolate, for an isolate ends with its line.

    Several lines are each led by `mark`: they part the sentence they stand in from its own first letter.
    """
    if "\n" not in value:
        return f"{opener}{value}{PDI}"
    return "\n".join(f"{mark}{opener}{line}{PDI}" for line in value.split("\n"))


@lru_cache(maxsize=1024)
def phone(value: str) -> str:
    """A number in national form: no plus, no hyphen, its groups held together by no-break spaces."""
    text = "".join(str(unicodedata.digit(sign, sign)) for sign in _HYPHENS.sub("", clean(value))).strip()
    text = re.sub(r"^(?:\+|00)\s*49\s*(?:\(\s*0\s*\))?\s*0?", "0", text)
    text = re.sub(r"^\+\s*", "00", text)
    return NBSP.join(_GAPS.sub(" ", text).split())


def first_strong(line: str) -> str:
    """The bidirectional class of the first strong letter outside isolates: L, R, AL or nothing."""
    for sign in _ISOLATED.sub("", line):
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return kind
    return ""


def anchor(line: str) -> str:
    """The line, led by a right-to-left mark unless its own first letter says so already."""
    if not line or first_strong(_FIELD.sub("", line)) in ("R", "AL"):
        return line
    return RLM + line


def settle(text: str) -> str:
    """A right-to-left text ready for its slots: every line anchored, every literal number isolated."""
    return "\n".join(anchor(_isolate_numbers(line)) for line in text.split("\n"))


def _isolate_numbers(line: str) -> str:
    if LRI in line or FSI in line:
        return line
    return _GROUPED.sub(lambda found: f"{LRI}{found[0].replace(' ', NBSP)}{PDI}", line)
