"""How many addresses, how many tries, and which code. Pure but for the dice."""

import hmac
import secrets

MOST_WAYS = 3
MOST_TRIES = 5
DIGITS = 4


def fresh_code() -> str:
    """Four digits, sent over the new address and typed here."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def is_code(typed: str, code: str) -> bool:
    """Whether the digits typed are the code, whatever stands between them."""
    digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    return hmac.compare_digest(digits, code)
