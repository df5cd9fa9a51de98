"""Opening a checklist, marking its points, closing it by two, and the document for the family's file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handlers import access, clearing, desk
from handlers.access import Act, Asks
from handlers.protection import rules, screens
from handlers.protection.screens import Numbers, Opened
from handlers.refusal import Refusal
from handlers.screen import Screen
from locales.phrase import S
from storage.records import Concern, Family, Lane, Mark, Person, Role
from storage.store import Store

REMIND = "protection.remind"
ASKED = "protection.asked"
TAKE_AWAY = "protection.take_away"


@dataclass(frozen=True, slots=True)
class OfFamily:
    """A family's checklists: the one that is open, and the others, the newest first."""

    family: Family
    current: Concern | None
    closed: list[Concern]


def about(concern_id: str) -> str:
    """The name under which a checklist's cards are found."""
    return f"concern:{concern_id}"


def listed(asks: Asks) -> list[Concern]:
    """Open checklists that this person may read, without a family's name. Raises Refusal."""
    access.authorise(asks, Act.LIST_CONCERNS)
    return [one for one in asks.store.concerns.not_closed() if access.may(asks, Act.READ_CONCERN, one)]


def of_family(asks: Asks, family_id: str) -> OfFamily:
    """A line in the journal, for its name is read. Raises Refusal unless this person may open one for the family."""
    family = access.family(asks, Act.OPEN_CONCERN, family_id)
    return _of(asks.store, family)


def _of(store: Store, family: Family) -> OfFamily:
    every = list(reversed(store.concerns.of_family(family.id)))
    current = next((one for one in every if one.closed_at is None), None)
    return OfFamily(family, current, [one for one in every if one.closed_at is not None])


def family_of_alarm(asks: Asks, alarm_id: str) -> tuple[str, int]:
    """The family of an alarm and the alarm's number. Raises Refusal when nobody knows it, and as `of_family` does."""
    alarm = asks.store.alarms.get(alarm_id)
    if alarm is None:
        raise Refusal(S("door.stale.toast"))
    access.check(asks, Act.SEE_ALARMS)
    if alarm.family_id is None:
        raise Refusal(S("protection.no_family"))
    return alarm.family_id, alarm.number


def begin(asks: Asks, family_id: str, alarm_number: int) -> Concern:
    """Opens a checklist; the one that is open, where there is one. Raises Refusal."""
    family = access.family(asks, Act.OPEN_CONCERN, family_id)
    current = _of(asks.store, family).current
    if current is not None:
        return current
    theirs = {alarm.number for alarm in asks.store.alarms.of_family(family.id)}
    number = alarm_number if alarm_number in theirs else None
    made = asks.store.concerns.open(family.id, asks.person.id, asks.now, number)
    touched(asks.store, made, asks.now)
    _note(asks, "concern.opened", made)
    return made


def known(store: Store, concern_id: str) -> Concern:
    """Raises Refusal when there is none of that id, or none any more."""
    found = store.concerns.get(concern_id)
    if found is None:
        raise Refusal(S("door.stale.toast"))
    return found


def read(asks: Asks, concern_id: str) -> Opened:
    """All that was marked; a line in the journal. Raises Refusal."""
    concern = known(asks.store, concern_id)
    access.authorise(asks, Act.READ_CONCERN, concern)
    return _opened(asks, concern)


def _opened(asks: Asks, concern: Concern) -> Opened:
    store = asks.store
    family = store.families.get(concern.family_id)
    if family is None:  # the store keeps no checklist without its family
        raise LookupError(f"no family of checklist {concern.id}")
    marks = store.concerns.marks(concern.id)
    ids = {concern.opened_by, *(mark.marked_by for mark in marks)}
    people = {id: store.people.known(id) for id in ids if id is not None}
    names = {id: person.name for id, person in people.items() if person is not None and person.name}
    return Opened(
        concern=concern,
        family=family,
        marks=marks,
        names=names,
        numbers=numbers(store),
        reader=asks.person.id,
        card=access.may(asks, Act.OPEN_FAMILY, family),
    )


def numbers(store: Store) -> Numbers:
    """Whom to call: the youth office only where the agency has entered it."""
    entered = {number.key: number.number for number in store.agency.numbers()}
    return Numbers(entered.get(rules.OFFICE_KEY), entered.get(rules.HOTLINE_KEY, rules.HOTLINE))


