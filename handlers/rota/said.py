"""How a shift is said: when, on which step, where, and by whom."""

from collections.abc import Mapping, Sequence

from handlers.fitting import shortened
from handlers.rota.coverage import Gap
from locales.phrase import Day, Hour, Phrase, S
from storage.records import Shift

NAME, SITE = 20, 18  # characters in a line of a list


def when(shift: Shift | Gap) -> Phrase:
    """The day with the times of beginning and end."""
    day, begins, ends = Day(shift.starts_at), Hour(shift.starts_at), Hour(shift.ends_at)
    return S("rota.when", day=day, begins=begins, ends=ends)


def place(step: int, site: str | None) -> Phrase:
    """The step, and the site where there is one."""
    if site is None:
        return S("rota.step", step=step)
    return S("rota.step_at", step=step, site=shortened(site, SITE))


def line(shift: Shift, name: str, site: str | None) -> Phrase:
    """One shift in a list whose head is the day."""
    return S(
        "rota.entry",
        begins=Hour(shift.starts_at),
        ends=Hour(shift.ends_at),
        place=place(shift.step, site),
        name=shortened(name, NAME),
    )


def own_line(shift: Shift, site: str | None) -> Phrase:
    """One of one's own shifts."""
    return S("rota.own_entry", when=when(shift), place=place(shift.step, site))


def gap_line(gap: Gap, sites: Mapping[str, str], *, day_changes: bool) -> Phrase:
    """A gap; one over several days says both."""
    there = place(gap.step, sites.get(gap.site_id or ""))
    if day_changes:
        return S("rota.long_gap", since=gap.starts_at, until=gap.ends_at, place=there)
    return S("rota.gap", when=when(gap), place=there)


def days(numbers: Sequence[int], names: Sequence[str]) -> str:
    """Weekdays by their short names, Monday first: "Mo, Mi, Fr"."""
    return ", ".join(names[n] for n in sorted(numbers))
