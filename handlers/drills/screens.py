"""A test alarm, and the table of who answered one."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.callback import press
from handlers.drills import rules
from handlers.drills.rules import Result
from handlers.fitting import shortened
from handlers.screen import Button, Document, Row, Screen, in_rows, screen
from locales.phrase import Hour, Items, Moment, Phrase, S, Slot
from locales.translator import Voice
from storage.records import Drill, Probe

LINES, NAME = 14, 24
FORMULA = tuple("=+-@＝＋－＠")  # what a spreadsheet would calculate instead of showing it


@dataclass(frozen=True, slots=True)
class Table:
    """A drill with its test alarms in the table's order, each with a name, and who began it."""

    drill: Drill
    rows: Sequence[tuple[str, Probe]]
    begun_by: str

    @property
    def probes(self) -> list[Probe]:
        return [probe for _, probe in self.rows]


def probe(probe: Probe, drill: Drill) -> Screen:
    """The test alarm itself."""
    return screen(S("drills.probe", until=Hour(drill.ends_at)), buttons=[_here(probe)])


def reminder(probe: Probe, drill: Drill) -> Screen:
    return screen(S("drills.reminder", until=Hour(drill.ends_at)), buttons=[_here(probe)])


def missed(probe: Probe) -> Screen:
    """The drill is over without their answer."""
    return screen(S("drills.missed"), buttons=[_here(probe)])


def thanks(probe: Probe, drill: Drill) -> Screen:
    if rules.result(probe, drill) is Result.LATE:
        return screen(S("drills.thanks_late"))
    return screen(S("drills.thanks", after=rules.took(probe)))


def rung(number: int) -> Phrase:
    """What leaves over a second way: that it is a drill."""
    return S("drills.ring", n=number)


def due() -> Screen:
    """For the leads: it is time. Names nobody, so it needs no code."""
    return Screen((S("drills.due"),), (_start(),), harmless=True)


def listed(drills: Sequence[tuple[Drill, Sequence[Probe]]], due_at: datetime | None) -> Screen:
    """The last drills, the newest first, and the next one."""
    lines = [_summary(drill, probes) for drill, probes in drills]
    said = S("drills.list", lines=Items(*lines)) if lines else S("drills.none")
    following = [S("drills.next", at=Moment(due_at))] if due_at else []
    opened = [
        Button(S("drills.open.button", at=Moment(drill.started_at)), press("drills", "open", drill.id))
        for drill, _ in drills
    ]
    running = any(drill.ended_at is None for drill, _ in drills)
    return screen(said, *following, buttons=[*([] if running else [_start()]), *in_rows(opened, 1)])


def sure(people: int) -> Screen:
    """Before everybody's phone rings."""
    go = Button(S("drills.go.button"), press("drills", "go"))
    back = Button(S("drills.back.button"), press("drills", "list"))
    return screen(S("drills.sure", n=people), buttons=[(go,), (back,)])


def nobody() -> Screen:
    return screen(S("drills.nobody"), buttons=[(_back(),)])


def table(shown: Table) -> Screen:
    """Who was rung and who answered; changes while answers come in."""
    drill = shown.drill
    rows = [_line(name, one, drill) for name, one in shown.rows[:LINES]]
    if len(shown.rows) > LINES:
        rows.append(S("drills.more", n=len(shown.rows) - LINES))
    head: dict[str, Slot] = {
        "at": Moment(drill.started_at),
        "name": shortened(shown.begun_by, NAME) or S("drills.somebody"),
        "answered": rules.in_time(shown.probes, drill),
        "of": len(shown.rows),
    }
    said = (
        S("drills.table_open", until=Hour(drill.ends_at), **head)
        if drill.ended_at is None
        else S("drills.table_over", **head)
    )
    file = Button(S("drills.file.button"), press("drills", "file", drill.id))
    return screen(said, S("drills.rows", lines=Items(*rows)), buttons=[(file,), (_back(),)])


