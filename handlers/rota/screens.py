"""Who is on call, the switch, what is said when the phone changes hands, test pages and gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.callback import press
from handlers.fitting import shortened
from handlers.rota import forms, lists, said, samples, trades
from handlers.rota.coverage import Gap
from handlers.rota.rows import ROOM, to_list, to_mine, to_plan
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Items, Moment, Phrase, S
from locales.translator import Voice, voice
from storage.records import Alarm, Duty, Person, Probe, Role, Shift
from storage.types import to_millis

ONE_SHIFT = timedelta(hours=36)  # a longer gap takes more than one person to fill
MOST_ALARMS, MOST_GAPS, MOST_NAMES, MOST_ON_DUTY = 6, 6, 4, 10


@dataclass(frozen=True, slots=True)
class Handover:
    """What whoever comes has to know: the open alarms, each with the name of whoever has taken it."""

    shift: Shift
    site: str | None
    alarms: Sequence[tuple[Alarm, str | None]]


def duties(on_now: Sequence[tuple[Duty, Person]], sites: Mapping[str, str], viewer: Person) -> Screen:
    """The list by step, and what the viewer can do about it."""
    rows: list[Row] = []
    if Role.ON_CALL in viewer.roles:
        held = any(duty.person_id == viewer.id for duty, _ in on_now)
        switch = S("rota.off.button") if held else S("rota.on.button")
        rows.append((Button(switch, press(ROOM, "off" if held else "on")),))
        rows.append(to_mine())
    rows.append(to_list())
    rows.append((Button(S("second.menu.button"), press("second", "menu")),))
    if Role.LEAD in viewer.roles:
        rows.append(to_plan())
    if not on_now:
        return screen(S("rota.nobody"), buttons=rows)
    lines = [_on_duty(duty, person, sites) for duty, person in on_now[:MOST_ON_DUTY]]
    if len(on_now) > MOST_ON_DUTY:
        lines.append(S("rota.more", n=len(on_now) - MOST_ON_DUTY))
    return screen(S("rota.on_call", people=Items(*lines)), buttons=rows)


def _on_duty(duty: Duty, person: Person, sites: Mapping[str, str]) -> Phrase:
    place, name = said.place(duty.step, sites.get(duty.site_id or "")), shortened(person.name, 24)
    if duty.tested:
        return S("rota.line", place=place, name=name)
    return S("rota.line_untested", place=place, name=name)


def nobody_left() -> Screen:
    """For the leads: the phone has just been put down by the last one."""
    return screen(S("rota.nobody"))


def begins(handover: Handover, *, tested: bool) -> Screen:
    """For whoever holds the phone from now on. Numbers only: whose alarms they are, needs a code."""
    shift = handover.shift
    place = said.place(shift.step, handover.site)
    text = [S("rota.begins", place=place, until=Moment(shift.ends_at))]
    alarms = handover.alarms
    if alarms:
        lines = Items(*(_alarm(*one) for one in alarms[:MOST_ALARMS]))
        text.append(S("rota.open_alarms", n=len(alarms), lines=lines))
    else:
        text.append(S("rota.no_alarms"))
    if not tested:
        text.append(S("rota.answer_first"))
    opens = [
        Button(S("rota.alarm.button", number=one.called), press("crisis", "open", one.id))
        for one, _ in alarms[:MOST_ALARMS]
    ]
    listed = (Button(S("rota.alarms.button"), press("crisis", "all", 0)),)
    return screen(*text, buttons=[*in_rows(opens, 2), listed] if alarms else [])


def _alarm(alarm: Alarm, taker: str | None) -> Phrase:
    if taker is None:
        return S("rota.alarm_open", number=alarm.called)
    return S("rota.alarm_taken", number=alarm.called, name=shortened(taker, 30))


def ends(shift: Shift, holders: Sequence[str], still: Sequence[str], *, stays: bool = False) -> Screen:
    """For whoever held the phone until now: who has it, and the numbers of the alarms they still hold.

    `stays`: they had put themselves on before, and go on being paged.
    """
    text = [S("rota.ends")]
    if holders:
        names = ", ".join(shortened(name, 30) for name in holders[:MOST_NAMES])
        text.append(S("rota.now_holds", step=shift.step, names=names))
    else:
        text.append(S("rota.nobody_holds", step=shift.step))
    if still:
        text.append(S("rota.still_yours", numbers=", ".join(still[:MOST_ALARMS])))
    if stays:
        return screen(*text, S("rota.stays"), buttons=[(Button(S("rota.off.button"), press(ROOM, "off")),)])
    return screen(*text, buttons=[(Button(S("rota.on.button"), press(ROOM, "on")),)])


def probe(sent: Probe) -> Screen:
    """A test page."""
    return screen(S("rota.probe"), buttons=[(Button(S("rota.heard.button"), press(ROOM, "heard", sent.id)),)])


def older_probe() -> Screen:
    return screen(S("rota.probe_older"))


def heard() -> Screen:
    return screen(S("rota.heard"))


def gaps(found: Sequence[Gap], sites: Mapping[str, str], untested: Sequence[str], said_in: Voice) -> Screen:
    """For the leads: which steps are empty when, and a button for each of the first ones."""
    shown = found[:MOST_GAPS]
    text = [S("rota.gaps", lines=Items(*(_gap(gap, sites, said_in) for gap in shown)))]
    if len(found) > len(shown):
        text.append(S("rota.more_gaps", n=len(found) - len(shown)))
    if untested:
        names = ", ".join(shortened(name, 20) for name in untested[:MOST_NAMES])
        text.append(S("rota.gaps_untested", names=names))
    fills = [
        Button(_fill(gap, said_in), press(ROOM, "fill", *key(gap)))
        for gap in shown
        if gap.ends_at - gap.starts_at <= ONE_SHIFT
    ]
    return screen(*text, buttons=[*in_rows(fills, 2), to_plan()])


def _gap(gap: Gap, sites: Mapping[str, str], said_in: Voice) -> Phrase:
    return said.gap_line(gap, sites, day_changes=gap.ends_at - gap.starts_at > timedelta(hours=24))


def _fill(gap: Gap, said_in: Voice) -> str:
    return f"➕ {said_in.day_short(gap.starts_at)} {said_in.time(gap.starts_at)} · {gap.step}"


def key(gap: Gap) -> tuple[str, str, int, str]:
    """The gap as a button carries it: minutes since 1970, step and site."""
    begins_at, ends_at = (to_millis(at) // 60_000 for at in (gap.starts_at, gap.ends_at))
    return f"{begins_at:x}", f"{ends_at:x}", gap.step, gap.site_id or ""


def no_gaps() -> Screen:
    return screen(S("rota.no_gaps"))


def older_gaps() -> Screen:
    return screen(S("rota.gaps_older"))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room with the longest it may show."""
    somebody, shift, site = samples.SOMEBODY, samples.shift(now), samples.SITE
    duty, sites = Duty(somebody.id, 3, now, shift.site_id, tested=False), {shift.site_id or "": site}
    alarm = samples.alarm(now)
    full = Handover(shift, site, [(alarm, somebody.name)] * 9)
    gap = Gap(now, now + timedelta(days=2), 9, shift.site_id)
    short = Gap(now, now + timedelta(hours=2), 9, None)
    return [
        *(duties([], sites, one) for one in (somebody, samples.LEAD, samples.BOTH)),
        duties([(duty, somebody)] * 20, sites, somebody),
        duties([(duty, somebody)], sites, samples.SOMEBODY_ELSE),
        nobody_left(),
        begins(full, tested=False),
        begins(Handover(shift, None, [(alarm, None)]), tested=True),
        begins(Handover(shift, None, []), tested=True),
        ends(shift, [somebody.name] * 9, [alarm.called] * 9),
        ends(shift, [], []),
        probe(Probe("p" * 16, somebody.id, None, now, None, None)),
        older_probe(),
        heard(),
        gaps([gap] * 20, sites, [somebody.name] * 9, voice("de")),
        gaps([short], sites, [], voice("de")),
        no_gaps(),
        older_gaps(),
        *trades.specimens(now),
        *lists.specimens(now),
        *forms.specimens(now),
    ]
