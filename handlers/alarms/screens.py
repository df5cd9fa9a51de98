"""What is seen of an alarm afterwards. Staff stand in it by name; whoever needed help is only "the person"."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.alarms import rules
from handlers.alarms.actions import Sheet
from handlers.alarms.rules import BOT, IN_LIST, IN_LOG, LONGEST_NOTE, ON_A_SCREEN, PERSON, Entry
from handlers.callback import press
from handlers.fitting import Page, dotted, page, shortened, turning
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Hour, Items, Moment, Phrase, S
from locales.translator import Voice
from locales.zone import here
from storage.records import Alarm, AlarmState, Debrief, Happening, Outcome

PICTURE = "timeline"
NOT_DRAWN = S("alarms.not_drawn")  # the text is there all the same
ROOM = "alarms"
NAME_IN_PICTURE = 32


def listed(shown: Page[Alarm], how_many: int) -> Screen:
    """A page of ended alarms, of so many in all."""
    if not how_many:
        return screen(S("alarms.none"))
    opened = [Button(_in_list(one), press(ROOM, "open", one.id, 0)) for one in shown.items]
    turn = turning(shown, lambda to: press(ROOM, "list", to))
    return screen(S("alarms.list", n=how_many), buttons=[*in_rows(opened, 2), *turn])


def _in_list(alarm: Alarm) -> str:
    return f"{alarm.called} · {alarm.opened_at.astimezone(here()):%d.%m.}"


def log(sheet: Sheet, number: int = 0) -> Screen:
    """The log as text, a page of it."""
    alarm, shown = sheet.alarm, page(sheet.log, number, IN_LOG)
    lines = Items(*(_line(one, sheet.names) for one in shown.items))
    text = [S("alarms.log", number=alarm.called, at=Moment(alarm.opened_at), outcome=_outcome(alarm))]
    text.append(S("alarms.lines", lines=lines) if shown.items else S("alarms.no_lines"))
    if shown.last:
        text.append(S("alarms.page", page=shown.number + 1, pages=shown.last + 1))
    turn = turning(shown, lambda to: press(ROOM, "open", alarm.id, to))
    return screen(*text, buttons=[*turn, *_ways(sheet)])


def _outcome(alarm: Alarm) -> Phrase:
    if alarm.state is not AlarmState.ENDED:
        return S("alarms.still_open")
    return S(f"alarms.outcome.{alarm.outcome}") if alarm.outcome else S("alarms.outcome.none")


def _line(entry: Entry, names: dict[str, str]) -> Phrase:
    time = f"{entry.at.astimezone(here()):%d.%m. %H:%M:%S}"
    what, who = what_happened(entry.what), _name(entry.who, names)
    if entry.step:
        return S("alarms.line_step", time=time, what=what, who=who, step=entry.step)
    return S("alarms.line", time=time, what=what, who=who)


def what_happened(what: Happening) -> Phrase:
    return S(f"alarms.what.{what}")


def _name(who: str, names: dict[str, str]) -> Phrase | str:
    if who == PERSON:
        return S("alarms.who.person")
    if who == BOT:
        return S("alarms.who.bot")
    return names.get(who) or S("alarms.who.somebody")


def _ways(sheet: Sheet) -> list[Row]:
    alarm = sheet.alarm
    rows: list[Row] = []
    if sheet.log:
        rows.append((Button(S("alarms.picture.button"), press(ROOM, "picture", alarm.id)),))
    if sheet.notes:
        rows.append((Button(S("alarms.notes.button", n=sheet.notes), press(ROOM, "notes", alarm.id, 0)),))
    if sheet.writes:
        rows.append((Button(S("alarms.debrief.button"), press(ROOM, "debrief", alarm.id)),))
    if sheet.protects:
        rows.append((Button(S("alarm.protection.button"), press("protection", "alarm", alarm.id)),))
    return [*rows, (Button(S("alarms.back.button"), press(ROOM, "list", 0)),)]


def picture(sheet: Sheet, voice: Voice) -> Screen:
    """The same as a picture, drawn in the reader's language."""
    said = S("alarms.picture", number=sheet.alarm.called)
    return Screen((said,), picture={"timeline": timeline(sheet, voice)})


