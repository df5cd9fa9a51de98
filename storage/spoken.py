"""Codes to be said over the phone or typed by hand: ten signs, understood however they are written."""

import secrets
import unicodedata

# Crockford's: no I, L, O, U; ten of them are 50 bits, all but a fraction of one
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
LONGEST_SAID = 60  # ten signs with whatever people put between them
MISHEARD = str.maketrans({"O": "0", "I": "1", "L": "1", "İ": "1"})
# never taken for another sign; a code holds one of each, so that hardly a word and no phone number looks like one
SURE_DIGITS, SURE_LETTERS = frozenset("23456789"), frozenset("ABCDEFGHJKMNPQRSTVWXYZ")
BETWEEN = frozenset({"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"})  # dashes, spaces, line ends, marks of direction
POINTS = frozenset(".,:;/_")


def new_spoken() -> str:
    """A code to be said over the phone: 10 signs."""
    while True:
        drawn = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if _is_code(drawn):
            return drawn


def grouped(code: str) -> str:
    """A code as it is shown and read out: 7K3M9 - PQ2XY."""
    half = LENGTH // 2
    return f"{code[:half]} - {code[half:]}"


def as_spoken(said: str) -> str:
    """A spoken code as it was meant: however it is grouped, and whatever was misheard. "" when it can't be one.

    Digits of any script count as what they are worth.
    """
    if len(said) > LONGEST_SAID:
        return ""
    whole = unicodedata.normalize("NFKC", said).upper().translate(MISHEARD)
    meant = "".join(map(_meant, whole))
    return meant if _is_code(meant) else ""


def _meant(sign: str) -> str:
    if sign in POINTS or unicodedata.category(sign) in BETWEEN:
        return ""
    return str(unicodedata.decimal(sign, sign))


def _is_code(meant: str) -> bool:
    signs = set(meant)
    fits = len(meant) == LENGTH and signs <= set(SIGNS)
    return fits and bool(signs & SURE_DIGITS) and bool(signs & SURE_LETTERS)
