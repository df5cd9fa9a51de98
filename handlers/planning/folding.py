"""Words as they sound, however they are typed: Yılmaz and yilmaz, Özdemir and Oezdemir are the same. Pure."""

import unicodedata
from collections.abc import Sequence

_DOTLESS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d"})
_TWO_LETTERS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def fold(text: str) -> str:
    """The text in small letters without marks; what stands between words stays."""
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_DOTLESS)
    for two, one in _TWO_LETTERS:
        plain = plain.replace(two, one)
    return plain


def vocabulary(*groups: Sequence[str]) -> dict[str, int]:
    """The number of its group by each folded word."""
    return {fold(word): number for number, words in enumerate(groups) for word in words}
