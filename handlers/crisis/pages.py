"""What those on call see of an alarm: no names, no reasons, only that somebody is waiting and who helps."""

from collections.abc import Sequence
from datetime import datetime

from handlers.callback import press
from handlers.crisis import samples
from handlers.screen import Button, Screen, screen
from locales.phrase import Hour, S
from storage.records import Alarm, AlarmState, Family, Person


def page(alarm: Alarm, taker: Person | None, viewer: Person) -> Screen:
    """What staff who are paged see: no names, no reasons, only that somebody is waiting."""
    text = [S("alarm.page", number=alarm.called, time=Hour(alarm.opened_at))]
    if alarm.withdrawn_at is not None:
        text.append(S("alarm.withdrawn"))
    if alarm.state is AlarmState.ENDED:
        return screen(*text, S("alarm.ended"))
    if alarm.state is AlarmState.OPEN:
        take = Button(S("alarm.take.button"), press("crisis", "take", alarm.id))
        # carries the step it was shown for: pressed twice, or late, it must not pass on once more
        on = Button(S("alarm.pass_on.button"), press("crisis", "pass", alarm.id, alarm.step, alarm.round))
        return screen(*text, S("alarm.step", step=alarm.step), buttons=[(take,), (on,)])
    text.append(S("alarm.taken", name=taker.name if taker else ""))
    if taker is not None and taker.id == viewer.id:
        return screen(*text, buttons=_of_taker(alarm))
    return screen(*text, buttons=[(Button(S("alarm.over.button"), press("crisis", "over", alarm.id)),)])


def _of_taker(alarm: Alarm) -> list[tuple[Button, ...]]:
    return [
        (Button(S("alarm.write.button"), press("crisis", "write", alarm.id)),),
        (Button(S("alarm.end.button"), press("crisis", "end", alarm.id)),),
    ]


def who(alarm: Alarm, person: Person, family: Family | None) -> Screen:
    """For the one who took it alone: whose alarm it is."""
    if family is None:
        return screen(S("alarm.who.unknown", number=alarm.called))
    return screen(S("alarm.who", number=alarm.called, name=person.name, family=family.label))


def who_after_code(alarm: Alarm) -> Screen:
    """For the one who took it and has shown no code today."""
    button = Button(S("alarm.who.button"), press("crisis", "who", alarm.id))
    return screen(S("alarm.who_after_code", number=alarm.called), buttons=[(button,)])


def lines_after_code(alarm: Alarm) -> Screen:
    """For those who hear what is written and have shown no code today."""
    button = Button(S("alarm.lines.button"), press("crisis", "lines", alarm.id))
    return screen(S("alarm.lines_after_code", number=alarm.called), buttons=[(button,)])


def before_code(alarm: Alarm, taker: Person | None, viewer: Person, alarms: Sequence[Alarm]) -> list[Screen]:
    """All that members of staff are shown of an alarm without a code."""
    return [
        page(alarm, taker, viewer),
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
    take = Button(S("alarm.take.button"), press("crisis", "take", alarm.id))
    return screen(S("alarm.nobody_on_duty", number=alarm.called), buttons=[(take,)])


def write_now(alarm: Alarm) -> Screen:
    return screen(S("alarm.write.ask", number=alarm.called))


def written(alarm: Alarm) -> Screen:
    again = Button(S("alarm.write.button"), press("crisis", "write", alarm.id))
    return screen(S("alarm.written", number=alarm.called), buttons=[(again,)])


def not_delivered(alarm: Alarm) -> Screen:
    """For the one who took it: what they wrote did not arrive."""
    return screen(S("alarm.not_delivered", number=alarm.called))


def from_person(alarm: Alarm, text: str) -> Screen:
    """A line from whoever raised the alarm, to those who were paged."""
    return screen(S("alarm.line", number=alarm.called, text=text))


def open_alarms(alarms: Sequence[Alarm]) -> Screen:
    """The list for on-call staff."""
    if not alarms:
        return screen(S("alarm.none_open"))
    rows = [(Button(alarm.called, press("crisis", "open", alarm.id)),) for alarm in alarms[:20]]
    return screen(S("alarm.some_open", n=len(alarms)), buttons=rows)


def older(alarm: Alarm) -> Screen:
    """What becomes of a page when a newer one of the same alarm stands below."""
    return Screen((S("alarm.older", number=alarm.called),), harmless=True)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of those on call with the longest it may show."""
    alarms, somebody, else_ = samples.alarms(now), samples.SOMEBODY, samples.SOMEBODY_ELSE
    first, family = alarms[0], Family("f" * 16, "F" * 40, "c" * 16)
    pages = [page(alarm, somebody, viewer) for alarm in alarms for viewer in (somebody, else_)]
    told = [who(first, somebody, family), who(first, somebody, None), from_person(first, samples.LONG_TEXT)]
    return [*pages, *told, open_alarms([]), *before_code(first, somebody, else_, alarms)]
