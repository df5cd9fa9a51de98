"""A house full of words that can be told apart: every sealed column of every holder has its own marker."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Table

from storage.concerns import CLOSING
from storage.records import AppointmentKind, Happening, Lane, Mood, OfferKind, Outcome, Person, Purpose, Role
from storage.store import Store
from storage.tables import (
    attendances,
    busy,
    calendars,
    calls,
    courses,
    crisis_places,
    declines,
    drills,
    holds,
    moves,
    patterns,
    practices,
    practised,
    probes,
    reminders,
    rings,
    seats,
    shifts,
    swaps,
)

DAY = timedelta(days=1)


@dataclass
class Planted:
    """A family and every marker that tells of it."""

    family_id: str
    people: list[str]
    number: int
    markers: set[str] = field(default_factory=set)

    def word(self, what: str) -> str:
        """A new marker of this family's."""
        marker = f"~family {self.number}~{what}~{len(self.markers)}~"
        self.markers.add(marker)
        return marker


@dataclass
class House:
    """Who works here, and the families."""

    caseworker: str
    lead: str
    families: list[Planted]


def agency(store: Store) -> None:
    store.agency.put_sites([{"id": "s", "name": "S", "address": "a", "places": 1}])
    store.agency.put_offers([{"id": "s-group", "site_id": "s", "kind": str(next(iter(OfferKind)))}])


def somebody(store: Store, number: int, name: str, role: Role, now: datetime) -> Person:
    met = store.people.met(number, "de", now)
    store.people.rename(met.id, name)
    store.people.grant(met.id, role, now)
    return met


def house(store: Store, families: int, now: datetime, *, richly: int = 1) -> House:
    """So many families, each with two parents and `richly` times something in every sealed column."""
    agency(store)
    caseworker = somebody(store, 1, "Frau Baum", Role.CASEWORKER, now)
    lead = somebody(store, 2, "Frau Leiter", Role.LEAD, now)
    store.logins.begin(lead.id, "SECRETOFTHELEAD")
    store.second_ways.add(lead.id, "ntfy://the-leads-own-topic", now)
    made = House(caseworker.id, lead.id, [])
    for n in range(families):
        made.families.append(family(store, made, n, now, richly))
    return made


def family(store: Store, there: House, number: int, now: datetime, richly: int) -> Planted:
    planted = Planted("", [], number)
    made = store.families.add(planted.word("label"), there.caseworker, now)
    planted.family_id = made.id
    for n in range(2):
        parent = somebody(store, 1000 + 10 * number + n, planted.word("name"), Role.PARENT, now)
        store.families.join(made.id, parent.id)
        planted.people.append(parent.id)
    for _ in range(richly):
        _fill(store, there, planted, now)
    return planted


def _fill(store: Store, there: House, planted: Planted, now: datetime) -> None:
    amina, _ = planted.people
    word, id = planted.word, planted.family_id
    store.invitations.add(Role.PARENT, word("invited"), now, family_id=id, invited_by=there.caseworker)
    made = store.appointments.add(id, there.caseworker, AppointmentKind.HOME_VISIT, now + DAY, word("place"))
    store.timers.set("appointments.remind", f"{made.id}:day", now + DAY)
    taken = store.checkins.add(amina, id, Mood.BAD, now)
    store.checkins.note(taken.id, amina, word("note"))
    store.entrusted.add(id, there.caseworker, word("entrusted"), now)
    alarm = store.alarms.open(amina, id, {}, now)
    store.alarms.add_line(alarm, word("line"), now)
    store.alarms.log(alarm.id, Happening.RAISED, now, amina)
    store.alarms.page(alarm.id, there.lead, 1, now)
    store.alarms.take(alarm.id, there.lead, now)
    store.alarms.log(alarm.id, Happening.TAKEN, now, there.lead)
    store.alarms.add_debrief(alarm, there.lead, word("debrief"), now)
    store.alarms.end(alarm.id, Outcome.ADVISED, now)
    store.worries.add(amina, id, word("worry"), now)
    concern = store.concerns.open(id, there.lead, now, alarm.number)
    store.concerns.mark(concern, "family", there.caseworker, word("mark"), now)
    store.consents.give(amina, Purpose.CONTACT, 1, "h", "tr", now)
    for whom, about in ((amina, f"appointment:{made.id}"), (there.caseworker, f"appointment:{made.id}")):
        card = store.cards.add(whom, about, now)
        store.cards.sent(card.id, 7)
        store.covers.put(card.id, whom, word("cover"), now)
        body = {"text": word("delivery")}
        store.deliveries.post(
            Lane.NEWS, 1, "sendMessage", body, now, person_id=whom, card_id=card.id, about=about
        )
    store.deliveries.post(Lane.NEWS, 1, "sendMessage", {"text": word("plain")}, now, person_id=amina)
    store.dialogues.put(amina, "checkins", "note", {"typed": word("typed")}, now)
    store.dialogues.put(there.caseworker, "caseload", "name", {"family": id, "typed": word("typed")}, now)
    sender = store.people.get(amina).telegram_id
    known = len(store.connection.exec_driver_sql("SELECT 1 FROM updates").fetchall())
    store.updates.keep([(known + 1, word("update"), sender), (known + 2, word("parked"), sender)], now)
    for number in (known + 1, known + 2):
        store.updates.park(number, "ValueError")
    store.invitations.guessed(sender, now)
    store.traces.add(amina, known, now)


