"""What can be seen of a text, and what a phone draws as nothing."""

import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
# fillers and a Braille sign that are drawn as nothing
BLANK = frozenset(map(chr, (0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0)))


def can_be_seen(text: str) -> bool:
    """Whether anything of the text shows: Telegram lets through what looks empty."""
    return any(sign not in BLANK and unicodedata.category(sign) not in UNSEEN for sign in text)
