"""Who is paged next and when, and which of the true sentences the parent reads. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.records import Alarm, AlarmState, Page

# when nobody at all can be paged we look again this soon: somebody may have come on duty
LOOK_AGAIN = timedelta(minutes=1)
LISTENS_FOR = timedelta(hours=24)
RING_LEADS_EVERY = timedelta(minutes=5)
DEFAULT_MINUTES = (5, 5)
SIDE_BY_SIDE = 3500  # characters of one message that leave room for what stands around them


@dataclass(frozen=True, slots=True)
class NextPage:
    """The step to page now, in which round, and how long it has until the one after it."""

    step: int
    round: int
    wait: timedelta


def policy_of(steps: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """The escalation policy as it is frozen into an alarm: minutes for each step, in order."""
    return {"minutes": [minutes for _, minutes in steps] or list(DEFAULT_MINUTES)}


def next_page(policy: Mapping[str, Any], step: int, round: int, staffed: Collection[int]) -> NextPage | None:
    """The next step with anybody on it; empty ones are skipped at once. None when nobody is on duty.

    `step` 0 means that nobody has been paged yet. After the last step comes the first again, one round
    on, without end.
    """
    minutes: list[int] = policy["minutes"]
    at, lap = step, max(round, 1)
    for _ in minutes:
        at, lap = (at + 1, lap) if at < len(minutes) else (1, lap + 1)
        if at in staffed:
            return NextPage(at, lap, timedelta(minutes=minutes[at - 1]))
    return None


def rings_again(last: Page | None, now: datetime) -> bool:
    """Whether a lead is rung now, given when they were last paged for this alarm."""
    return last is None or now - last.paged_at >= RING_LEADS_EVERY


def still_listens(alarm: Alarm, now: datetime) -> bool:
    """Whether what the person types is meant for the team: always while open, a day long once it was taken."""
    return alarm.state is AlarmState.OPEN or now - alarm.opened_at < LISTENS_FOR


def pieces(text: str, most: int) -> list[str]:
    """The text in parts of at most `most` characters; nothing of it is lost."""
    return [text[at : at + most] for at in range(0, len(text), most)]


def steps_of(policy: Mapping[str, Any], step: int) -> int:
    """The step somebody assigned to `step` counts as: one beyond the policy's last stands on the last."""
    return min(max(step, 1), len(policy["minutes"]))


def status_key(alarm: Alarm, paged: Sequence[Page], *, anybody: bool) -> str:
    """Which of the true sentences the parent reads now.

    `paged` is who has been paged so far, `anybody` whether anyone is on duty and in reach now.
    """
    reached = [page for page in paged if page.delivered]
    if alarm.state is AlarmState.ENDED:
        return "ended"
    if alarm.state is AlarmState.TAKEN:
        return "taken"
    if not anybody:
        return "nobody"
    if alarm.round > 1 or any(page.step != alarm.step for page in reached):
        return "waiting"
    return "sent" if reached else "saved"
