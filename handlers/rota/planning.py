"""A lead writes a weekly or a single shift down, question by question."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from handlers.access import Act, authorise
from handlers.given import part
from handlers.refusal import Refusal
from handlers.rota import forms, making, rules, swapping, telling, watching
from handlers.rota.forms import DONE, EVERYWHERE, ONCE, STEPS, WEEKLY, Draft, Named
from handlers.rota.rows import ROOM
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import S
from locales.zone import here
from storage.records import Pattern, Shift, ShiftState, new_id

DAYS = 21


def begin(turn: Turn) -> None:
    authorise(turn, Act.MANAGE_ROTA)
    kind = WEEKLY if part(turn) == WEEKLY else ONCE
    _go(turn, Draft(new_id()[:6], kind), "who")


def pick(turn: Turn) -> None:
    """An answer was pressed: one that does not fit the open question shows it once more."""
    draft, at = _draft(turn)
    taken = _take(turn, draft, at, part(turn, 2)) if part(turn, 1) == at else None
    if taken is None:
        turn.flash(S("door.stale.toast"))
        return _go(turn, draft, at)
    stays = at == "days" and part(turn, 2) != DONE
    return _go(turn, taken, at if stays else _next(taken, at))


def typed(turn: Turn) -> None:
    """A time that is no whole hour was written instead of pressed."""
    authorise(turn, Act.MANAGE_ROTA)
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    found = rules.clock_time(turn.asked.text)
    if dialogue is None or dialogue.room != ROOM:
        raise Refusal(S("rota.gone"))
    if found is None:
        raise Refusal(S("rota.no_time"))
    draft = Draft(**dialogue.content)
    draft = _at(draft, dialogue.step, f"{found:%H:%M}")
    _go(turn, draft, _next(draft, dialogue.step))


def back(turn: Turn) -> None:
    draft, at = _draft(turn)
    steps = [step for step in STEPS[draft.kind] if step == at or _is_asked(turn, step)]
    _go(turn, draft, steps[max(0, steps.index(at) - 1)])


def stop(turn: Turn) -> None:
    _draft(turn)
    turn.store.dialogues.drop(turn.person.id)
    turn.show(forms.stopped())


def save(turn: Turn) -> None:
    """It is written down, and the shifts of eight weeks with it; whoever holds them is told."""
    draft, at = _draft(turn)
    if at != "preview":
        turn.flash(S("door.stale.toast"))
        return _go(turn, draft, at)
    made = _weekly(turn, draft) if draft.kind == WEEKLY else _once(turn, draft)
    turn.store.dialogues.drop(turn.person.id)
    turn.note("rota.pattern_made" if draft.kind == WEEKLY else "rota.shift_added", f"person:{draft.who}")
    turn.show(forms.saved(draft, _named(turn, draft), len(made)))
    holder = turn.store.people.known(draft.who)
    if holder is not None and holder.id != turn.person.id:
        telling.tell(turn.store, holder, forms.new_shifts(len(made)), turn.now)
    watching.look(turn.store, turn.now)
    return None


def _weekly(turn: Turn, draft: Draft) -> list[Shift]:
    today = turn.now.astimezone(here()).date().isoformat()
    made = [
        Pattern("", draft.who, draft.site, draft.step, day, draft.begins, draft.ends, today, None)
        for day in sorted(draft.days)
    ]
    patterns = [turn.store.rota.add_pattern(one) for one in made]
    return making.make(turn.store, patterns, turn.now)


def _once(turn: Turn, draft: Draft) -> list[Shift]:
    begins, ends = rules.clock_time(draft.begins), rules.clock_time(draft.ends)
    if begins is None or ends is None:
        raise Refusal(S("rota.gone"))
    span = rules.between(date.fromisoformat(draft.day), begins, ends)
    if span.ends_at <= max(turn.now, span.starts_at):
        raise Refusal(S("rota.past"))
    shift = Shift("", draft.who, draft.site, draft.step, span.starts_at, span.ends_at, ShiftState.PLANNED)
    return [making.add(turn.store, shift, turn.now)]


def _take(turn: Turn, draft: Draft, at: str, value: str) -> Draft | None:
    """The draft with this answer; None for one that does not fit."""
    takes: dict[str, Callable[[Turn, Draft, str], Draft | None]] = {
        "who": _take_who,
        "site": _take_site,
        "step": _take_step,
        "days": _take_days,
        "day": _take_day,
    }
    if at in takes:
        return takes[at](turn, draft, value)
    found = rules.clock_time(f"{value[:2]}:{value[2:]}")
    return _at(draft, at, f"{found:%H:%M}") if found is not None and at in {"begins", "ends"} else None


def _take_who(turn: Turn, draft: Draft, value: str) -> Draft | None:
    known = {one.id for one in swapping.colleagues(turn.store, "")}
    return replace(draft, who=value) if value in known else None


def _take_site(turn: Turn, draft: Draft, value: str) -> Draft | None:
    if value == EVERYWHERE:
        return replace(draft, site=None)
    return replace(draft, site=value) if value in telling.site_names(turn.store) else None


def _take_step(turn: Turn, draft: Draft, value: str) -> Draft | None:
    known = {str(step): step for step in _steps(turn, draft)}
    return replace(draft, step=known[value]) if value in known else None


def _take_days(turn: Turn, draft: Draft, value: str) -> Draft | None:
    if value == DONE:
        return draft if draft.days else None
    if value not in set("0123456"):
        return None
    return replace(draft, days=sorted(set(draft.days) ^ {int(value)}))


def _take_day(turn: Turn, draft: Draft, value: str) -> Draft | None:
    return replace(draft, day=value) if value in {one.isoformat() for one in _days(turn)} else None


def _at(draft: Draft, at: str, value: str) -> Draft:
    return replace(draft, begins=value) if at == "begins" else replace(draft, ends=value)


def _days(turn: Turn) -> list[date]:
    today = turn.now.astimezone(here()).date()
    return [today + timedelta(days=n) for n in range(DAYS)]


def _steps(turn: Turn, draft: Draft) -> list[int]:
    return list(range(1, watching.last_step(turn.store, draft.site) + 1))


def _is_asked(turn: Turn, step: str) -> bool:
    """Where there is no site to choose from, nobody is asked for one."""
    return step != "site" or bool(turn.store.agency.sites())


def _next(draft: Draft, at: str) -> str:
    steps = STEPS[draft.kind]
    return steps[steps.index(at) + 1]


def _go(turn: Turn, draft: Draft, at: str) -> None:
    if not _is_asked(turn, at):
        return _go(turn, draft, _next(draft, at))
    turn.store.dialogues.put(turn.person.id, ROOM, at, draft.content(), turn.now)
    return turn.show(_asked(turn, draft, at))


def _asked(turn: Turn, draft: Draft, at: str) -> Screen:
    named = _named(turn, draft)
    asks: dict[str, Callable[[], Screen]] = {
        "who": lambda: forms.who(draft, swapping.colleagues(turn.store, "")),
        "site": lambda: forms.site(draft, named, turn.store.agency.sites()),
        "step": lambda: forms.step(draft, named, _steps(turn, draft)),
        "days": lambda: forms.days(draft, named),
        "day": lambda: forms.day(draft, named, {one: turn.voice.day_short(one) for one in _days(turn)}),
        "preview": lambda: forms.preview(draft, named),
    }
    return asks[at]() if at in asks else forms.clock(draft, named, at)


def _named(turn: Turn, draft: Draft) -> Named:
    store = turn.store
    return Named(telling.name_of(store, draft.who), telling.site_of(store, draft.site), turn.voice)


def _draft(turn: Turn) -> tuple[Draft, str]:
    """The draft behind the button and its open question. Raises Refusal for a button of another time."""
    authorise(turn, Act.MANAGE_ROTA)
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is None or dialogue.room != ROOM or dialogue.content.get("key") != part(turn):
        raise Refusal(S("rota.gone"))
    return Draft(**dialogue.content), dialogue.step
