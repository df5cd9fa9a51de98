"""What is done with words of distress, each act one transaction."""

from datetime import datetime

from handlers import access, desk, worrying
from handlers.access import Act, Asking
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
    """No answer came: those on call and whoever works with the family learn that, and not whose words they were."""
    store.worries.decide(worry.id, WorryState.UNANSWERED)
    store.journal.write(now, TIME, "worry.unanswered", about(worry), worry.family_id)
    for person in _whoever_may_look(store, worry, now):
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
    words = [one.text for one in store.worries.of_person(writer.id, worry.at) if one.state is worry.state]
    first, *more = rules.pieces("\n".join(words))
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
    """Those on call for the family's site, else whoever leads; and whoever works with the family."""
    family = store.families.get(worry.family_id) if worry.family_id else None
    site = store.families.site_of(family.id) if family else None
    ids = [
        duty.person_id for duty in store.duties.on_now(now) if duty.tested and duty.site_id in {None, site}
    ]
    known = [one for one in map(store.people.known, ids) if one is not None]
    on_call = [one for one in known if Role.ON_CALL in one.roles and not one.blocked]
    people = (on_call or store.people.with_role(Role.LEAD)) + (
        access.in_charge(store, family, now) if family else []
    )
    return list({one.id: one for one in people if one.id != worry.person_id}.values())
