"""Words of distress, as far as several rooms have to do with them: are there any, and do they belong to an alarm."""

from datetime import datetime, timedelta

from handlers.turn import Turn
from locales.distress import says_yes, sounds_distressed
from storage.records import Alarm, AlarmState, Person, Worry, WorryState
from storage.store import Store

TIMER = "crisis.worry"
BELONGS_FOR = timedelta(hours=24)  # what was written so long ago belongs to an alarm that is raised now
LISTENS_FOR = timedelta(hours=24)


def hears(turn: Turn, said: str) -> bool:
    """Whether a parent, or somebody we do not know, has typed words of distress; what staff type is about others."""
    return not turn.person.is_staff and sounds_distressed(said)


def says_yes_to_it(turn: Turn) -> bool:
    """Whether this is a typed yes to the question whether help is needed."""
    return is_asked(turn.store, turn.person) and says_yes(turn.asked.text)


def is_asked(store: Store, person: Person) -> bool:
    """Whether this person has been asked and may still answer in time."""
    newest = store.worries.newest(person.id)
    return newest is not None and newest[1] is WorryState.ASKED


def team_reads(store: Store, person: Person, now: datetime) -> bool:
    """Whether what this person types goes to the team anyway, since their alarm is not over."""
    alarm = store.alarms.current_of(person.id)
    return alarm is not None and still_listens(alarm, now)


def still_listens(alarm: Alarm, now: datetime) -> bool:
    """Whether what the person types is meant for the team: always while open, a day long once it was taken."""
    return alarm.state is AlarmState.OPEN or now - alarm.opened_at < LISTENS_FOR


def settled(store: Store, person: Person, state: WorryState, now: datetime) -> list[Worry]:
    """The person has said yes or no: what they wrote, the oldest first. What staff were told of it follows."""
    act = "worry.needs_help" if state is WorryState.NEEDS_HELP else "worry.needs_none"
    found = []
    for worry in store.worries.open_of(person.id, now - BELONGS_FOR):
        if store.worries.decide(worry.id, state):
            store.timers.set(TIMER, worry.id, now)
            store.journal.write(now, person.id, act, f"worry:{worry.id}", worry.family_id)
            found.append(worry)
    return found
