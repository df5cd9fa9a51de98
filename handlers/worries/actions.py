"""What is done with words of distress, each act one transaction."""

from datetime import datetime

from handlers import access, desk, oncall, worrying
from handlers.access import Act, Asking
from handlers.fitting import pieces
from handlers.worries import rules, screens
from handlers.worrying import TIMER
from storage.records import Family, Lane, Person, Role, Worry, WorryState
from storage.store import Store

TIME = "time"  # who acts when nobody does


def keep(store: Store, person: Person, text: str, now: datetime) -> tuple[Worry, bool]:
    """Keeps what was written; True when the person is to be asked whether help is needed now.

    What follows an earlier one within minutes shares its fate.
    """
    newest = store.worries.newest(person.id)
    asks = rules.is_asked_again(newest, now)
    family = store.families.known_of(person.id)
    state = WorryState.ASKED if asks or newest is None else newest[1]
    worry = store.worries.add(person.id, family.id if family else None, text, now, state)
    store.journal.write(now, person.id, "worry.kept", about(worry), worry.family_id)
    if asks:
        store.timers.set(TIMER, worry.id, now + rules.PATIENCE)
    elif state is WorryState.NEEDS_NONE and family is not None:
        _tell_of_fine(store, family, worry, now)
    return worry, asks


def is_fine(store: Store, person: Person, now: datetime) -> tuple[bool, Person | None]:
    """The person says that no help is needed: whether they had been asked, and the caseworker who learns of it."""
    answered = worrying.settled(store, person, WorryState.NEEDS_NONE, now)
    family = store.families.known_of(person.id)
    if not answered or family is None:
        return bool(answered), None
    _tell_of_fine(store, family, answered[0], now)
    return True, store.people.get(family.caseworker_id)


def unanswered(store: Store, worry: Worry, now: datetime) -> None:
    """No answer came: those on call and whoever works with the family learn that, and not whose words they were.

    Where nobody can be told, it stays asked, and somebody may be there in a minute.
    """
    there = _whoever_may_look(store, worry, now)
    if not there:
        store.timers.set(TIMER, worry.id, now + rules.NOBODY_THERE)
        return
    store.worries.decide(worry.id, WorryState.UNANSWERED)
    store.journal.write(now, TIME, "worry.unanswered", about(worry), worry.family_id)
    for person in there:
        desk.post(
            store, person, screens.noticed(worry, WorryState.UNANSWERED), now, Lane.CRISIS, about(worry)
        )


def follows(store: Store, worry: Worry, now: datetime) -> None:
    """What was told about it says what is true now."""
    shown = screens.noticed(worry, worry.state)
    desk.change_all(store, about(worry), lambda _: shown, now, Lane.CRISIS)


def tell(asks: Asking, worry: Worry) -> None:
    """Whose words they are, and the words. Raises Refusal for whoever was not told of it, NeedsCode before a code."""
    access.authorise(asks, Act.READ_WORRY, worry)
    store, now = asks.store, asks.now
    writer = store.people.get(worry.person_id)
    family = store.families.get(worry.family_id) if worry.family_id else None
    shown = rules.together(worry, store.worries.of_person(writer.id, worry.at))
    for one in shown[1:]:
        access.has_read(asks, Act.READ_WORRY, one)
    first, *more = pieces("\n".join(one.text for one in shown), rules.SIDE_BY_SIDE)
    desk.post(
        store, asks.person, screens.opened(worry, writer, family, first), now, Lane.ANSWER, _words(worry)
    )
    for piece in more:
        desk.post(store, asks.person, screens.more(piece), now, Lane.ANSWER, _words(worry))


def about(worry: Worry) -> str:
    """What is told about it; `_words` is what shows the words themselves, and does not change with it."""
    return f"worry:{worry.id}"


def _words(worry: Worry) -> str:
    return f"distress:{worry.id}"


def _tell_of_fine(store: Store, family: Family, worry: Worry, now: datetime) -> None:
    for person in access.in_charge(store, family, now):
        desk.post(store, person, screens.fine_now(worry, family), now, Lane.NEWS, _words(worry))


def _whoever_may_look(store: Store, worry: Worry, now: datetime) -> list[Person]:
    """Those an alarm would page, else whoever leads or has answered no test page; and who works with the family."""
    family = store.families.get(worry.family_id) if worry.family_id else None
    site = store.families.site_of(family.id) if family else None

    def concerns(one: Person) -> bool:
        return one.id == worry.person_id or (
            family is not None and store.families.is_member(family.id, one.id)
        )

    found = oncall.on_call(store, site, now, but=concerns)
    called = [one for _, one in found.counting] or [*found.untested, *store.people.with_role(Role.LEAD)]
    people = called + (access.in_charge(store, family, now) if family else [])
    return list({one.id: one for one in people if not concerns(one) and not one.blocked}.values())
