"""Which one true sentence whoever cried for help reads now. Nothing is said before it is so. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from storage.records import Alarm, AlarmState, Page, Promise

WARNING = 0  # the step under which whoever is not on call for the alarm is rung


class Truth(StrEnum):
    """What is so, the last being the best that can be said."""

    SAVED = "saved"
    NOBODY = "nobody"  # nobody on duty is in reach
    LEADS = "leads"  # as above, and others have been told
    SENT = "sent"
    SEEN = "seen"
    WAITING = "waiting"  # a step has run out
    ASKING = "asking"  # taken, and then not a word: others are asked
    TAKEN = "taken"
    CALLS_AT = "calls_at"
    ON_THE_WAY = "on_the_way"
    CALLS_NOW = "calls_now"
    ENDED = "ended"


# a human has it
IN_HANDS = frozenset({Truth.ASKING, Truth.TAKEN, Truth.CALLS_AT, Truth.ON_THE_WAY, Truth.CALLS_NOW})
# who reads this must be told whom else to call
CALL_ELSEWHERE = frozenset({Truth.NOBODY, Truth.LEADS, Truth.WAITING, Truth.ASKING})
_PROMISED = {
    Promise.CALLS_AT: Truth.CALLS_AT,
    Promise.ON_THE_WAY: Truth.ON_THE_WAY,
    Promise.CALLS_NOW: Truth.CALLS_NOW,
}


def truth(alarm: Alarm, paged: Sequence[Page], *, anybody: bool) -> Truth:
    """The one sentence. `paged` is who has been paged so far, `anybody` whether anyone on duty is in reach now."""
    if alarm.state is AlarmState.ENDED:
        return Truth.ENDED
    if alarm.state is AlarmState.TAKEN and alarm.taken_by is not None:
        return _in_hands(alarm)
    told = [page for page in paged if page.delivered]
    if not anybody:
        return Truth.LEADS if any(page.step == WARNING for page in told) else Truth.NOBODY
    if _ran_out(alarm, paged):
        return Truth.WAITING
    if any(page.seen for page in told):
        return Truth.SEEN
    return Truth.SENT if told else Truth.SAVED


def _ran_out(alarm: Alarm, paged: Sequence[Page]) -> bool:
    """Whether anybody has been paged before those of this step, whether or not a page reached them."""
    # somebody on two steps is known by the later one alone, and by having been paged after the alarm was raised
    later = alarm.step > 1 and any(page.paged_at > alarm.opened_at for page in paged)
    return later or alarm.round > 1 or any(page.step != alarm.step for page in paged)


def _in_hands(alarm: Alarm) -> Truth:
    if alarm.forgotten_at is not None:
        return Truth.ASKING
    if alarm.promise is Promise.CALLS_AT and alarm.promised_for is None:
        return Truth.TAKEN
    return _PROMISED[alarm.promise] if alarm.promise is not None else Truth.TAKEN
