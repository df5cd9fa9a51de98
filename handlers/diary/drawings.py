"""The same as pictures: what bot/pictures.py is given to draw, in the reader's language already."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from handlers.diary import rules
from handlers.diary.rules import Rate
from handlers.diary.screens import LEGEND
from handlers.screen import Screen
from locales.phrase import S
from locales.translator import Voice
from locales.zone import here
from storage.diary import Entry
from storage.records import AppointmentKind

LONGEST = 24  # signs of a label in a picture
FAMILY = "Familie "  # nearly every label begins so, and a column is narrow


def week(first: date, days: int, entries: Sequence[Entry], voice: Voice) -> Screen:
    """A day or a week as columns of hours, with how each appointment stands by colour and by sign."""
    title = S("diary.day_title", day=first) if days == 1 else S("diary.week_title", day=first)
    found = rules.by_day(entries)
    columns = [
        {
            "label": voice.day_short(at),
            "blocks": [_block(some, voice) for some in rules.together(found.get(at, []))],
        }
        for at in (first + timedelta(days=n) for n in range(days))
    ]
    drawn = {
        "title": voice.say(title),
        "columns": _without_empty_ends(columns),
        "legend": [(one.value, voice.say(said)) for one, said in LEGEND.items()],
    }
    return Screen((title,), picture={"week": drawn})


def _without_empty_ends(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A weekend on which nothing is planned is not drawn."""
    while len(columns) > 5 and not columns[-1]["blocks"]:
        columns.pop()
    return columns


def _block(some: Sequence[Entry], voice: Voice) -> dict[str, Any]:
    one = some[0]
    at = one.starts_at.astimezone(here())
    kind = voice.say(S(f"kind.{one.kind}"))
    alone = len(some) == 1
    label = one.label.removeprefix(FAMILY) if alone else f"{kind} ({len(some)})"
    return {
        "begins": at.hour * 60 + at.minute,
        "minutes": one.minutes,
        "time": f"{at:%H:%M}",
        "label": label[:LONGEST],
        "kind": kind[:LONGEST] if alone and kind != one.label else "",
        "state": rules.worst(some).value,
    }


def rates(found: Mapping[AppointmentKind, Sequence[Rate]], over: Sequence[date], voice: Voice) -> Screen:
    """The share of those who did not come, by kind and month, with how many were noted."""
    title = S("diary.rates_title")
    lines = [
        {
            "label": voice.say(S(f"kind.{kind}")),
            "points": [[n, one.share, one.noted] for n, one in enumerate(some) if one.noted],
        }
        for kind, some in found.items()
    ]
    drawn = {
        "title": voice.say(title),
        "months": [f"{month:%m.%Y}" for month in over],
        "lines": lines,
        "note": voice.say(S("diary.rates_why")),
    }
    return Screen((title,), picture={"rates": drawn})
