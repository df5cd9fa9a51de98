"""What those on call see of an alarm: no names, no reasons, only that somebody is waiting and who helps."""

from collections.abc import Collection, Sequence
from datetime import datetime

from handlers import fitting
from handlers.callback import press
from handlers.crisis import listing, rules, samples
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import Hour, Phrase, S
from storage.records import Alarm, AlarmState, Family, Outcome, Person, Promise

ON_A_PAGE = 20
_PROMISED = {
    Promise.ON_THE_WAY: S("alarm.promise.on_the_way"),
    Promise.CALLS_NOW: S("alarm.promise.calls_now"),
}


def page(alarm: Alarm, taker: Person | None, viewer: Person, joined: Collection[str] = ()) -> Screen:
    """What staff who are paged see: no names, no reasons, only that somebody is waiting.

    `joined` are the ids of all who have acknowledged it, the taker among them.
    """
    text = [S("alarm.page", number=alarm.called, time=Hour(alarm.opened_at)), *_circumstances(alarm)]
    if alarm.state is AlarmState.ENDED:
        return screen(*text, _ended(alarm), buttons=_afterwards(alarm) if alarm.taken_by == viewer.id else [])
    if alarm.state is AlarmState.OPEN:
        return screen(*text, S("alarm.step", step=alarm.step), buttons=_of_everybody(alarm))
    mine = taker is not None and taker.id == viewer.id
    if mine and alarm.reminded_at is not None:
        return reminder(alarm)
    text += _of_holder(alarm, taker, len(joined))
    return screen(*text, buttons=_of_taker(alarm) if mine else _of_others(alarm, viewer, joined))


def _circumstances(alarm: Alarm) -> list[Phrase]:
    """What the person has said about how to reach them."""
    said = [S("alarm.withdrawn")] if alarm.withdrawn_at is not None else []
    said += [S("alarm.safe")] if alarm.safe_at is not None else []
    return said + ([S(f"alarm.wish.{alarm.wish}")] if alarm.wish is not None else [])


def _ended(alarm: Alarm) -> Phrase:
    if alarm.outcome is None:
        return S("alarm.ended")
    return S("alarm.ended_as", outcome=S(f"alarm.outcome.{alarm.outcome}"))


def _afterwards(alarm: Alarm) -> list[Row]:
    """For whoever took it last: what the team should remember is written down in another room."""
    return [(Button(S("alarms.debrief.button"), press("alarms", "debrief", alarm.id)),)]


def _of_holder(alarm: Alarm, taker: Person | None, joined: int) -> list[Phrase]:
    text = [S("alarm.taken", name=taker.name if taker else "")]
    if alarm.forgotten_at is not None:
        text.append(S("alarm.forgotten"))
    elif alarm.promise is Promise.CALLS_AT and alarm.promised_for is not None:
        text.append(S("alarm.calls_at", time=Hour(alarm.promised_for)))
    elif alarm.promise in _PROMISED:
        text.append(_PROMISED[alarm.promise])
    wanted = rules.still_wanted(alarm, joined)
    return text + ([S("alarm.wanted", n=wanted)] if wanted else [])


def _button(label: Phrase, verb: str, alarm: Alarm, *more: str | int) -> Button:
    return Button(label, press("crisis", verb, alarm.id, *more))


def _of_everybody(alarm: Alarm) -> list[Row]:
    # carries the step it was shown for: pressed twice, or late, it must not pass on once more
    on = _button(S("alarm.pass_on.button"), "pass", alarm, alarm.step, alarm.round)
    return [
        (_button(S("alarm.take.button"), "take", alarm),),
        (_button(S("alarm.who.button"), "who", alarm), on),
    ]


def _of_others(alarm: Alarm, viewer: Person, joined: Collection[str]) -> list[Row]:
    over = (_button(S("alarm.over.button"), "over", alarm),)
    if viewer.id in joined:
        return [(_button(S("alarm.who.button"), "who", alarm),), over]
    return (
        [(_button(S("alarm.join.button"), "join", alarm),), over]
        if rules.still_wanted(alarm, len(joined))
        else [over]
    )


def _of_taker(alarm: Alarm) -> list[Row]:
    in_minutes = tuple(_button(S("alarm.calls_in.button", n=n), "at", alarm, n) for n in rules.CALLS_IN)
    return [
        (_button(S("alarm.way.button"), "way", alarm), _button(S("alarm.now.button"), "now", alarm)),
        in_minutes,
        (_button(S("alarm.write.button"), "write", alarm), _button(S("alarm.who.button"), "who", alarm)),
        (_button(S("alarm.pass_on.button"), "back", alarm), _button(S("alarm.end.button"), "finish", alarm)),
        *_of_family(alarm),
    ]


def _of_family(alarm: Alarm) -> list[Row]:
    """What section 8a asks for, where it is known whose family it is."""
    if alarm.family_id is None:
        return []
    return [(Button(S("alarm.protection.button"), press("protection", "alarm", alarm.id)),)]


