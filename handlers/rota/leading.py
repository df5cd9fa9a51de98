"""What a lead looks at and changes: the next 14 days, single shifts, weekly ones, and gaps to fill."""

from dataclasses import replace

from handlers.access import Act, authorise
from handlers.given import number, part
from handlers.refusal import Refusal
from handlers.rota import lists, making, rules, swapping, telling, watching
from handlers.rota.lists import Line
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import S
from locales.zone import here
from storage.records import Pattern, Role, Shift, ShiftState, SwapState
from storage.types import from_millis


def days(turn: Turn) -> None:
    """The rota of the next 14 days, for everybody on call and every lead."""
    authorise(turn, Act.SEE_ROTA)
    _show_days(turn, number(part(turn)))


def _show_days(turn: Turn, page: int) -> None:
    shifts = turn.store.rota.between(turn.now, rules.midnight(turn.now, rules.DAYS_SHOWN))
    leads = Role.LEAD in turn.person.roles
    turn.show(lists.days([_line(turn, one) for one in shifts], page, turn.voice, leads=leads))


def plan(turn: Turn) -> None:
    authorise(turn, Act.MANAGE_ROTA)
    turn.show(lists.plan())


def shift(turn: Turn) -> None:
    turn.show(lists.shift(_line(turn, _shift(turn))))


def give(turn: Turn) -> None:
    """Who takes it?"""
    found = _shift(turn)
    turn.show(lists.give_to(_line(turn, found), swapping.colleagues(turn.store, found.person_id)))


def given(turn: Turn) -> None:
    """Somebody takes somebody else's shift; it is written down as a swap, and both are told."""
    found, to = _shift(turn), part(turn, 1)
    if to not in {one.id for one in swapping.colleagues(turn.store, found.person_id)}:
        raise Refusal(S("rota.gone"))
    _require_free(turn, to, found)
    swapping.take_back(turn.store, found, turn.now)
    swap = turn.store.rota.ask_swap(found, to, turn.now)
    turn.store.rota.settle_swap(swap, SwapState.ACCEPTED, to, turn.now)
    making.give(turn.store, found, to, turn.now)
    turn.note("rota.shift_given", f"person:{to}")
    turn.flash(S("rota.saved.toast"))
    site = telling.site_of(turn.store, found.site_id)
    _tell(turn, found.person_id, lists.cancelled_for_you(found, site))
    _tell(turn, to, lists.given_to_you(found, site))
    turn.show(lists.shift(_line(turn, making.shift_now(turn.store, found))))
    watching.look(turn.store, turn.now)


def cancel(turn: Turn) -> None:
    turn.show(lists.sure_to_cancel(_line(turn, _shift(turn))))


def cancelled(turn: Turn) -> None:
    """Somebody is ill: the gap is told at once."""
    found = _shift(turn)
    swapping.take_back(turn.store, found, turn.now)
    making.cancel(turn.store, found, turn.now)
    turn.note("rota.shift_cancelled", f"person:{found.person_id}")
    turn.flash(S("rota.cancelled.toast"))
    site = telling.site_of(turn.store, found.site_id)
    _tell(turn, found.person_id, lists.cancelled_for_you(found, site))
    _show_days(turn, 0)
    watching.look(turn.store, turn.now)


def patterns(turn: Turn) -> None:
    authorise(turn, Act.MANAGE_ROTA)
    _show_patterns(turn, number(part(turn)))


def _show_patterns(turn: Turn, page: int) -> None:
    sites, today = telling.site_names(turn.store), turn.now.astimezone(here()).date().isoformat()
    rows = [
        (one, telling.name_of(turn.store, one.person_id), sites.get(one.site_id or ""))
        for one in turn.store.rota.patterns()
        if one.last_day is None or one.last_day > today
    ]
    rows.sort(key=lambda row: (row[0].weekday, row[0].begins, row[0].step, row[1]))
    turn.show(lists.patterns(rows, page, turn.voice))


def ending(turn: Turn) -> None:
    found = _pattern(turn)
    site = telling.site_of(turn.store, found.site_id)
    turn.show(lists.sure_to_end(found, telling.name_of(turn.store, found.person_id), site, turn.voice))


