"""The board and what stands on it: a place, a time, a colleague and an alarm's number. No family, no reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.callback import press
from handlers.fitting import page, turning
from handlers.places import samples
from handlers.places.rules import NIGHTS, TONIGHT, Standing
from handlers.places.sheets import Board, Line, Sheet
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Hour, Items, Moment, Phrase, S, Slot
from storage.records import Alarm, CrisisPlace, Hold, HoldState, alarm_name

ANY = "-"  # where a button speaks of no place in particular, or of no alarm
OWN_ALARMS = 3
WAITING_LINES = 6
PAST, ON_A_PAGE = 20, 7


def board(shown: Board, *, looks_back: bool) -> Screen:
    """Every place and who waits; `looks_back` offers what is over as well."""
    if not shown.lines:
        return screen(S("places.none"))
    text = [S("places.board", lines=Items(*map(_line, shown.lines)))]
    if shown.waiting:
        waiting = [_waiting(one) for one in shown.waiting[:WAITING_LINES]]
        text.append(S("places.queue", n=len(shown.waiting), lines=Items(*waiting)))
    buttons = [_of_place(line) for line in shown.lines]
    rows = list(in_rows(buttons, 1))
    if all(line.standing is not Standing.FREE for line in shown.lines):
        rows.append((Button(S("places.wait.button"), press("places", "ask", ANY)),))
    if looks_back:
        rows.append((Button(S("places.past.button"), press("places", "past")),))
    return screen(*text, buttons=rows)


def ask(place: CrisisPlace | None, alarms: Sequence[Alarm]) -> Screen:
    """The one question; for each alarm of one's own it is answered with its number."""
    id = place.id if place else ANY
    rows = [_porz(id, alarm.number, alarm.called) for alarm in alarms[:OWN_ALARMS]] + [_porz(id, 0, "")]
    said = S("places.ask", label=place.label) if place else S("places.ask_any")
    return screen(said, buttons=[*rows, (Button(S("places.cancel.button"), press("places", "cancel")),)])


def _porz(place_id: str, number: int, called: str) -> Row:
    yes = S("places.porz_for.button", number=called) if called else S("places.porz.button")
    no = S("places.elsewhere_for.button", number=called) if called else S("places.elsewhere.button")
    return (
        Button(yes, press("places", "hold", place_id, number, 1)),
        Button(no, press("places", "hold", place_id, number, 0)),
    )


def cancelled() -> Screen:
    return screen(S("places.cancelled"), buttons=[_all()])


def too_late(place: CrisisPlace) -> Screen:
    """Somebody else was faster."""
    return screen(S("places.too_late", label=place.label), buttons=[_all()])


def sheet(shown: Sheet) -> Screen:
    """A request as it stands, with what can be done about it."""
    hold = shown.hold
    match hold.state:
        case HoldState.HELD:
            said = S("places.sheet_held", label=shown.label, until=Hour(_moment(hold.lapses_at, hold)))
            rows = [
                _way(S("places.confirm.button"), "confirm", hold),
                _way(S("places.longer.button"), "longer", hold),
                _way(S("places.release.button"), "release", hold),
            ]
        case HoldState.TAKEN:
            said = _taken(shown)
            rows = [
                _way(S("places.prolong.button"), "prolong", hold),
                _way(S("places.leave.button"), "leave", hold),
            ]
        case HoldState.WAITING:
            said = S("places.sheet_waiting", position=shown.position, n=shown.waiting)
            rows = [_way(S("places.no_more.button"), "release", hold)]
        case HoldState.RELEASED:
            said, rows = S("places.sheet_released", label=shown.label or S("places.any")), []
        case HoldState.LAPSED:
            said, rows = S("places.sheet_lapsed", label=shown.label), []
    return screen(said, *_facts(shown), buttons=[*rows, _all()])


def offered(shown: Sheet) -> Screen:
    """For whoever was next in the queue."""
    return _headed(S("places.offered", label=shown.label), shown)


def warning(shown: Sheet) -> Screen:
    return _headed(S("places.warning", label=shown.label), shown)


def lapsed(shown: Sheet) -> Screen:
    return _headed(S("places.lapsed"), shown)


def ending(shown: Sheet) -> Screen:
    """The last morning of a stay, or one after it. Names no family: it needs no code."""
    made = _headed(S("places.overdue") if shown.overdue else S("places.ends_today"), shown)
    return Screen(made.text, made.buttons, harmless=True)


def released_by(label: str, hold: Hold, name: str) -> Screen:
    """For whoever relied on the place."""
    said = S("places.released_by", label=label or S("places.any"), name=name)
    return screen(said, *_numbered(hold), buttons=[_all()])


def when(shown: Sheet, verb: str, days: Mapping[str, str], *, tonight: bool) -> Screen:
    """How long; `verb` says whether a stay begins or goes on. `days` are those on which it may end, as read."""
    hold, ends = shown.hold, list(days.items())
    short = [
        Button(
            S("places.nights.button", n=n, until=ends[n - 1][1]),
            press("places", verb, hold.id, ends[n - 1][0]),
        )
        for n in NIGHTS
    ]
    this = [Button(S("places.tonight.button"), press("places", verb, hold.id, TONIGHT))] if tonight else []
    more = Button(S("places.days.button"), press("places", f"{verb}_day", hold.id))
    back = Button(S("places.back.button"), press("places", "sheet", hold.id))
    return screen(
        S("places.until_when", label=shown.label), buttons=[*in_rows([*this, *short], 1), (more,), (back,)]
    )