def reminder(alarm: Alarm) -> Screen:
    """For the one who took it some time ago: does it go on?"""
    text = [S("alarm.remind", number=alarm.called)]
    if alarm.promise is Promise.CALLS_AT and alarm.promised_for is not None:
        text.append(S("alarm.remind.calls_at", time=Hour(alarm.promised_for)))
    if alarm.forgotten_at is not None:
        text.append(S("alarm.remind.others"))
    rows = [
        (_button(S("alarm.still.button"), "still", alarm),),
        (_button(S("alarm.pass_on.button"), "back", alarm), _button(S("alarm.end.button"), "finish", alarm)),
    ]
    return screen(*text, buttons=rows)


def outcomes(alarm: Alarm) -> Screen:
    """How it ended: five ways."""
    ways = [(_button(S(f"alarm.outcome.{one}.button"), "end", alarm, one),) for one in Outcome]
    return screen(
        S("alarm.how_ended", number=alarm.called),
        buttons=[*ways, (_button(S("alarm.keep.button"), "keep", alarm),)],
    )


def who(alarm: Alarm, person: Person, family: Family | None) -> Screen:
    """For those who hear it: whose alarm it is."""
    if family is None:
        return screen(S("alarm.who.unknown", number=alarm.called))
    return screen(S("alarm.who", number=alarm.called, name=person.name, family=family.label))


def who_after_code(alarm: Alarm) -> Screen:
    """For the one who took it and has shown no code today."""
    return screen(
        S("alarm.who_after_code", number=alarm.called),
        buttons=[(_button(S("alarm.who.button"), "who", alarm),)],
    )


def lines_after_code(alarm: Alarm) -> Screen:
    """For those who hear what is written and have shown no code today."""
    return screen(
        S("alarm.lines_after_code", number=alarm.called),
        buttons=[(_button(S("alarm.lines.button"), "lines", alarm),)],
    )


def before_code(
    alarm: Alarm, taker: Person | None, viewer: Person, alarms: Sequence[Alarm], joined: Collection[str] = ()
) -> list[Screen]:
    """All that members of staff are shown of an alarm without a code."""
    return [
        page(alarm, taker, viewer, joined),
        reminder(alarm),
        outcomes(alarm),
        nobody_on_duty(alarm),
        older(alarm),
        who_after_code(alarm),
        lines_after_code(alarm),
        write_now(alarm),
        written(alarm),
        not_delivered(alarm),
        open_alarms(alarms),
    ]


def nobody_on_duty(alarm: Alarm) -> Screen:
    """For the leads: an alarm is open and no one can be paged."""
    warning = S("alarm.nobody_on_duty", number=alarm.called)
    return screen(
        warning,
        *_circumstances(alarm),
        buttons=[
            (_button(S("alarm.take.button"), "take", alarm),),
            (_button(S("alarm.who.button"), "who", alarm),),
        ],
    )


def write_now(alarm: Alarm) -> Screen:
    return screen(S("alarm.write.ask", number=alarm.called))


def written(alarm: Alarm) -> Screen:
    return screen(
        S("alarm.written", number=alarm.called), buttons=[(_button(S("alarm.write.button"), "write", alarm),)]
    )


def not_delivered(alarm: Alarm) -> Screen:
    """For the one who took it: what they wrote did not arrive."""
    return screen(S("alarm.not_delivered", number=alarm.called))


def from_person(alarm: Alarm, text: str) -> Screen:
    """A line from whoever raised the alarm, to those who were paged."""
    return screen(S("alarm.line", number=alarm.called, text=text))


def open_alarms(alarms: Sequence[Alarm], number: int = 0) -> Screen:
    """All that are open for on-call staff, a page of them, and the way to those of the past."""
    shown = fitting.page(alarms, number, ON_A_PAGE)
    rows: list[Row] = [(Button(one.called, press("crisis", "open", one.id)),) for one in shown.items]
    rows += fitting.turning(shown, lambda to: press("crisis", "all", to))
    past = Button(S("alarms.menu.button"), press("alarms", "list", 0))
    rows.append((past, Button(S("protection.menu.button"), press("protection", "list", 0))))
    text = S("alarm.some_open", n=len(alarms)) if alarms else S("alarm.none_open")
    return screen(text, buttons=rows)


def older(alarm: Alarm) -> Screen:
    """What becomes of a page when a newer one of the same alarm stands below."""
    return Screen((S("alarm.older", number=alarm.called),), harmless=True)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of those on call with the longest it may show."""
    alarms, somebody, else_ = samples.alarms(now), samples.SOMEBODY, samples.SOMEBODY_ELSE
    first, family = alarms[0], Family("f" * 16, "F" * 40, "c" * 16)
    seen = [
        page(alarm, somebody, viewer, joined)
        for alarm in alarms
        for viewer in (somebody, else_)
        for joined in ((), (somebody.id,), (somebody.id, else_.id))
    ]
    told = [who(first, somebody, family), who(first, somebody, None), from_person(first, samples.LONG_TEXT)]
    before = [one for alarm in alarms for one in before_code(alarm, somebody, else_, alarms)]
    return [*seen, *told, open_alarms([]), open_alarms([first] * 50, 1), *before, *listing.specimens(now)]
