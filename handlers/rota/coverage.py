"""Where nobody who counts would hear a page: found by going through the moments at which anything changes. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from storage.records import Duty, Shift

Place = str | None  # a site by its id; None for all that have no shifts of their own


@dataclass(frozen=True, slots=True)
class Gap:
    """From when until when a step is empty, and at which site."""

    starts_at: datetime
    ends_at: datetime
    step: int
    site_id: Place


def places(shifts: Iterable[Shift], sites: Collection[str]) -> list[Place]:
    """Whose rota is looked at: each site that has shifts of its own, and together all others, if there are any."""
    own = {one.site_id for one in shifts if one.site_id is not None}
    others: list[Place] = [] if own and set(sites) <= own else [None]
    return [*others, *sorted(own)]


def gaps(
    shifts: Sequence[Shift],
    by_hand: Sequence[Duty],
    steps: Mapping[Place, int],
    since: datetime,
    until: datetime,
) -> list[Gap]:
    """All gaps between two moments, the soonest first, given only shifts and duties of people who count.

    `steps` says for each place how many steps its policy has. Whoever stands beyond the last stands on the
    last; whoever went on by hand is taken to stay.
    """
    found: list[Gap] = []
    for place, last in steps.items():
        for step in range(1, last + 1):
            held = [(since, until) for duty in by_hand if _fits(duty, place, step, last)]
            held += [(one.starts_at, one.ends_at) for one in shifts if _fits(one, place, step, last)]
            found += [Gap(start, end, step, place) for start, end in holes(held, since, until)]
    return sorted(_without_doubles(found), key=lambda gap: (gap.starts_at, gap.step, gap.site_id or ""))


def holes(
    held: Iterable[tuple[datetime, datetime]], since: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    """What the spans leave open between two moments."""
    found, at = [], since
    for start, end in sorted(held):
        if start > at:
            found.append((at, min(start, until)))
        at = max(at, end)
        if at >= until:
            return found
    return [*found, (at, until)]


def aged(found: Iterable[Gap], known: Sequence[Gap], now: datetime) -> list[Gap]:
    """The gaps with those that are open at this moment shown from when they were first known."""
    return [_aged(gap, known) if gap.starts_at == now else gap for gap in found]


def _aged(gap: Gap, known: Sequence[Gap]) -> Gap:
    at = gap.starts_at
    since = [one.starts_at for one in known if _alike(one, gap) and one.starts_at <= at <= one.ends_at]
    return replace(gap, starts_at=min([at, *since]))


def news(fresh: Iterable[Gap], known: Sequence[Gap], known_until: datetime) -> list[Gap]:
    """The gaps of which any part was not known, up to where one had looked; further on, those that begin there."""
    return [gap for gap in fresh if _is_new(gap, known, known_until)]


def _is_new(gap: Gap, known: Sequence[Gap], known_until: datetime) -> bool:
    same = [(one.starts_at, one.ends_at) for one in known if _alike(one, gap)]
    if gap.starts_at >= known_until:
        return all(end != gap.starts_at for _, end in same)
    return bool(holes(same, gap.starts_at, min(gap.ends_at, known_until)))


def _alike(one: Gap, other: Gap) -> bool:
    return (one.step, one.site_id) == (other.step, other.site_id)


def _fits(held: Shift | Duty, place: Place, step: int, last: int) -> bool:
    return held.site_id in {None, place} and min(max(held.step, 1), last) == step


def _without_doubles(found: Sequence[Gap]) -> list[Gap]:
    """A gap that is there for all alike is told once."""
    everywhere = {(one.starts_at, one.ends_at, one.step) for one in found if one.site_id is None}
    return [
        one
        for one in found
        if one.site_id is None or (one.starts_at, one.ends_at, one.step) not in everywhere
    ]
