"""The words for days, as caseworkers type them, folded; and those that only say which week it may be. Pure."""

import re
from collections.abc import Collection

from handlers.planning.folding import vocabulary

WEEKDAYS = vocabulary(
    ("mo", "montag", "mon", "monday"),
    ("di", "dienstag", "tue", "tues", "tuesday"),
    ("mi", "mittwoch", "wed", "wednesday"),
    ("do", "donnerstag", "thu", "thur", "thurs", "thursday"),
    ("fr", "freitag", "fri", "friday"),
    ("sa", "samstag", "sonnabend", "sat", "saturday"),
    ("so", "sonntag", "sun", "sunday"),
)
RELATIVE = vocabulary(("heute", "today"), ("morgen", "tomorrow"), ("übermorgen", "overmorrow"))
MONTHS = vocabulary(
    ("januar", "january", "jan", "jänner"),
    ("februar", "february", "feb"),
    ("märz", "march", "mar", "mrz"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)
NUMBERS = {"ein": 1, "eine": 1, "einer": 1, "einem": 1, "a": 1, "one": 1, "zwei": 2, "two": 2, "drei": 3}
NUMBERS |= {"three": 3, "vier": 4, "four": 4}

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))

_week = r"(?:woche|wochen|week|weeks)"
_which = r"(?:[0-9]+|zweite\w*|zwei|dritte\w*|drei|vier|andere\w*|other|second|third|two|three|four)"
# Beside a weekday each of these means another week than the next, or several, or one that is over. A month with
# a hyphen belongs to a street: August-Bebel-Straße.
LOOSE = re.compile(
    rf"\bubernachst\w*|\bafter\s+next\b|\bda?rauf\b|\b(?:{WEEKDAY})\s+week\b"
    rf"|\b(?:[0-9]{{1,2}}\.?\s*)?kw\s?(?:[0-9]{{1,2}}\b)?|\b[0-9]{{1,2}}\.\s*{_week}\b|\b{_week}\s+[0-9]{{1,2}}\b"
    r"|\b(?:letzte\w*|vorige\w*|vergangene\w*|folgende\w*|last|following|jede\w*|every|alle)\b"
    rf"(?=\s+(?:{_which}\b\.?\s*)?(?:{WEEKDAY}|{_week}|tage|days)\b)"
    rf"|\b(?:monat(?:en?|s)?|months?|jahr|jahres|year)\b|(?<![\w-])(?:{MONTH})\b(?!-)"
)


def loose(text: str, names: Collection[str]) -> tuple[str, bool]:
    """The folded text without such words, and whether there were any. What is in `names` is a family."""
    found = False

    def blank(match: re.Match[str]) -> str:
        nonlocal found
        if any(word in names for word in match.group().split()):
            return match.group()
        found = True
        return " "

    return LOOSE.sub(blank, text), found
