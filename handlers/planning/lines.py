"""What a caseworker reads of the line she typed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.calendar import Draft, brief, moment
from handlers.callback import press
from handlers.grid import ways_out
from handlers.screen import Button, Screen, in_rows, screen
from locales.phrase import Day, Items, Phrase, S
from storage.records import AppointmentKind, Family

ROOM = "planning"
MOST = 20  # families to choose from


def which_of_these(key: str, families: Sequence[Family]) -> Screen:
    """The families that one line may mean."""
    shown = [Button(brief(one.label), press(ROOM, "family", key, one.id)) for one in families[:MOST]]
    rows = (*in_rows(shown, 2), ways_out(ROOM, key, first=True))
    return screen(S("oneline.which_family"), buttons=rows)


def understood(shown: Screen, draft: Draft, family: str, *, whole: bool) -> Screen:
    """The step that follows one line: `whole` is the preview, before any other stands what was understood."""
    if whole:
        return replace(shown, text=(S("oneline.understood"), *shown.text))
    said = Items(family, *_kind(draft), *_when(draft))
    return replace(shown, text=(S("oneline.so_far", what=said), *shown.text))


def _kind(draft: Draft) -> list[Phrase]:
    return [S(f"kind.{draft.kind}")] if draft.kind else []


def _when(draft: Draft) -> list[datetime | Day | str]:
    if draft.day is None:
        return [f"{draft.hour:02}:{draft.minute or 0:02}"] if draft.hour is not None else []
    at = moment(draft.day, 12 if draft.hour is None else draft.hour, draft.minute or 0)
    if at is None:
        return []
    return [Day(at)] if draft.hour is None else [at]


def specimens(now: datetime) -> list[Screen]:
    """The screens around one line, at their fullest."""
    long, at = "Familie Abdelrahman-Kowalczyk-Özdemir aus der Bonner Straße", now + timedelta(days=3)
    draft = Draft("k" * 6, kind=AppointmentKind.HOSPITATION, day=at.date(), hour=14, minute=30)
    asked = screen(S("appointments.which_kind", family=long))
    some = (draft, replace(draft, hour=None), replace(draft, day=None))
    return [
        which_of_these(draft.key, [Family(f"{n:016}", long, "c") for n in range(MOST)]),
        *(understood(asked, one, long, whole=False) for one in some),
        understood(asked, draft, long, whole=True),
    ]
