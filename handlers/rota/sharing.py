"""The rota goes out as a calendar file, and what stands in one comes in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.access import Act, authorise
from handlers.rota import ics, lists, making, rules, said, telling, watching
from handlers.rota.ics import Entry, Known, Read
from handlers.screen import Document, Screen
from handlers.turn import Turn
from locales.phrase import S
from locales.translator import Voice
from storage.records import Role, Shift, ShiftState, SwapState
from storage.store import Store


@dataclass(slots=True)
class Imported:
    """What came of a file: how many shifts are new, changed, as they were, cancelled, left as the chat has them, or
    left because they had begun: of those only the end is taken over.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    cancelled: int = 0
    kept: int = 0
    begun: int = 0


def everybody(turn: Turn) -> None:
    """All shifts of the next eight weeks, for a lead."""
    authorise(turn, Act.MANAGE_ROTA)
    turn.note("rota.exported", "rota")
    turn.say(_file(exported(turn.store, turn.now, turn.voice), everybody=True))


def own(turn: Turn) -> None:
    authorise(turn, Act.SWAP_SHIFTS, turn.person)
    turn.say(_file(exported(turn.store, turn.now, turn.voice, turn.person.id), everybody=False))


def _file(text: str, *, everybody: bool) -> Screen:
    file = Document(ics.NAME, text)
    return Screen((lists.file(everybody=everybody),), document=file, to_keep=True)


def exported(store: Store, now: datetime, said_in: Voice, of: str | None = None) -> str:
    """The file of all planned shifts of eight weeks, or of one person's."""
    until = now + timedelta(weeks=rules.WEEKS_AHEAD, days=1)
    sites = telling.site_names(store)
    names = ics.names(store.people.with_role(Role.ON_CALL))
    shifts = [one for one in store.rota.between(now, until) if of is None or one.person_id == of]
    entries = []
    for shift in shifts:
        person = names.get(shift.person_id, shift.person_id)
        site = sites.get(shift.site_id or "")
        entries.append(Entry(shift, person, site, _summary(shift, person, site, said_in, own=of is not None)))
    return ics.written(entries, now)


def _summary(shift: Shift, person: str, site: str | None, said_in: Voice, *, own: bool) -> str:
    """What the calendar shows; a step is followed by a site, if any."""
    at = said.place(shift.step, None)
    title = said_in.say(S("rota.ics", place=at) if own else S("rota.ics_of", place=at, name=person))
    return f"{title}, {site}" if site else title


def known(store: Store) -> Known:
    """Whom and what a file may name. With it a file is read (ics.read) before the store is open for writing."""
    on_call, sites = store.people.with_role(Role.ON_CALL), store.agency.sites()
    return Known(on_call, sites, watching.last_step(store, None))


def until(now: datetime) -> datetime:
    """How far ahead a file is read."""
    return now + timedelta(weeks=rules.WEEKS_AHEAD)


def take(store: Store, found: Iterable[Read], now: datetime, by: str) -> Imported:
    """Takes over what was read from a file. The same again changes nothing."""
    done = Imported()
    for event in found:
        _take(store, event, now, done)
    store.journal.write(now, by, "rota.imported", f"shifts:{done.new + done.changed}")
    watching.look(store, now)
    return done


def _take(store: Store, event: Read, now: datetime, done: Imported) -> None:
    before = _known(store, event.uid)
    if before is None:
        if not event.cancelled and event.ends_at > now:
            making.add(store, _shift(event), now)
            done.new += 1
        return
    wanted = replace(
        _shift(event), id=before.id, pattern_id=before.pattern_id, day=before.day, uid=before.uid
    )
    if event.cancelled:
        done.cancelled += making.cancel(store, before, now)
    elif _same(before, wanted):
        done.same += 1
    elif _is_settled(before, now) or _swapped(store, before, wanted):
        done.kept += 1
    elif before.starts_at <= now and not _same(replace(before, ends_at=wanted.ends_at), wanted):
        done.begun += 1
    else:
        store.rota.put(wanted)
        making.owe(store, wanted, now)
        done.changed += 1


def _is_settled(before: Shift, now: datetime) -> bool:
    """It had begun, and is over: cancelled, or whoever held it has gone off duty. No file begins it once more."""
    goes_on = before.state is ShiftState.PLANNED and making.is_running(before, now)
    return before.starts_at <= now and not goes_on


def _known(store: Store, uid: str) -> Shift | None:
    own, is_ours, _ = uid.rpartition(ics.OURS)
    return store.rota.by_uid(uid) or (store.rota.get(own) if is_ours else None)


def _same(known: Shift, wanted: Shift) -> bool:
    """Cancelled in the chat stays cancelled, as long as the file says what it said."""
    return replace(known, state=ShiftState.PLANNED) == wanted


def _swapped(store: Store, known: Shift, wanted: Shift) -> bool:
    """Whether the file only does not know yet that somebody took the shift in the chat."""
    givers = {one.asker_id for one in store.rota.swaps_of(known.id) if one.state is SwapState.ACCEPTED}
    return wanted.person_id in givers and _same(replace(known, person_id=wanted.person_id), wanted)


def _shift(event: Read) -> Shift:
    return Shift(
        "",
        event.person_id,
        event.site_id,
        event.step,
        event.starts_at,
        event.ends_at,
        ShiftState.PLANNED,
        uid=event.uid,
    )
