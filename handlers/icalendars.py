"""What holds for every calendar that comes from outside (iCalendar, RFC 5545). Pure."""

import re

OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")  # how often anything may recur
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
MOST_A_DAY = 24  # occurrences of one rule
ONE_OF_IT = re.compile(r"[0-9]{1,2}")  # a single hour, minute or second
EVERY = re.compile(r"[1-9]\d{0,3}")
NAME = re.compile(r"[A-Z-]+")
# as the library puts long lines together: whoever looks beforehand must see the lines that it will see
FOLD = re.compile(r"(?:(?<!\n)\r\n|(?<![\r\n])\n)(?:\r?\n)*[ \t]")
ZONE = re.compile(r"^BEGIN:VTIMEZONE.*?(?:^END:VTIMEZONE|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL)
RULE = re.compile(r"^RRULE[^\r\n]*", re.IGNORECASE | re.MULTILINE)
TIMED = re.compile(r"^(?:DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE);[^\r\n]*", re.IGNORECASE | re.MULTILINE)
WITH_COLON = re.compile(r";TZID=([^\";:]*:[^\";]*)(?=;|$)", re.IGNORECASE)
# whatever a strange file makes the libraries stumble over; each costs its own event, and no other
FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
OURS = "@paenz"  # how the names of our own events end


def has_endless_zone(text: str) -> bool:
    """Whether a time zone's rules would never come to an end: zones are written out as they are read."""
    whole = FOLD.sub("", text)
    return not all(_is_yearly(rule) for zone in ZONE.findall(whole) for rule in RULE.findall(zone))


def with_quoted_zones(text: str) -> str:
    """Names of zones such as GMT+01:00 in quotes, as they should be: else the time is looked for in the name."""
    return TIMED.sub(_quoted, FOLD.sub("", text))


def _quoted(line: re.Match[str]) -> str:
    head, colon, value = line[0].rpartition(":")  # no time has a colon in it
    return WITH_COLON.sub(r';TZID="\1"', head) + colon + value


def _is_yearly(rule: str) -> bool:
    """Whether it happens every so many years, at one hour. Only what is known to come to an end is let in."""
    name, _, said = rule.partition(":")
    pairs = [part.split("=") for part in said.rstrip().upper().split(";") if part]
    if name.upper() != "RRULE" or any(len(pair) != 2 or not NAME.fullmatch(pair[0]) for pair in pairs):
        return False
    parts = dict(pairs)
    return (
        len(parts) == len(pairs)  # of two that contradict each other nobody knows which one counts
        and parts.get("FREQ") == "YEARLY"
        and EVERY.fullmatch(parts.get("INTERVAL", "1")) is not None
        and all(ONE_OF_IT.fullmatch(parts.get(one, "0")) for one in WITHIN_A_DAY)
    )
