"""Who is paged next and when, and which number answers now. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from storage.records import Alarm, AlarmState, CrisisNumber, Page

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
ALWAYS = "always"
# when nobody at all can be paged we look again this soon: somebody may have come on duty
LOOK_AGAIN = timedelta(minutes=1)
LISTENS_FOR = timedelta(hours=24)
RING_LEADS_EVERY = timedelta(minutes=5)
DEFAULT_MINUTES = (5, 5)


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


def is_open_now(hours: str, local: datetime) -> bool:
    """Whether a number answers at this local time.

    `hours` is "always", or spans as "mo-fr 09:00-17:00; tu,th 09:00-19:00"; unconfirmed hours ("") count
    as closed. Raises ValueError for anything else.
    """
    if hours == ALWAYS:
        return True
    return any(_within(span, local) for span in hours.split(";") if span.strip())


def _within(span: str, local: datetime) -> bool:
    days, _, times = span.strip().partition(" ")
    begins, _, ends = times.partition("-")
    return local.weekday() in _days(days) and time.fromisoformat(begins) <= local.time() < time.fromisoformat(
        ends
    )


def _days(listed: str) -> set[int]:
    found: set[int] = set()
    for part in listed.split(","):
        first, _, last = part.partition("-")
        found |= set(range(DAYS.index(first), DAYS.index(last or first) + 1))
    return found


def for_families(numbers: Sequence[CrisisNumber], local: datetime, *, first_only: bool) -> list[CrisisNumber]:
    """The numbers that answer now, in the agency's order; never one that is for staff alone."""
    return [
        number
        for number in numbers
        if not number.staff_only
        and (number.first or not first_only)
        and (number.hours == ALWAYS or is_open_now(number.hours, local))
    ]


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
