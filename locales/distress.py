"""Hears words of distress inside anything that is typed, and the yes or no to whether help is needed."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain

from locales.sos import BESIDE, ORDINARY, lines, listed
from locales.spelling import Spelling, core, words_of

WORDS = "crisis.distress.words"
YES, NO = "crisis.yes.words", "crisis.no.words"
SHORTEST = 7  # letters; in a shorter word one slip makes too many others
AND = ("و", "ف")  # Arabic writes its "and" in one with the word
_SENTENCE = re.compile(r"[.!?…\n;,:()،؛؟]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase of distress as its folded words. `ends` says that nothing more may follow in its sentence."""

    words: tuple[str, ...]
    ends: bool


def sounds_distressed(text: str) -> bool:
    """True when a phrase of distress stands in the text as whole words, in any shipped language.

    A long word of it may have one slip of the finger; case, accents and doubled letters do not matter.
    """
    return any(_is_distress(words_of(sentence)) for sentence in _SENTENCE.split(text))


def says_yes(text: str) -> bool:
    """True when the whole text is a yes to whether help is needed."""
    return core(text) in listed(YES)


def says_no(text: str) -> bool:
    """True when the whole text is a no to it."""
    return core(text) in listed(NO)


def _is_distress(words: list[str]) -> bool:
    meant = [_meant(word) for word in words]
    return any(
        _stands_at(at, said, meant, words)
        for at, first in enumerate(meant)
        for word in first
        for said in _phrases()[word]
    )


def _stands_at(at: int, said: Said, meant: list[frozenset[str]], words: list[str]) -> bool:
    end = at + len(said.words)
    if end > len(words) or not all(word in meant[at + n] for n, word in enumerate(said.words)):
        return False
    slips = sum(word not in _as_written(words[at + n]) for n, word in enumerate(said.words))
    return slips <= 1 and (not said.ends or all(word in listed(BESIDE) for word in words[end:]))


def _meant(word: str) -> frozenset[str]:
    return frozenset(chain.from_iterable(_spelling().meant(one) for one in _as_written(word)))


def _as_written(word: str) -> tuple[str, ...]:
    return (word, word[1:]) if word[:1] in AND else (word,)


@cache
def _phrases() -> defaultdict[str, list[Said]]:
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for line in lines(WORDS):
        said = Said(tuple(words_of(line)), line.endswith("."))
        if said.words:
            found[said.words[0]].append(said)
    return found


@cache
def _spelling() -> Spelling:
    every = {word for phrases in _phrases().values() for said in phrases for word in said.words}
    return Spelling(every, SHORTEST, ordinary=listed(ORDINARY))
