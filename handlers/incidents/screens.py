"""An incident and its clock. What happened is read behind a press, and never stands in a push."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers.callback import press
from handlers.fitting import page, turning
from handlers.incidents import rules
from handlers.incidents.rules import LONGEST_SUMMARY, NOTICED_AGO, Standing
from handlers.screen import Button, Document, Row, Screen, in_rows, screen
from locales.phrase import Items, Moment, Phrase, S
from locales.translator import Voice
from storage.records import Incident

ON_A_PAGE = 6


def listed(
    incidents: Sequence[Incident], drill_at: datetime | None, now: datetime, number: int = 0
) -> Screen:
    """The incidents with their clocks, and when the next drill is."""
    shown = page(incidents, number, ON_A_PAGE)
    lines = [
        S("incidents.line", number=rules.called(one.number), clock=_clock(one, now, brief=True))
        for one in shown.items
    ]
    said = S("incidents.list", lines=Items(*lines)) if lines else S("incidents.none")
    drill = [S("incidents.next_drill", at=Moment(drill_at))] if drill_at else []
    opened = [_open(one) for one in shown.items]
    more = turning(shown, lambda to: press("incidents", "list", to))
    return screen(said, *drill, buttons=[*in_rows(opened, 3), *more, *_ways(bool(incidents))])


def when() -> Screen:
    """The first tap: the clock runs from the moment somebody noticed."""
    ago = [
        Button(S(f"incidents.ago_{hours}.button"), press("incidents", "when", hours)) for hours in NOTICED_AGO
    ]
    return screen(S("incidents.when"), buttons=[*in_rows(ago, 1), (_cancel(),)])


def ask() -> Screen:
    """The second step: what happened, in a sentence."""
    return screen(S("incidents.ask", most=LONGEST_SUMMARY), buttons=[(_cancel(),)])


def cancelled() -> Screen:
    return screen(S("incidents.cancelled"))


def noted(incident: Incident, now: datetime, *, opens: bool) -> Screen:
    """For whoever noted it; `opens` lets a lead go on at once."""
    said = S("incidents.noted", number=rules.called(incident.number))
    return screen(said, _clock(incident, now), buttons=[(_open(incident),)] if opens else [])


def alert(incident: Incident, now: datetime) -> Screen:
    """For the leads; follows what is done about it."""
    said = S("incidents.alert", number=rules.called(incident.number))
    return screen(said, _clock(incident, now), buttons=[(_open(incident),)])


def reminder(incident: Incident, now: datetime) -> Screen:
    said = S("incidents.reminder", number=rules.called(incident.number))
    return screen(said, _clock(incident, now), buttons=[(_open(incident),)])


def sheet(incident: Incident, now: datetime) -> Screen:
    """All about one incident, and what may be done next."""
    return screen(
        S("incidents.sheet", number=rules.called(incident.number), noticed=Moment(incident.noticed_at)),
        S("incidents.summary", summary=incident.summary),
        *_times(incident),
        _clock(incident, now),
        buttons=[*_next(incident), (Button(S("incidents.back.button"), press("incidents", "list")),)],
    )


def sure(incident: Incident, verb: str) -> Screen:
    """Asks once more: neither can be taken back."""
    number = rules.called(incident.number)
    said = (
        S("incidents.sure_report", number=number)
        if verb == "reported"
        else S("incidents.sure_close", number=number)
    )
    yes = Button(S("incidents.yes.button"), press("incidents", verb, incident.id))
    return screen(said, buttons=[(yes, _open(incident, S("incidents.no.button")))])


def log(incidents: Sequence[Incident], names: Mapping[str, str], voice: Voice, now: datetime) -> Screen:
    """The whole log as a text file, the oldest first."""
    entries = [S("incidents.log_entry", **_told(one, names)) for one in reversed(incidents)]
    head = S("incidents.log_head", at=Moment(now), n=len(incidents))
    text = "\n\n".join(voice.say(phrase) for phrase in (head, *entries))
    file = Document(f"incidents-{now:%Y-%m-%d}.txt", f"{text}\n")
    return Screen((S("incidents.log_sent"),), document=file, to_keep=True)


def drill() -> Screen:
    """The drill of the quarter."""
    done = Button(S("incidents.drilled.button"), press("incidents", "drilled"))
    return screen(S("incidents.drill"), buttons=[(done,)])


def drilled(following: datetime) -> Screen:
    return screen(S("incidents.drilled", at=Moment(following)))


def _clock(incident: Incident, now: datetime, *, brief: bool = False) -> Phrase:
    until = Moment(rules.deadline(incident.noticed_at))
    match rules.standing(incident, now):
        case Standing.CLOSED:
            return S("incidents.clock_closed")
        case Standing.REPORTED:
            return S("incidents.clock_reported")
        case Standing.RUN_OUT:
            return S("incidents.clock_run_out", hours=rules.hours_over(incident.noticed_at, now))
        case Standing.RUNNING:
            left = rules.hours_left(incident.noticed_at, now)
            return (
                S("incidents.clock_short", hours=left)
                if brief
                else S("incidents.clock", hours=left, until=until)
            )


def _times(incident: Incident) -> list[Phrase]:
    reported = S("incidents.reported_at", at=Moment(incident.reported_at)) if incident.reported_at else None
    closed = S("incidents.closed_at", at=Moment(incident.closed_at)) if incident.closed_at else None
    return [said for said in (reported, closed) if said is not None]


def _told(incident: Incident, names: Mapping[str, str]) -> dict[str, Phrase | Moment | str]:
    never = S("incidents.never")
    return {
        "number": rules.called(incident.number),
        "noticed": Moment(incident.noticed_at),
        "until": Moment(rules.deadline(incident.noticed_at)),
        "name": names[incident.noted_by],
        "reported": Moment(incident.reported_at) if incident.reported_at else never,
        "closed": Moment(incident.closed_at) if incident.closed_at else never,
        "summary": incident.summary,
    }


def _next(incident: Incident) -> list[Row]:
    report = Button(S("incidents.report.button"), press("incidents", "report", incident.id))
    close = Button(S("incidents.close.button"), press("incidents", "close", incident.id))
    if incident.closed_at is not None:
        return []
    return [(close,)] if incident.reported_at is not None else [(report,), (close,)]


def _open(incident: Incident, label: Phrase | None = None) -> Button:
    said = label or S("incidents.open.button", number=rules.called(incident.number))
    return Button(said, press("incidents", "open", incident.id))


def _ways(any_at_all: bool) -> list[Row]:
    new = Button(S("incidents.new.button"), press("incidents", "new"))
    log_of_all = Button(S("incidents.log.button"), press("incidents", "log"))
    return [(new, log_of_all)] if any_at_all else [(new,)]


def _cancel() -> Button:
    return Button(S("incidents.cancel.button"), press("incidents", "cancel"))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    ago = {hours: now - timedelta(hours=hours) for hours in (1, 71, 73, 999)}
    running, last, over, old = (
        Incident("i" * 16, 9000 + n, "W" * LONGEST_SUMMARY, at, "p" * 16, None, None)
        for n, at in enumerate(ago.values())
    )
    reported = Incident("i" * 16, 9009, "W" * LONGEST_SUMMARY, now, "p" * 16, now, None)
    closed = Incident("i" * 16, 9009, "W" * LONGEST_SUMMARY, now, "p" * 16, now, now)
    every = [running, last, over, old, reported, closed]
    voices: dict[str, str] = {"p" * 16: "M" * 40}
    return [
        listed([], None, now),
        listed(every * 3, now, now, 1),
        when(),
        ask(),
        cancelled(),
        *(noted(one, now, opens=True) for one in every),
        *(alert(one, now) for one in every),
        *(reminder(one, now) for one in every),
        *(sheet(one, now) for one in every),
        sure(running, "reported"),
        sure(running, "closed"),
        log(every, voices, Voice("de"), now),
        drill(),
        drilled(now),
    ]
