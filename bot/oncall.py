"""Who would hear an alarm at this moment, and where nobody will within a day: a sentence for the operator."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.rota import watching
from handlers.rota.coverage import Gap
from locales.zone import here
from storage.records import Duty
from storage.store import Store

LOOKS_AHEAD = timedelta(hours=24)
MOST_GAPS = 3


def counting(store: Store, now: datetime) -> list[Duty]:
    """Who holds the phone, has answered a test page and can be reached."""
    counted = watching.counting(store)
    return [duty for duty in store.duties.on_now(now) if duty.person_id in counted]


def gaps(store: Store, now: datetime) -> list[Gap]:
    """The gaps of the next 24 hours; none where everybody goes on by hand."""
    return watching.found_until(store, now, now + LOOKS_AHEAD) if store.rota.is_used() else []


def sentence(counted: Sequence[Duty], untested: int, found: Sequence[Gap]) -> str:
    """Such as: "2 on duty, steps 1, 2; 1 has answered no test page; no gap in 24 hours"."""
    steps = ", ".join(sorted({str(duty.step) for duty in counted}))
    parts = [f"{len({duty.person_id for duty in counted})} on duty, steps {steps or 'none'}"]
    if untested:
        parts.append(f"{untested} on duty without an answered test page")
    if found:
        shown = ", ".join(_said(gap) for gap in found[:MOST_GAPS])
        parts.append(f"{len(found)} gaps in the next 24 hours: {shown}")
    return "; ".join(parts)


def _said(gap: Gap) -> str:
    begins, ends = (at.astimezone(here()) for at in (gap.starts_at, gap.ends_at))
    where = f" at {gap.site_id}" if gap.site_id else ""
    return f"step {gap.step}{where} {begins:%d.%m. %H:%M} to {ends:%H:%M}"
