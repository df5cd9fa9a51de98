"""Hears a cry for help in a bare text, in any shipped language and in the spelling of a shaking hand."""

from functools import cache

from locales.languages import shipped
from locales.spelling import Spelling, core, joined, words_of
from locales.translator import text_of

SIGN = "🆘"
WORDS = "crisis.words"
BESIDE = "crisis.beside.words"  # what stands around a cry and is none, such as a please
ORDINARY = "crisis.ordinary.words"  # what is one letter away from a cry and means something else
SHORTEST = 6  # letters; in a shorter word one slip makes too many others
MOST_WORDS = 40
MOST_IN_A_CRY = 6


def sounds_like_sos(text: str) -> bool:
    """True when the whole text is a word of distress, or 🆘 alone; punctuation, case and one slip do not matter.

    Several cries in a row are one, and so is one with a please beside it.
    """
    heard = core(text)
    if not heard:
        return SIGN in text
    return heard in cries() or _all_cries(words_of(text))


@cache
def sos_words() -> frozenset[str]:
    """The words of distress of all languages, each reduced by `core`."""
    return listed(WORDS)


@cache
def listed(key: str) -> frozenset[str]:
    """The lines of a list of words in all languages, each reduced by `core`."""
    return frozenset(map(core, lines(key))) - {""}


def lines(key: str) -> list[str]:
    """The lines of a list of words in all languages, as they are written."""
    return [line for code in shipped("families") for line in _of(code, key)]


def _of(language: str, key: str) -> list[str]:
    return (text_of("families", language, key) or "").splitlines()


@cache
def cries() -> Spelling:
    """The words of distress as they may be misspelt. The first of each list is the word itself, however short."""
    first = (core(line) for code in shipped("families") for line in _of(code, WORDS)[:1])
    return Spelling(sos_words(), SHORTEST, also=first, ordinary=listed(ORDINARY))


def _all_cries(words: list[str]) -> bool:
    """Whether the words can be cut into cries and what may stand beside them, with a cry among them."""
    if not 1 < len(words) <= MOST_WORDS:
        return False
    beside = listed(BESIDE)
    # for each place: whether all before it is understood without a cry, and with one
    quiet, crying = [True] + [False] * len(words), [False] * (len(words) + 1)
    for end in range(1, len(words) + 1):
        for begin in range(max(0, end - MOST_IN_A_CRY), end):
            if not (quiet[begin] or crying[begin]):
                continue
            part = joined(words[begin:end])
            if part in beside:
                quiet[end] |= quiet[begin]
                crying[end] |= crying[begin]
            crying[end] |= part in cries()
    return crying[-1]
