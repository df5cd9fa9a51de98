"""How many addresses, how many tries, and which code. Pure but for the dice."""

import hmac
import secrets
from datetime import timedelta

MOST_WAYS = 3
MOST_TRIES = 5
DIGITS = 4
# a code rings at an address that may be a stranger's: so often within this time, and so often by one person
MOST_CODES, MOST_CODES_OF_ONE = 3, 9
CODES_WITHIN = timedelta(hours=1)


def fresh_code() -> str:
    """Four digits, sent over the new address and typed here."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def is_code(typed: str, code: str) -> bool:
    """Whether the digits typed are the code, whatever stands between them."""
    digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    return hmac.compare_digest(digits, code)
