"""Starting a drill, counting its answers, and ending it."""

from datetime import datetime, timedelta

from handlers import desk, oncall
from handlers.access import Act, Asks, authorise
from handlers.drills import rules, screens
from handlers.drills.screens import Table
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.watch import look_at_alarms
from locales.phrase import S
from locales.zone import here
from storage.records import Drill, Lane, Person, Probe, Role
from storage.store import Store

REMIND, END, DUE = "drills.remind", "drills.end", "drills.due"
MINUTE = timedelta(minutes=1)
TIME = "time"  # who acts when nobody does


def about(drill: Drill) -> str:
    """The name under which the tables of a drill are found."""
    return f"drills:{drill.id}"


def about_probe(probe: Probe) -> str:
    """The name under which somebody's test alarm is found."""
    return f"drill:{probe.id}"


def asked(store: Store) -> list[Person]:
    """Everybody who is rung: all who are on call, whether they hold the phone now or not."""
    return store.people.with_role(Role.ON_CALL)


def newest(asks: Asks) -> list[tuple[Drill, list[Probe]]]:
    """The last drills with their test alarms. Raises Refusal for whoever is no lead."""
    authorise(asks, Act.RUN_DRILL)
    found = asks.store.drills.newest(rules.KEPT_ON_SCREEN)
    return [(drill, asks.store.probes.of_drill(drill.id)) for drill in found]


def known(asks: Asks, drill_id: str) -> Drill:
    """Raises Refusal as above, and for one that is not there."""
    authorise(asks, Act.RUN_DRILL)
    found = asks.store.drills.get(drill_id)
    if found is None:
        raise Refusal(S("door.stale.toast"))
    return found


def start(asks: Asks) -> Drill | None:
    """Everybody's phone rings; None while a drill is under way. Raises Refusal for whoever is no lead."""
    authorise(asks, Act.RUN_DRILL)
    store, now = asks.store, asks.now
    drill = store.drills.start(asks.person.id, now, now + rules.OPEN)
    if drill is None:
        return None
    for person in asked(store):
        sent = store.probes.send(person.id, now, drill.id)
        ring(store, sent, person, screens.probe(sent, drill), now)
        if person.blocked:
            ring_beside(store, person, drill, now)
    store.timers.set(REMIND, drill.id, now + rules.REMINDED)
    store.timers.set(END, drill.id, drill.ends_at)
    store.timers.set(DUE, "", rules.next_due(now, here()))
    store.journal.write(now, asks.person.id, "drill.started", about(drill))
    for lead in _leads(store):
        if lead.id != asks.person.id:
            desk.post(store, lead, screens.table(table(store, drill)), now, Lane.NEWS, about(drill))
    return drill


def ring(store: Store, sent: Probe, person: Person, shown: Screen, now: datetime) -> None:
    """As loud and as early as a page. Nothing is sent to whoever has blocked the bot: the table shows it."""
    if not person.blocked:
        desk.post(store, person, shown, now, Lane.PAGE, about_probe(sent))


def ring_beside(store: Store, person: Person, drill: Drill, now: datetime) -> None:
    """Over the person's second ways, if they have confirmed one: that it is a drill, and nothing else."""
    left = (drill.ends_at - now) // MINUTE
    said = desk.voice_of(person).say(screens.rung(left))
    for way in store.second_ways.confirmed_of(person.id):
        store.rings.post(way, said, now)


def answer(asks: Asks, probe_id: str) -> Probe | None:
    """They have heard it and count as on call from now on; None where they had answered before.

    Raises Refusal for what is nobody's, or somebody else's.
    """
    authorise(asks, Act.ANSWER_DRILL, asks.person)
    store, now = asks.store, asks.now
    found = store.probes.get(probe_id)
    drill = store.drills.get(found.drill_id) if found is not None and found.drill_id else None
    if found is None or drill is None or found.person_id != asks.person.id:
        raise Refusal(S("door.stale.toast"))
    if not store.probes.answer(found.id, now):
        return None
    store.duties.tested(asks.person.id, now)
    store.timers.drop(oncall.PROBE, asks.person.id)
    look_at_alarms(store, now)
    store.journal.write(now, asks.person.id, "drill.answered", about_probe(found))
    follow_probe(store, found, drill, now)
    if all(one.answered_at is not None for one in store.probes.of_drill(drill.id)):
        end(store, drill, now)
    else:
        follow(store, drill, now)
    return found


def end(store: Store, drill: Drill, now: datetime) -> None:
    """The table is final. Whoever has not answered does not count as on call until they do."""
    if not store.drills.end(drill.id, now):
        return follow(store, drill, now)
    for kind in (REMIND, END):
        store.timers.drop(kind, drill.id)
    store.journal.write(now, TIME, "drill.ended", about(drill))
    silent = [one for one in store.probes.of_drill(drill.id) if one.answered_at is None]
    for one in silent:
        _does_not_count(store, one, now)
    if silent:
        look_at_alarms(store, now)
    follow(store, drill, now)
    shown = screens.over(table(store, store.drills.get(drill.id) or drill))
    for lead in _leads(store):
        desk.post(store, lead, shown, now, Lane.NEWS, "")
    return None


def _does_not_count(store: Store, one: Probe, now: datetime) -> None:
    oncall.unheard(store, one.person_id, now)
    store.timers.set(oncall.PROBE, one.person_id, now + rules.ASKED_AGAIN)
    person = store.people.known(one.person_id)
    if person is not None and not person.blocked and Role.ON_CALL in person.roles:
        desk.post(store, person, screens.missed(one), now, Lane.CRISIS, about_probe(one))


def follow(store: Store, drill: Drill, now: datetime) -> None:
    """Changes every table of this drill to what is true now."""
    shown = screens.table(table(store, store.drills.get(drill.id) or drill))

    def for_lead(viewer: Person) -> Screen:
        return shown if Role.LEAD in viewer.roles else screens.closed()

    desk.change_all(store, about(drill), for_lead, now, Lane.NEWS)


def follow_probe(store: Store, one: Probe, drill: Drill, now: datetime) -> None:
    """Every message of this test alarm says that it was heard."""
    answered = store.probes.get(one.id) or one
    desk.change_all(store, about_probe(one), lambda _: screens.thanks(answered, drill), now, Lane.ANSWER)


def table(store: Store, drill: Drill) -> Table:
    probes = rules.in_order(store.probes.of_drill(drill.id), drill)
    rows = [(_name(store, one.person_id), one) for one in probes]
    return Table(drill, rows, _name(store, drill.started_by))


def file(asks: Asks, drill: Drill) -> Screen:
    """The table as a file, with a line in the journal."""
    asks.store.journal.write(asks.now, asks.person.id, "drill.exported", about(drill))
    return screens.file(table(asks.store, drill), desk.voice_of(asks.person))


def _leads(store: Store) -> list[Person]:
    return store.people.with_role(Role.LEAD)


def _name(store: Store, person_id: str | None) -> str:
    person = store.people.known(person_id) if person_id else None
    return person.name if person is not None else ""