def ended(turn: Turn) -> None:
    """It makes nothing more, and what it had made ahead is cancelled."""
    found = _pattern(turn)
    making.end_pattern(turn.store, found, turn.now)
    turn.note("rota.pattern_ended", f"person:{found.person_id}")
    turn.flash(S("rota.saved.toast"))
    _show_patterns(turn, 0)
    watching.look(turn.store, turn.now)


def fill(turn: Turn) -> None:
    """Who fills the gap?"""
    found = _gap(turn)
    line = Line(found, "", telling.site_of(turn.store, found.site_id))
    key = [part(turn, n) for n in range(4)]
    turn.say(lists.fill(line, swapping.colleagues(turn.store, ""), key))


def filled(turn: Turn) -> None:
    """A single shift is written down, just as long as the gap."""
    found, to = _gap(turn), part(turn, 4)
    if to not in {one.id for one in swapping.colleagues(turn.store, "")}:
        raise Refusal(S("rota.gone"))
    _require_free(turn, to, found)
    if _is_filled(turn, found):
        raise Refusal(S("rota.filled_before"))
    made = making.add(turn.store, replace(found, person_id=to), turn.now)
    turn.note("rota.shift_added", f"person:{to}")
    turn.flash(S("rota.saved.toast"))
    site = telling.site_of(turn.store, made.site_id)
    _tell(turn, to, lists.given_to_you(made, site))
    turn.show(lists.shift(_line(turn, made)))
    watching.look(turn.store, turn.now)


def _require_free(turn: Turn, person_id: str, shift: Shift) -> None:
    """Raises Refusal where they hold another shift at that time, as when a button is pressed twice."""
    if swapping.has_shift(turn.store, person_id, max(shift.starts_at, turn.now), shift.ends_at):
        raise Refusal(S("rota.overlap_of", name=telling.name_of(turn.store, person_id)))


def _is_filled(turn: Turn, gap: Shift) -> bool:
    """Whether somebody who would hear a page has been given all of it since the button was shown."""
    counted = watching.counting(turn.store)
    return any(
        one.person_id in counted
        and (one.step, one.site_id) == (gap.step, gap.site_id)
        and one.starts_at <= gap.starts_at
        and gap.ends_at <= one.ends_at
        for one in turn.store.rota.between(gap.starts_at, gap.ends_at)
    )


def _gap(turn: Turn) -> Shift:
    """The gap behind the button, as a shift of nobody's. Raises Refusal for one that is over."""
    authorise(turn, Act.MANAGE_ROTA)
    begins, ends, step, site = (part(turn, n) for n in range(4))
    try:
        starts_at, ends_at = (from_millis(int(at, 16) * 60_000) for at in (begins, ends))
    except (ValueError, OverflowError):
        raise Refusal(S("door.stale.toast")) from None
    if ends_at <= turn.now or starts_at >= ends_at or not number(step):
        raise Refusal(S("rota.past"))
    known = site if site in telling.site_names(turn.store) else None
    return Shift("", "", known, number(step), max(starts_at, turn.now), ends_at, ShiftState.PLANNED)


def _shift(turn: Turn) -> Shift:
    """The shift behind the button while it can be changed. Raises Refusal."""
    authorise(turn, Act.MANAGE_ROTA)
    found = turn.store.rota.get(part(turn))
    if found is None or found.state is not ShiftState.PLANNED or found.ends_at <= turn.now:
        raise Refusal(S("rota.gone"))
    return found


def _pattern(turn: Turn) -> Pattern:
    authorise(turn, Act.MANAGE_ROTA)
    found = turn.store.rota.pattern(part(turn))
    if found is None:
        raise Refusal(S("rota.gone"))
    return found


def _line(turn: Turn, found: Shift) -> Line:
    site = telling.site_of(turn.store, found.site_id)
    return Line(found, telling.name_of(turn.store, found.person_id), site)


def _tell(turn: Turn, person_id: str, shown: Screen) -> None:
    person = turn.store.people.known(person_id)
    if person is not None and person.id != turn.person.id:
        telling.tell(turn.store, person, shown, turn.now)
