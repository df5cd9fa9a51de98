"""What a family may be asked to bring: a fixed list of words, each with its name in every language."""

from collections.abc import Sequence

from locales.phrase import Phrase, S

WORDS = (
    "id_card",
    "health_card",
    "checkup_book",
    "vaccination_card",
    "letter",
    "contract",
    "bank_statement",
    "pen",
    "diapers",
    "spare_clothes",
    "drink",
    "food",
    "stroller",
    "slippers",
)
MOST = 6  # more than that nobody reads, and nobody carries


def toggled(words: Sequence[str], word: str) -> tuple[str, ...] | None:
    """The words with this one more, or without it, in the list's own order; None where that can't be."""
    if word not in WORDS:
        return None
    chosen = {*words} ^ {word}
    return tuple(one for one in WORDS if one in chosen) if len(chosen) <= MOST else None


def thing(word: str) -> Phrase:
    """A thing as staff read it. Families read F("bring.<word>"); see handlers/appointment_words.py."""
    return S(f"bring.{word}")