def over(shown: Table) -> Screen:
    """For the leads when it has ended. Names nobody, so it needs no code."""
    silent = len(shown.rows) - rules.in_time(shown.probes, shown.drill)
    counts = {"answered": len(shown.rows) - silent, "of": len(shown.rows)}
    said = S("drills.over_some", **counts) if silent else S("drills.over_all", **counts)
    look = Button(S("drills.look.button"), press("drills", "open", shown.drill.id))
    return Screen((said,), ((look,),), harmless=True)


def file(shown: Table, voice: Voice) -> Screen:
    """The whole table as a CSV file that any spreadsheet opens."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    heads = (
        S("drills.csv_name"),
        S("drills.csv_delivered"),
        S("drills.csv_answered"),
        S("drills.csv_result"),
    )
    writer.writerow([voice.say(head) for head in heads])
    for name, one in shown.rows:
        delivered = voice.time(one.delivered_at) if one.delivered_at else ""
        said = voice.say(S(f"drills.result.{rules.result(one, shown.drill)}"))
        writer.writerow([_harmless(name), delivered, rules.took(one), said])
    name = f"drill-{shown.drill.started_at:%Y-%m-%d}.csv"
    return Screen((S("drills.file"),), document=Document(name, out.getvalue()), to_keep=True)


def closed() -> Screen:
    """For whoever leads no more."""
    return screen(S("drills.closed"))


def _harmless(name: str) -> str:
    """In quotes and on one line, a name begins no cell but its own, wherever a spreadsheet cuts."""
    plain = " ".join(name.split())
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def _line(name: str, one: Probe, drill: Drill) -> Phrase:
    called: Slot = shortened(name, NAME) or S("drills.somebody")
    match rules.result(one, drill):
        case Result.ANSWERED:
            return S("drills.line_answered", name=called, after=rules.took(one))
        case Result.LATE:
            return S("drills.line_late", name=called, after=rules.took(one))
        case Result.UNHEARD:
            return S("drills.line_unheard", name=called)
        case Result.UNDELIVERED:
            return S("drills.line_undelivered", name=called)


def _summary(drill: Drill, probes: Sequence[Probe]) -> Phrase:
    counts: dict[str, Slot] = {"answered": rules.in_time(probes, drill), "of": len(probes)}
    if drill.ended_at is None:
        return S("drills.line_running", at=Moment(drill.started_at), **counts)
    return S("drills.line_over", at=Moment(drill.started_at), **counts)


def _here(probe: Probe) -> Row:
    return (Button(S("drills.here.button"), press("drills", "here", probe.id)),)


def _start() -> Row:
    return (Button(S("drills.start.button"), press("drills", "start")),)


def _back() -> Button:
    return Button(S("drills.all.button"), press("drills", "list"))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    later = now + timedelta(minutes=14, seconds=59)
    open_one = Drill("d" * 16, "p" * 16, now, later, None)
    ended = Drill("d" * 16, None, now, now + timedelta(minutes=5), now + timedelta(minutes=5))
    base = {"id": "q" * 16, "person_id": "p" * 16, "drill_id": "d" * 16, "sent_at": now}
    states = [(None, None), (now, None), (now, later), (now, now)]
    probes = [Probe(**base, delivered_at=sent, answered_at=said) for sent, said in states]  # type: ignore[arg-type]
    rows = [("M" * 40, one) for one in probes * 6]
    every = [Table(open_one, rows, "M" * 40), Table(ended, rows, ""), Table(ended, rows[3:4], "M")]
    return [
        probe(probes[0], open_one),
        reminder(probes[0], open_one),
        missed(probes[0]),
        thanks(probes[2], ended),
        thanks(probes[2], open_one),
        due(),
        listed([], None),
        listed([(ended, probes)] * 12, now),
        listed([(open_one, probes)], now),
        sure(99),
        nobody(),
        *map(table, every),
        *map(over, every[1:]),
        *(file(one, Voice("de")) for one in every),
        closed(),
    ]
