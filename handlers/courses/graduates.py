"""Who gets a certificate of participation, as whoever leads the course sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.calendar import brief
from handlers.callback import press
from handlers.courses.screens import ROOM
from handlers.courses.sheets import Overview
from handlers.screen import Button, Screen, in_rows, screen
from locales.phrase import Items, S

NAMED = 6


@dataclass(frozen=True, slots=True)
class Graduate:
    """A parent of a family with a seat, or that came: to how many sessions, and whether the certificate has gone out.

    `unprintable` is a name with letters that our font lacks, "" for every other.
    """

    person_id: str
    label: str
    attended: int
    earned: bool
    sent: bool
    unprintable: str = ""

    @property
    def awaits(self) -> bool:
        """Whether a certificate can go out to them now."""
        return self.earned and not self.sent and not self.unprintable


def papers(one: Overview, graduates: Sequence[Graduate], held: int, *, for_oneself: bool) -> Screen:
    """All parents with a seat, or who came: one tap each sends the certificate, or shows it to whoever taps."""
    id, how = one.course.id, "mine" if for_oneself else "give"
    if not graduates:
        return screen(S("courses.no_graduates", title=one.title), buttons=((_back(id),),))
    text = [S("courses.papers", title=one.title, n=held)]
    told = S("courses.papers_mine") if for_oneself else S("courses.papers_send")
    taps = [_graduate(id, one, held, how) for one in graduates]
    rows = in_rows(taps, 2)
    offered = sum(one.awaits for one in graduates)
    names = [brief(one.unprintable, 40) for one in graduates if one.unprintable][:NAMED]
    if names:
        text.append(S("courses.paper_unprintable", names=Items(*names)))
    if offered and not for_oneself:
        rows = (*rows, (Button(S("courses.papers_all.button", n=offered), press(ROOM, "all", id)),))
    other = (
        Button(S("courses.papers_to_send.button"), press(ROOM, "papers", id))
        if for_oneself
        else Button(S("courses.papers_look.button"), press(ROOM, "look", id))
    )
    return screen(*text, told, buttons=(*rows, (other,), (_back(id),)))


def _graduate(course_id: str, one: Graduate, held: int, how: str) -> Button:
    sign = "⚠️" if one.unprintable else "📤" if one.sent else "📜" if one.earned else "▫️"
    label = brief(one.label, 20)
    return Button(f"{sign} {label} {one.attended}/{held}", press(ROOM, how, course_id, one.person_id))


def _back(id: str) -> Button:
    return Button(S("courses.back.button"), press(ROOM, "open", id))
