"""Looking up an alarm that is over, and writing down what the team wants to remember of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import access
from handlers.access import Act, Asks
from handlers.alarms import rules
from handlers.alarms.rules import Entry
from handlers.refusal import Refusal
from locales.phrase import S
from storage.records import Alarm, AlarmState, Debrief, Role
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is shown of an alarm: its log, the names of staff by id, how many notes there are.

    `writes` and `protects` say whether this reader may add a note, and open a checklist of section 8a for its family.
    """

    alarm: Alarm
    log: Sequence[Entry]
    names: dict[str, str]
    notes: int
    writes: bool
    protects: bool = False


def past(asks: Asks) -> list[str]:
    """The ids of ended alarms, the newest first: a lead sees all, others those they had a part in. Raises Refusal."""
    access.authorise(asks, Act.SEE_PAST_ALARMS)
    drawer = asks.store.past_alarms
    leads = Role.LEAD in asks.person.roles
    return drawer.all(asks.person.id) if leads else drawer.of(asks.person.id)


def known(store: Store, alarm_id: str) -> Alarm:
    """Raises Refusal when there is none of that id, or none any more."""
    found = store.alarms.get(alarm_id)
    if found is None:
        raise Refusal(S("door.stale.toast"))
    return found


def sheet(asks: Asks, alarm_id: str) -> Sheet:
    """The alarm with its log; a line in the journal. Raises Refusal for whoever had no part in it."""
    alarm = known(asks.store, alarm_id)
    access.authorise(asks, Act.READ_ALARM_LOG, alarm)
    log = rules.entries(alarm, asks.store.alarms.logged(alarm.id))
    return Sheet(
        alarm=alarm,
        log=log,
        names=names(asks.store, rules.staff(log)),
        notes=len(asks.store.alarms.debriefs(alarm)),
        writes=_is_over(alarm) and access.may(asks, Act.WRITE_DEBRIEF, alarm),
        protects=_may_protect(asks, alarm),
    )


def _may_protect(asks: Asks, alarm: Alarm) -> bool:
    family = asks.store.families.get(alarm.family_id) if alarm.family_id is not None else None
    return family is not None and access.may(asks, Act.OPEN_CONCERN, family)


def names(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """What colleagues are called; whoever is gone has no name any more and is left out."""
    found = {id: store.people.known(id) for id in ids}
    return {id: person.name for id, person in found.items() if person is not None and person.name}


def may_write(asks: Asks, alarm_id: str) -> Alarm:
    """The alarm, if this person may write a note about it now. Raises Refusal."""
    alarm = known(asks.store, alarm_id)
    access.authorise(asks, Act.WRITE_DEBRIEF, alarm)
    if not _is_over(alarm):
        raise Refusal(S("alarms.goes_on"))
    return alarm


def write(asks: Asks, alarm_id: str, text: str) -> Debrief:
    """Seals the note. Raises Refusal as above."""
    alarm = may_write(asks, alarm_id)
    made = asks.store.alarms.add_debrief(alarm, asks.person.id, text, asks.now)
    asks.store.journal.write(
        asks.now, asks.person.id, "alarm.debriefed", f"alarm:{alarm.id}", alarm.family_id
    )
    return made


def notes(asks: Asks, alarm_id: str) -> tuple[Alarm, list[Debrief]]:
    """All notes about it, the oldest first; a line in the journal. Raises Refusal for whoever had no part in it."""
    alarm = known(asks.store, alarm_id)
    access.authorise(asks, Act.READ_DEBRIEFS, alarm)
    return alarm, asks.store.alarms.debriefs(alarm)


def _is_over(alarm: Alarm) -> bool:
    return alarm.state is AlarmState.ENDED
