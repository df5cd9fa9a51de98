"""Words as shaking hands write them: folded to their letters, and found again after one slip of the finger."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

# Keyboards of neighbouring languages write the same word with other letters.
_ALIKE = str.maketrans("ıىیةکھہ", "iييهكهه")
_RUNS = re.compile(r"([^\W\d_])\1+")
_UNWRITTEN = frozenset({"Mn", "Me", "Cf"})


def core(text: str) -> str:
    """Letters and digits only, folded: no case, no accents, no vowel signs, no letter twice in a row."""
    kept = "".join(sign for sign in _flat(text) if unicodedata.category(sign)[0] in "LN" and sign != "ـ")
    return _RUNS.sub(r"\1", kept.translate(_ALIKE))


def words_of(text: str) -> list[str]:
    """The words of a text, each as `core` folds it."""
    return [_RUNS.sub(r"\1", word) for word in "".join(_spaced(text)).translate(_ALIKE).split()]


def joined(words: Iterable[str]) -> str:
    """Folded words in one, as `core` folds them together."""
    return _RUNS.sub(r"\1", "".join(words))


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())


def _spaced(text: str) -> Iterator[str]:
    for sign in _flat(text):
        kind = unicodedata.category(sign)
        if kind[0] in "LN" and sign != "ـ":
            yield sign
        elif kind not in _UNWRITTEN and sign != "ـ":
            yield " "


class Spelling:
    """Listed words, found for what was typed with at most one letter too many, missing, wrong or swapped.

    Words shorter than `shortest` letters that are not `also` meant, and such that hold digits, are found only as
    they stand; what is `ordinary` is itself and never a slip.
    """

    def __init__(
        self, listed: Iterable[str], shortest: int, *, also: Iterable[str] = (), ordinary: Iterable[str] = ()
    ) -> None:
        self._listed = frozenset(listed)
        self._ordinary = frozenset(ordinary)
        self._shortened: dict[str, set[str]] = defaultdict(set)
        for word in {*also, *(word for word in self._listed if len(word) >= shortest)}:
            if word.isalpha():
                for less in {word, *_one_less(word)}:
                    self._shortened[less].add(word)
        self._longest = max(map(len, self._listed), default=0)

    def meant(self, typed: str) -> frozenset[str]:
        """The listed words that this may be."""
        if typed in self._listed:
            return frozenset({typed})
        if len(typed) > self._longest + 1 or typed in self._ordinary or not typed.isalpha():
            return frozenset()
        near = {word for less in {typed, *_one_less(typed)} for word in self._shortened.get(less, ())}
        return frozenset(word for word in near if is_one_slip(typed, word))

    def __contains__(self, typed: str) -> bool:
        return bool(self.meant(typed))


def _one_less(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def is_one_slip(typed: str, word: str) -> bool:
    """Whether one letter too many, missing, wrong, or two neighbours swapped make the one of the other."""
    if len(typed) < len(word):
        typed, word = word, typed
    at = next(
        (at for at, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other), len(word)
    )
    if len(typed) == len(word):
        swapped = typed[at : at + 2] == word[at : at + 2][::-1] and typed[at + 2 :] == word[at + 2 :]
        return swapped or typed[at + 1 :] == word[at + 1 :]
    return len(typed) == len(word) + 1 and typed[at + 1 :] == word[at:]
