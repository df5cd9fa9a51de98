"""Which alarm a button is about, and whether the person may do that to it."""

from handlers.access import Act, authorise
from handlers.crisis import answering
from handlers.given import part
from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.phrase import F, S
from storage.records import Alarm


def stale(turn: Turn) -> Refusal:
    """The no to a button that is about nothing any more, in the words of families or of staff."""
    return Refusal(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))


def alarm(turn: Turn) -> Alarm:
    """The alarm behind the button. Raises Refusal when there is none."""
    found = turn.store.alarms.get(part(turn))
    if found is None:
        raise stale(turn)
    return found


def alarm_for(turn: Turn, act: Act) -> Alarm:
    """As above. Raises Refusal unless the person may do this to it. Whoever was paged has now seen it."""
    found = alarm(turn)
    authorise(turn, act, found)
    answering.saw(turn.store, found, turn.person, turn.now)
    return found
