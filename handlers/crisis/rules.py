"""Who is paged next and when, and what is asked of whoever took an alarm. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handlers.crisis.policy import followed
from handlers.worrying import still_listens as still_listens
from storage.paged import Listed
from storage.records import Alarm, AlarmState, Page

# when nobody at all can be paged we look again this soon: somebody may have come on duty
LOOK_AGAIN = timedelta(minutes=1)
RING_LEADS_EVERY = timedelta(minutes=5)
SIDE_BY_SIDE = 3500  # characters of one message that leave room for what stands around them
CALLS_IN = (10, 20, 30)  # minutes a promised call may be away
# so many pages come one by one; those that follow within the time stand in one list
ALONE, AT_ONCE = 3, timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class NextPage:
    """The step to page now, in which round, and how long it has until the one after it."""

    step: int
    round: int
    wait: timedelta


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


def still_wanted(alarm: Alarm | Listed, acknowledged: int) -> int:
    """How many more must acknowledge an alarm that somebody has taken; none where it is not, or was forgotten."""
    if alarm.state is not AlarmState.TAKEN or alarm.forgotten_at is not None:
        return 0
    return max(0, alarm.needed - acknowledged)


def join_step(policy: Mapping[str, Any], step: int, willing: Collection[int]) -> int | None:
    """The step whose people are asked to join: the alarm's own while anybody there has not, then the next ones."""
    if step in willing:
        return step
    chosen = next_page(policy, step, 1, willing)
    return chosen.step if chosen is not None else None


def remind_at(alarm: Alarm, now: datetime) -> datetime:
    """When whoever holds it is asked whether it goes on: when the promised call is due, else some minutes from now."""
    if alarm.promised_for is not None and alarm.promised_for > now:
        return alarm.promised_for
    return now + followed(alarm.policy).remind


def is_crowded(paged_lately: int, listed_open: int) -> bool:
    """Whether one more page belongs into the person's list.

    `paged_lately` counts the other pages of the last minute, `listed_open` what stands open in their list.
    """
    return paged_lately >= ALONE or listed_open > ALONE


def rings_again(last: Page | None, now: datetime) -> bool:
    """Whether a lead is rung now, given when they were last paged for this alarm."""
    return is_due(last.paged_at if last is not None else None, now)


def is_due(rung_at: datetime | None, now: datetime) -> bool:
    """Whether somebody who was last rung then, or never, is rung now."""
    return rung_at is None or now - rung_at >= RING_LEADS_EVERY


def are_silent(rung: Collection[Page | None], now: datetime) -> bool:
    """Whether others than leads are needed: there are none, or one was rung some minutes ago and has not answered."""
    return not rung or any(page is not None and rings_again(page, now) for page in rung)


def steps_of(policy: Mapping[str, Any], step: int) -> int:
    """The step somebody assigned to `step` counts as: one beyond the policy's last stands on the last."""
    return min(max(step, 1), len(policy["minutes"]))