def may_mark(asks: Asks, concern_id: str, way: str) -> Concern:
    """The checklist, if a point of it can be marked in this way now. Raises Refusal."""
    concern = known(asks.store, concern_id)
    access.authorise(asks, Act.MARK_CONCERN, concern)
    if concern.closed_at is not None:
        raise Refusal(S("protection.closed_already"))
    if way not in rules.WAYS:
        raise Refusal(S("door.stale.toast"))
    return concern


def mark(asks: Asks, concern_id: str, way: str, note: str = "") -> Mark:
    """Marks it: who and when are written down for good. Raises Refusal, also for the same person's second mark."""
    concern = may_mark(asks, concern_id, way)
    if not rules.may_mark(way, asks.store.concerns.marks(concern.id), asks.person.id, note):
        point = rules.point_of(way)
        two = point is not None and point.people > 1
        raise Refusal(S("protection.second_person") if two else S("protection.marked_before"))
    made = asks.store.concerns.mark(concern, way, asks.person.id, note, asks.now)
    touched(asks.store, concern, asks.now)
    _note(asks, "concern.marked", concern)
    return made


def touched(store: Store, concern: Concern, now: datetime) -> None:
    """Something was done: the next reminder comes when nothing more is for a day."""
    store.timers.set(REMIND, concern.id, now + rules.REMIND_AFTER)


def ask_others(asks: Asks, concern_id: str) -> bool:
    """Asks everybody else who may to look at it too. False when that was done within the hour. Raises Refusal."""
    concern = known(asks.store, concern_id)
    access.authorise(asks, Act.MARK_CONCERN, concern)
    if asks.store.timers.due_at(ASKED, concern.id) is not None:
        return False
    asks.store.timers.set(ASKED, concern.id, asks.now + rules.ASK_AGAIN)
    _note(asks, "concern.second_asked", concern)
    shown = screens.asked(concern, asks.person.name)
    tell(asks.store, concern, _others(asks.store, concern, asks.now), shown, asks.now, but=asks.person.id)
    return True


def _others(store: Store, concern: Concern, now: datetime) -> Iterable[Person]:
    family = store.families.get(concern.family_id)
    return access.in_charge(store, family, now) if family is not None else ()


def tell(
    store: Store,
    concern: Concern,
    others: Iterable[Person],
    shown: Screen,
    now: datetime,
    but: str | None = None,
) -> None:
    """Whoever opened it, the leads and these others, each once; it says nothing of the family."""
    opener = store.people.known(concern.opened_by) if concern.opened_by else None
    wanted = [*([opener] if opener else []), *others, *store.people.with_role(Role.LEAD)]
    for person in {person.id: person for person in wanted if person.is_staff}.values():
        if person.id != but:
            desk.post(store, person, shown, now, Lane.NEWS, about(concern.id))


def close(asks: Asks, concern_id: str) -> Concern:
    """Closes it. Raises Refusal until two different people have marked the summary; the store holds to that."""
    concern = known(asks.store, concern_id)
    access.authorise(asks, Act.CLOSE_CONCERN, concern)
    if concern.closed_at is not None:
        raise Refusal(S("protection.closed_already"))
    if not asks.store.concerns.close(concern.id, asks.now):
        raise Refusal(S("protection.two_needed"))
    asks.store.timers.drop(REMIND, concern.id)
    _note(asks, "concern.closed", concern)
    return known(asks.store, concern.id)


def exported(asks: Asks, concern_id: str) -> Opened:
    """All of it, for the document. Raises Refusal, and NeedsCode unless a fresh code was shown."""
    concern = known(asks.store, concern_id)
    access.authorise(asks, Act.EXPORT_CONCERN, concern)
    _note(asks, "concern.exported", concern)
    return _opened(asks, concern)


def take_away(store: Store, card_id: str, now: datetime) -> None:
    """The document is taken out of the chat again."""
    card = store.cards.get(card_id)
    reader = store.people.known(card.person_id) if card is not None else None
    if card is not None and reader is not None and card.message_id is not None:
        clearing.cards(store, reader, [card], now)


def _note(asks: Asks, act: str, concern: Concern) -> None:
    asks.store.journal.write(asks.now, asks.person.id, act, about(concern.id), concern.family_id)
