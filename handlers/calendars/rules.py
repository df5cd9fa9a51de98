"""Which addresses of calendars are taken, and how far calendars outside reach. Pure."""

from datetime import timedelta

from yarl import URL

from handlers.calendar import MONTHS

LONGEST = 1000
SCHEMES = {"https": "https", "webcal": "https", "webcals": "https"}
BEHIND, AHEAD = timedelta(days=30), timedelta(days=365)  # what a feed holds, around today
# as far as appointments may be planned, and the weeks behind the last of them in which another time is looked for
BUSY_AHEAD = timedelta(days=31 * MONTHS + 60)
LOOK_EVERY = timedelta(minutes=30)
TOLD_AFTER = 3  # looks in vain, one after the other
SESSION, USUAL = 90, 60  # minutes where none are set


class NotUnderstood(Exception):  # noqa: N818 - what it says
    """No address of a calendar that we read; the text never quotes it."""


def address(typed: str, *, here: bool = False) -> str:
    """The https address of a calendar; webcal:// means that too. `here` lets those of this machine in.

    Raises NotUnderstood, also for an address with a password in it.
    """
    said = typed.strip()
    if len(said) > LONGEST or not said.isascii() or not said.isprintable() or " " in said:
        raise NotUnderstood
    try:
        return str(web(URL(said), here=here))
    except ValueError:  # whatever the library does not like; its text may quote the address
        raise NotUnderstood from None


def web(url: URL, *, here: bool) -> URL:
    """The address as it is asked for over the web. Raises NotUnderstood."""
    scheme = SCHEMES.get(url.scheme) or ("http" if here and url.scheme == "http" else None)
    if scheme is None or not url.host or url.user is not None or url.password is not None:
        raise NotUnderstood
    return url.with_scheme(scheme).with_fragment(None)