def closed(store: Store, there: House, now: datetime) -> None:
    """Two people agree that every checklist is done."""
    for concern in store.concerns.not_closed():
        for one in (there.caseworker, there.lead):
            store.concerns.mark(concern, CLOSING, one, "", now)
        assert store.concerns.close(concern.id, now)


def rota(store: Store, person_id: str, asked_id: str, now: datetime) -> None:
    """One row in everything that a rota, its tests and its places are made of, all of it over now."""
    way = store.second_ways.add(person_id, "ntfy://a-topic", now)
    alarm = store.alarms.newest(1)
    rows = {
        patterns: {
            "id": "p", "step": 1, "weekday": 0, "begins": "22:00", "ends": "06:00", "first_day": "2026-01-05",
        },
        shifts: {
            "id": "h", "step": 1, "starts_at": now - DAY, "ends_at": now, "state": "planned", "pattern_id": "p",
            "day": "2026-01-05",
        },
        probes: {"id": "q", "drill_id": "d", "sent_at": now},
    }  # fmt: skip
    lone = {
        drills: {"id": "d", "started_by": person_id, "started_at": now, "ends_at": now},
        swaps: {
            "id": "w", "shift_id": "h", "asker_id": person_id, "asked_id": asked_id, "state": "asked", "asked_at": now,
        },
        rings: {
            "id": 1, "way_id": way.id, "alarm_id": alarm[0].id if alarm else None, "text": "Pänz", "attempts": 1,
            "state": "delivered", "not_before": now, "created_at": now, "settled_at": now,
        },
        crisis_places: {"id": "k", "site_id": "s", "label": "1", "position": 1},
        holds: {
            "id": "o", "place_id": "k", "asked_by": person_id, "from_porz": 1, "state": "released", "asked_at": now,
            "ended_at": now,
        },
    }  # fmt: skip
    for table in (patterns, shifts, drills, probes, swaps, rings, crisis_places, holds):
        row = {**rows[table], "person_id": person_id} if table in rows else lone[table]
        store.connection.execute(table.insert(), row)


def agenda(store: Store, planted: Planted, there: House, now: datetime) -> None:
    """One row in everything around appointments and courses, all of it over now."""
    amina, _ = planted.people
    made = store.appointments.ids_of_family(planted.family_id)[0]
    whose = {"appointment_id": made, "person_id": amina, "family_id": planted.family_id, "at": now}
    course = {
        "id": "c",
        "offer_id": "s-group",
        "caseworker_id": there.caseworker,
        "place": b"",
        "starts_at": now,
    }
    rows: dict[Table, dict[str, object]] = {
        declines: {**whose, "id": "d", "reason": b""},
        moves: {**whose, "id": "m", "caseworker_id": there.caseworker, "state": "settled", "asked_at": now},
        reminders: {**whose, "id": "r", "kind": "day_before", "due_at": now, "first_due_at": now, "state": "delivered"},
        calls: {**whose, "id": "a", "why": "unanswered", "since": now, "done_at": now},
        attendances: {**whose, "came": 1},
        calendars: {"person_id": there.caseworker},
        busy: {"id": "b", "person_id": there.caseworker, "starts_at": now, "ends_at": now},
        courses: {
            **course, "syllabus": "toddlers", "minutes": 90, "seats": 8, "child_care": 1, "languages": "de",
            "state": "open", "made_at": now,
        },
        seats: {**whose, "course_id": "c", "state": "taken"},
        practices: {**whose, "id": "p", "syllabus": "toddlers", "step": 0, "state": "sent", "pace": "daily"},
        practised: {**whose, "practice_id": "p", "step": 0, "answer": "yes"},
    }  # fmt: skip
    for table, row in rows.items():
        known = {name: value for name, value in row.items() if name in table.c}
        store.connection.execute(table.insert(), known)
