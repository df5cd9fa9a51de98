"""What those on call do with an alarm: take it, join, hand it on, end it. One winner, however many press."""

from datetime import datetime, timedelta

from handlers import desk, proofs
from handlers.access import Act, Asking, authorise
from handlers.crisis import boards, pages, rules
from handlers.crisis.paging import ESCALATE, JOIN, REMIND, page_next
from handlers.crisis.policy import followed
from handlers.crisis.sight import about, fresh, helps, refresh, retire, seen_by, tell_person
from handlers.fitting import pieces
from storage.records import Alarm, AlarmState, Happening, Lane, Outcome, Person, Promise
from storage.store import Store


def saw(store: Store, alarm: Alarm, by: Person, now: datetime) -> None:
    """Somebody who was paged has pressed something: whoever called for help sees that it was seen."""
    if store.alarms.seen(alarm.id, by.id, now):
        store.alarms.log(alarm.id, Happening.SEEN, now, by=by.id)
        tell_person(store, alarm, now)


def acknowledge(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Takes the alarm; True for the one who was first. Paging ends, unless more are wanted on this step."""
    if not store.alarms.take(alarm.id, by.id, now):
        return False
    store.alarms.log(alarm.id, Happening.TAKEN, now, by=by.id)
    _hand_over(store, alarm, by, now)
    return True


def take_over(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Takes the alarm from whoever had taken it; both and the person see it."""
    if not store.alarms.take_over(alarm.id, by.id, now):
        return False
    store.alarms.log(alarm.id, Happening.TAKEN_OVER, now, by=by.id)
    _hand_over(store, alarm, by, now)
    return True


def join(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """One more comes along where the policy wants several. False when nobody more is wanted, or they had come."""
    wanted = rules.still_wanted(alarm, len(store.alarms.takers_of(alarm.id)))
    if not wanted or not store.alarms.join(alarm.id, by.id, now):
        return False
    store.alarms.log(alarm.id, Happening.JOINED, now, by=by.id)
    _owe_paging(store, alarm, now)
    _brief(store, alarm, by, now)
    return True


def _hand_over(store: Store, alarm: Alarm, by: Person, now: datetime) -> None:
    current = fresh(store, alarm)
    store.timers.set(REMIND, alarm.id, rules.remind_at(current, now))
    _owe_paging(store, current, now)
    _brief(store, current, by, now)


def _owe_paging(store: Store, alarm: Alarm, now: datetime) -> None:
    """Paging ends with a take; or it goes on, where the policy wants more than have come."""
    if not rules.still_wanted(alarm, len(store.alarms.takers_of(alarm.id))):
        store.timers.drop(ESCALATE, alarm.id)
    elif store.timers.due_at(ESCALATE, alarm.id) is None:
        store.timers.set(ESCALATE, alarm.id, now + followed(alarm.policy).wait(alarm.step))


def _brief(store: Store, alarm: Alarm, by: Person, now: datetime) -> None:
    """Whoever takes it now learns whose it is and all that was written: at once, or after showing a code."""
    store.dialogues.drop(by.id)
    if not _has_page(store, alarm, by):  # it stood in their list
        desk.post(store, by, seen_by(store, fresh(store, alarm), by, now), now, Lane.PAGE, about(alarm))
    _tell_all(store, alarm, now)
    if proofs.is_open(store, by, now):
        tell_who(Asking(store, by, now), fresh(store, alarm))
    else:
        desk.post(store, by, pages.who_after_code(alarm), now, Lane.CRISIS, about(alarm, "who"))


def _has_page(store: Store, alarm: Alarm, person: Person) -> bool:
    """Whether a page of this alarm stands in the person's chat or is on its way: a list may have withdrawn it."""
    theirs = (card for card in store.cards.about(about(alarm)) if card.person_id == person.id)
    return any(not boards.is_gone(store, card) for card in theirs)


def _tell_all(store: Store, alarm: Alarm, now: datetime) -> None:
    """What a human did is seen at once, in lists too."""
    refresh(store, alarm, now)
    for page in store.alarms.paged(alarm.id):
        boards.refresh(store, page.person_id, now)


def tell_who(asks: Asking, alarm: Alarm) -> None:
    """Whose alarm it is and all the person has written. Raises Refusal for whoever does not hear it."""
    authorise(asks, Act.SEE_WHO_NEEDS_HELP, alarm)
    store, to = asks.store, asks.person
    person = store.people.get(alarm.person_id)
    family = store.families.get(alarm.family_id) if alarm.family_id else None
    desk.post(store, to, pages.who(alarm, person, family), asks.now, Lane.CRISIS, about(alarm, "who"))
    tell_lines(asks, alarm)


def tell_lines(asks: Asking, alarm: Alarm) -> bool:
    """All that the person has written. Raises Refusal for whoever does not hear them; False when there is nothing."""
    authorise(asks, Act.READ_ALARM_LINES, alarm)
    said = "\n".join(asks.store.alarms.lines(alarm))
    for piece in pieces(said, rules.SIDE_BY_SIDE):
        shown = pages.from_person(alarm, piece)
        desk.post(asks.store, asks.person, shown, asks.now, Lane.CRISIS, about(alarm, "lines"))
    return bool(said)


def pass_on(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Pages the next step now instead of later. False when the alarm is no longer open."""
    if alarm.state is not AlarmState.OPEN:
        return False
    store.alarms.log(alarm.id, Happening.PASSED_ON, now, by=by.id, step=alarm.step)
    page_next(store, alarm, now)
    _tell_all(store, alarm, now)
    return True


def hand_on(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Whoever holds it gives it away: it is open again and the next step is paged. False for anybody else."""
    if not store.alarms.give_back(alarm.id, by.id):
        return False
    store.dialogues.drop(by.id)
    store.timers.drop(REMIND, alarm.id)
    store.alarms.log(alarm.id, Happening.PASSED_ON, now, by=by.id, step=alarm.step)
    page_next(store, fresh(store, alarm), now)
    _tell_all(store, alarm, now)
    return True


def promise(
    store: Store, alarm: Alarm, by: Person, what: Promise, now: datetime, minutes: int | None = None
) -> bool:
    """What the holder does next, and in how many minutes if not at once; the person reads it. False for others."""
    due = now + timedelta(minutes=minutes) if minutes is not None else None
    if not store.alarms.promise(alarm.id, by.id, what, due):
        return False
    store.alarms.log(alarm.id, Happening.PROMISED, now, by=by.id)
    goes_on(store, alarm, by, now)
    return True


def goes_on(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """The holder is still on it: they are asked again later. False for anybody else."""
    if not store.alarms.is_still_there(alarm.id, by.id):
        return False
    current = fresh(store, alarm)
    store.timers.set(REMIND, alarm.id, rules.remind_at(current, now))
    _owe_paging(store, current, now)
    _tell_all(store, alarm, now)
    return True


def stand_down(store: Store, alarm: Alarm, by: Person, outcome: Outcome, now: datetime) -> bool:
    """Ends the alarm; the person and all who were paged see it. What was written is not kept."""
    if not store.alarms.end(alarm.id, outcome, now):
        return False
    for kind in (ESCALATE, REMIND, JOIN):
        store.timers.drop(kind, alarm.id)
    store.alarms.forget_lines(alarm.id)
    store.alarms.log(alarm.id, Happening.ENDED, now, by=by.id)
    _tell_all(store, alarm, now)
    return True


def somebody_left(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Whoever had taken or joined it and no longer helps, or is gone, is replaced. False when nobody has to be."""
    gone = [id for id in store.alarms.takers_of(alarm.id) if not _still_helps(store, id)]
    for id in gone:
        store.alarms.leave(alarm.id, id)
        store.alarms.log(alarm.id, Happening.LEFT, now, by=id)
    current = fresh(store, alarm)
    if current.taken_by is None:
        _succeed(store, current, now)
    _replace(store, fresh(store, alarm), now)
    if gone or current.taken_by is None:
        _tell_all(store, alarm, now)
    return bool(gone) or current.taken_by is None


def _still_helps(store: Store, person_id: str) -> bool:
    person = store.people.known(person_id)
    return person is not None and helps(person)


def _succeed(store: Store, alarm: Alarm, now: datetime) -> None:
    """Nobody has it: whoever joined first has it now, and hears that. With nobody there it is open, and paged."""
    joined = [store.people.known(id) for id in store.alarms.takers_of(alarm.id)]
    heir = next((one for one in joined if one is not None and not one.blocked), None)
    if heir is None:
        store.alarms.vacate(alarm.id)
        store.timers.drop(REMIND, alarm.id)
        return page_next(store, fresh(store, alarm), now)
    store.alarms.take_over(alarm.id, heir.id, now)
    store.alarms.log(alarm.id, Happening.TAKEN_OVER, now, by=heir.id)
    current = fresh(store, alarm)
    store.timers.set(REMIND, alarm.id, rules.remind_at(current, now))
    retire(store, current, heir, now)
    desk.post(store, heir, seen_by(store, current, heir, now), now, Lane.PAGE, about(alarm))
    return None


def _replace(store: Store, alarm: Alarm, now: datetime) -> None:
    """Fewer are left than are wanted: others are asked with the next beat."""
    owed = store.timers.due_at(ESCALATE, alarm.id)
    if owed is None and rules.still_wanted(alarm, len(store.alarms.takers_of(alarm.id))):
        store.timers.set(ESCALATE, alarm.id, now)
