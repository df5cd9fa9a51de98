"""Which messages may still be deleted, which are blanked, which stay, and when each one's time has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.veil import KEPT

# Telegram deletes nothing older than 48 hours; the call itself may wait a little
DELETABLE = timedelta(hours=47, minutes=50)
# what says nothing waits for its reader as long as it can still be deleted
VEILED_KEPT = timedelta(hours=46)
MOST_BLANKED = 50


@dataclass(frozen=True, slots=True)
class Message:
    """A message in somebody's chat: Telegram's number, when it was written, and whether by us.

    `veiled` is a line that says nothing as long as nobody opens it; `stands` holds the keyboard and stays.
    """

    number: int
    at: datetime
    ours: bool
    veiled: bool = False
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Cleared:
    """What becomes of each message, by number."""

    deleted: tuple[int, ...] = ()
    blanked: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


def cleared(messages: Iterable[Message], now: datetime) -> Cleared:
    """Deletes all that can be; of what is too old, our own newest are blanked and the rest is left."""
    newest_first = sorted(messages, key=lambda message: message.number, reverse=True)
    young = [one.number for one in newest_first if now - one.at < DELETABLE]
    old = [one for one in newest_first if now - one.at >= DELETABLE]
    ours = [one.number for one in old if one.ours]
    theirs = [one.number for one in old if not one.ours]
    return Cleared(tuple(young), tuple(ours[:MOST_BLANKED]), (*ours[MOST_BLANKED:], *theirs))


def goes_at(message: Message) -> datetime | None:
    """When the message of a discreet person is cleared by itself; None for what stays."""
    if message.stands:
        return None
    return message.at + (VEILED_KEPT if message.veiled else KEPT)


def ripe(messages: Iterable[Message], now: datetime) -> list[Message]:
    """Those whose time has come."""
    return [one for one in messages if (at := goes_at(one)) is not None and at <= now]


def next_look(messages: Iterable[Message], now: datetime) -> datetime:
    """When the next one's time comes; a day from now at the latest, for whatever is written until then."""
    coming = [at for one in messages if (at := goes_at(one)) is not None and at > now]
    return min([*coming, now + KEPT])
