"""What became of a call: every answer Telegram can give has its outcome here. Pure."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_WAIT = 30.0


class Fate(StrEnum):
    """What is to be done with the delivery now."""

    DELIVERED = "delivered"
    RETRY = "retry"  # nothing is known, or Telegram is unwell: again after `seconds`
    WAIT = "wait"  # Telegram names the seconds; nothing is wrong with the message
    BLOCKED = "blocked"  # this person can't be reached by Telegram until they come back
    MOVED = "moved"  # the chat has a new number
    VANISHED = "vanished"  # the message to change is gone: send it anew
    POINTLESS = "pointless"  # the message it would change never arrived
    REFUSED = "refused"  # Telegram will never take this message
    STALE = "stale"  # it waited longer than its words are true, and was not sent


@dataclass(frozen=True, slots=True)
class Outcome:
    fate: Fate
    reason: str = ""
    seconds: float = 0.0
    chat_id: int | None = None


UNREACHABLE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "have no rights to send a message",
)
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
LATE = ("query is too old", "query id is invalid", "query_id_invalid")


def outcome_of(
    status: int, description: str, attempts: int, jitter: float, *, retry_after: int = 0, moved_to: int = 0
) -> Outcome:
    """The outcome of an answer that was not "ok".

    `status` is the HTTP status (0: no answer came), `attempts` how often it was tried before, `jitter` a
    number from 0 to 1, `retry_after` in seconds. The reason never quotes the message.
    """
    said = description.lower()
    if moved_to:
        return Outcome(Fate.MOVED, "the chat moved", chat_id=moved_to)
    if status == 429:
        return Outcome(Fate.WAIT, "429", float(max(retry_after, 1)))
    if status == 403 or (status == 400 and any(words in said for words in UNREACHABLE)):
        return Outcome(Fate.BLOCKED, reason_of(status, said))
    if status in {400, 413}:
        return _refused(status, said)
    return Outcome(Fate.RETRY, reason_of(status, said), backoff(attempts, jitter))


def _refused(status: int, said: str) -> Outcome:
    if "message is not modified" in said or any(words in said for words in LATE):
        return Outcome(Fate.DELIVERED)
    if any(words in said for words in GONE):
        return Outcome(Fate.VANISHED, "the message is gone")
    return Outcome(Fate.REFUSED, reason_of(status, said))


def reason_of(status: int, said: str) -> str:
    """A short cause for staff and log: Telegram's own words, which never hold ours."""
    return f"{status} {said}"[:120] if status else "no answer"


def backoff(attempts: int, jitter: float) -> float:
    """Seconds until the next try: doubling from half a second, at most 30, spread by up to half."""
    return float(min(0.5 * 2 ** min(attempts, 10), LONGEST_WAIT)) * (0.75 + jitter / 2)