def on_day(shown: Sheet, verb: str, days: Mapping[str, str]) -> Screen:
    """Any of the next days."""
    all_days = [Button(label, press("places", verb, shown.hold.id, day)) for day, label in days.items()]
    back = Button(S("places.back.button"), press("places", "sheet", shown.hold.id))
    return screen(S("places.which_day", label=shown.label), buttons=[*in_rows(all_days, 4), (back,)])


def sure(shown: Sheet) -> Screen:
    """Asks once more: somebody may sleep there."""
    yes = Button(S("places.sure_yes.button"), press("places", "gone", shown.hold.id))
    no = Button(S("places.back.button"), press("places", "sheet", shown.hold.id))
    return screen(S("places.sure", label=shown.label), *_facts(shown), buttons=[(yes,), (no,)])


def past(sheets: Sequence[Sheet], number: int = 0) -> Screen:
    """A page of what is over, the newest first."""
    if not sheets:
        return screen(S("places.past_none"), buttons=[_all()])
    shown = page(sheets, number, ON_A_PAGE)
    more = turning(shown, lambda to: press("places", "past", to))
    return screen(S("places.past", lines=Items(*map(_over, shown.items))), buttons=[*more, _all()])


def older() -> Screen:
    """What becomes of a board when a newer one stands below."""
    return screen(S("places.older"))


def closed() -> Screen:
    """For whoever is on call no more."""
    return screen(S("places.closed"))


def _headed(said: Phrase, shown: Sheet) -> Screen:
    below = sheet(shown)
    return Screen((said, *below.text), below.buttons)


def _line(line: Line) -> Phrase:
    hold, label = line.hold, line.place.label
    if hold is None or line.standing is Standing.FREE:
        return S("places.line_free", label=label)
    facts: dict[str, Slot] = {
        "label": label,
        "name": line.name or S("places.somebody"),
        "number": _number(hold),
    }
    if line.standing is Standing.HELD:
        return S("places.line_held", until=Hour(_moment(hold.lapses_at, hold)), **facts)
    until = Moment(_moment(hold.until, hold))
    if line.standing is Standing.TAKEN:
        return S("places.line_taken", until=until, **facts)
    return S("places.line_overdue", until=until, **facts)


def _waiting(one: Sheet) -> Phrase:
    facts: dict[str, Slot] = {"name": one.name or S("places.somebody"), "number": _number(one.hold)}
    if one.hold.from_porz:
        return S("places.waiting_porz", position=one.position, **facts)
    return S("places.waiting", position=one.position, **facts)


def _over(one: Sheet) -> Phrase:
    hold = one.hold
    facts: dict[str, Slot] = {"label": one.label or S("places.any"), "number": _number(hold)}
    ended = Moment(_moment(hold.ended_at, hold))
    if hold.taken_at is not None:
        return S("places.over_stay", since=Moment(hold.taken_at), ended=ended, **facts)
    if hold.state is HoldState.LAPSED:
        return S("places.over_lapsed", ended=ended, **facts)
    return S("places.over_released", ended=ended, **facts)


def _of_place(line: Line) -> Button:
    if line.hold is None or line.standing is Standing.FREE:
        return Button(S("places.hold.button", label=line.place.label), press("places", "ask", line.place.id))
    return Button(S("places.look.button", label=line.place.label), press("places", "look", line.hold.id))


def _taken(shown: Sheet) -> Phrase:
    until = Moment(_moment(shown.hold.until, shown.hold))
    if shown.overdue:
        return S("places.sheet_overdue", label=shown.label, until=until)
    return S("places.sheet_taken", label=shown.label, until=until)


def _facts(shown: Sheet) -> list[Phrase]:
    hold = shown.hold
    origin = S("places.from_porz") if hold.from_porz else S("places.from_elsewhere")
    return [S("places.by", name=shown.name or S("places.somebody")), *_numbered(hold), origin]


def _numbered(hold: Hold) -> list[Phrase]:
    return [S("places.for_alarm", number=_number(hold))] if hold.alarm_number else []


def _number(hold: Hold) -> Slot:
    return alarm_name(hold.alarm_number) if hold.alarm_number else S("places.no_alarm")


def _moment(at: datetime | None, hold: Hold) -> datetime:
    return at or hold.asked_at


def _way(label: Phrase, verb: str, hold: Hold) -> Row:
    return (Button(label, press("places", verb, hold.id)),)


def _all() -> Row:
    return (Button(S("places.all.button"), press("places", "board")),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    every, days = samples.sheets(now), samples.days(now)
    full, free = samples.board(now), Line(samples.PLACE, None, Standing.FREE, "")
    held, stay = every[1], every[2]
    return [
        board(Board([], []), looks_back=False),
        board(full, looks_back=True),
        board(Board([free, *full.lines], []), looks_back=False),
        *(ask(place, samples.alarms(now)) for place in (samples.PLACE, None)),
        cancelled(),
        too_late(samples.PLACE),
        *map(sheet, every),
        *(made(held) for made in (offered, warning, lapsed)),
        *map(ending, (stay, every[-1])),
        released_by(samples.LABEL, held.hold, samples.NAME),
        *(when(one, verb, days, tonight=True) for one, verb in ((held, "take"), (stay, "stay"))),
        *(on_day(one, verb, days) for one, verb in ((held, "take"), (stay, "stay"))),
        sure(stay),
        past([]),
        past([every[2], every[3], every[4]] * 7, 1),
        older(),
        closed(),
    ]
