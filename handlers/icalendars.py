"""What holds for every calendar that comes from outside (iCalendar, RFC 5545). Pure."""

import re

OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")  # how often anything may recur
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
MOST_A_DAY = 24  # occurrences of one rule
ZONE = re.compile(r"^BEGIN:VTIMEZONE.*?(?:^END:VTIMEZONE|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL)
RULE = re.compile(r"^RRULE[^\r\n]*", re.IGNORECASE | re.MULTILINE)
YEARLY = re.compile(r"(?!.*(?:INTERVAL=0|BYHOUR|BYMINUTE|BYSECOND))[^=]*FREQ=YEARLY(?!.*FREQ)", re.IGNORECASE)
# whatever a strange file makes the libraries stumble over; each costs its own event, and no other
FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
OURS = "@paenz"  # how the names of our own events end


def has_endless_zone(text: str) -> bool:
    """Whether a time zone's rules would never come to an end: zones are written out as they are read."""
    whole = re.sub(r"\r?\n[ \t]", "", text)
    return not all(YEARLY.match(rule) for zone in ZONE.findall(whole) for rule in RULE.findall(zone))
