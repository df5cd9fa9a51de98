"""Which alarm a button is about, and whether the person may do that to it."""

from handlers.access import Act, authorise
from handlers.crisis import answering
from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.phrase import F, S
from storage.records import Alarm


def parts(turn: Turn) -> tuple[str, ...]:
    """What the button carries behind its verb."""
    return turn.asked.press.parts if turn.asked.press else ()


def alarm(turn: Turn) -> Alarm:
    """The alarm behind the button. Raises Refusal when there is none."""
    carried = parts(turn)
    found = turn.store.alarms.get(carried[0]) if carried else None
    if found is None:
        raise Refusal(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))
    return found


def alarm_for(turn: Turn, act: Act) -> Alarm:
    """As above. Raises Refusal unless the person may do this to it. Whoever was paged has now seen it."""
    found = alarm(turn)
    authorise(turn, act, found)
    answering.saw(turn.store, found, turn.person, turn.now)
    return found