def timeline(sheet: Sheet, voice: Voice) -> dict[str, Any]:
    """What bot/pictures.py draws."""
    alarm = sheet.alarm
    return {
        "title": voice.say(S("alarms.title", number=alarm.called)),
        "subtitle": voice.say(_span(alarm.opened_at, rules.ends_at(alarm, sheet.log))),
        "note": voice.say(S("alarms.not_to_scale")),
        "zone": here().key,
        "rows": [
            {
                "label": voice.say(_label(who, lines, sheet.names)),
                "marks": [(one.at.isoformat(), one.what) for one in lines],
            }
            for who, lines in rules.rows(sheet.log).items()
        ],
        "legend": [(what, voice.say(what_happened(what))) for what in rules.kinds(sheet.log)],
    }


def _span(at: datetime, until: datetime) -> Phrase:
    if at.astimezone(here()).date() == until.astimezone(here()).date():
        return S("alarms.span_of_day", at=Moment(at), until=Hour(until))
    return S("alarms.span", at=Moment(at), until=Moment(until))


def _label(who: str, lines: Sequence[Entry], names: dict[str, str]) -> Phrase:
    name, step = _name(who, names), rules.first_step(lines)
    brief = shortened(name, NAME_IN_PICTURE) if isinstance(name, str) else name
    return S("alarms.row_step", who=brief, step=step) if step else S("alarms.row", who=brief)


def ask_note(alarm: Alarm) -> Screen:
    return screen(
        S("alarms.ask_note", number=alarm.called, most=LONGEST_NOTE), buttons=[_to_log(alarm, stop=True)]
    )


def noted(alarm: Alarm) -> Screen:
    return screen(S("alarms.noted", number=alarm.called), buttons=[_to_log(alarm)])


def notes(alarm: Alarm, written: Sequence[Debrief], names: dict[str, str], number: int) -> Screen:
    """One note at a time, the oldest first; a long one in several parts."""
    parts = [(n, one, part) for n, one in enumerate(written, 1) for part in dotted(one.text, ON_A_SCREEN)]
    shown = page(parts, number, 1)
    if not shown.items:
        return screen(S("alarms.no_notes", number=alarm.called), buttons=[_to_log(alarm)])
    ((nth, one, text_of),) = shown.items
    text = S(
        "alarms.note",
        number=alarm.called,
        n=nth,
        of=len(written),
        name=_name(one.written_by or "", names),
        at=Moment(one.at),
        text=text_of,
    )
    turn = turning(shown, lambda to: press(ROOM, "notes", alarm.id, to))
    return screen(text, buttons=[*turn, _to_log(alarm)])


def _to_log(alarm: Alarm, *, stop: bool = False) -> Row:
    label = S("alarms.cancel.button") if stop else S("alarms.back.button")
    return (Button(label, press(ROOM, "stop" if stop else "open", alarm.id, 0)),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    ended = _specimen(now)
    going = _specimen(now, AlarmState.TAKEN)
    names = {"s" * 16: "M" * 40}
    every = [Entry(now + timedelta(seconds=n), what, "s" * 16, 2) for n, what in enumerate(Happening)]
    sheets = [Sheet(one, every, names, 9, True, True) for one in (ended, going)]
    note = Debrief("d" * 16, ended.id, "s" * 16, "W" * LONGEST_NOTE, now)
    return [
        listed(Page((), 0, 0), 0),
        listed(Page((ended,) * IN_LIST, 1, 9), 200),
        *(log(sheet, number) for sheet in sheets for number in range(3)),
        log(Sheet(ended, [], {}, 0, False)),
        *(log(Sheet(_specimen(now, outcome=one), every, names, 0, False)) for one in Outcome),
        picture(sheets[0], Voice("de")),
        screen(NOT_DRAWN),
        ask_note(ended),
        noted(ended),
        notes(ended, [], {}, 0),
        notes(ended, [note] * 3, names, 1),
        notes(ended, [note], {}, 0),
    ]


def _specimen(now: datetime, state: AlarmState = AlarmState.ENDED, outcome: Outcome | None = None) -> Alarm:
    return Alarm(
        *("a" * 16, 99999, "p" * 16, None, state, now, {"minutes": [5]}, 1, 1, None, None, 1),
        outcome=outcome,
        ended_at=now if state is AlarmState.ENDED else None,
    )
