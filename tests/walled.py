"""A family with all it may have, and everybody who has nothing to do with it."""

from datetime import datetime, timedelta

from storage.records import (
    Answer,
    Appointment,
    AppointmentKind,
    Course,
    CourseState,
    DayPart,
    Mood,
    Person,
    Practised,
    Reason,
    ReminderKind,
    Role,
    Why,
)
from storage.store import Store

LABEL, MOTHER, PLACE, NOTE = "Zauberahorn", "Walburgis", "Geheimgasse", "Kummerwort"
ENTRUSTED, CRIED, INVITED = "Vertrauenswort", "Notwort", "Kunigunde"
NOTICED, REMEMBERED, CALENDAR = "Sorgenwort", "Nachwort", "Kalenderwort"
SECRETS = (LABEL, MOTHER, PLACE, NOTE, ENTRUSTED, CRIED, INVITED, NOTICED, REMEMBERED, CALENDAR)
# rows of the family, by table: none may change, whatever strangers press; an alarm is anybody's on call to end
ROWS = {
    "families": "id = :family",
    "members": "family_id = :family",
    "appointments": "family_id = :family",
    "checkins": "family_id = :family",
    "entrusted": "family_id = :family",
    "invitations": "family_id = :family",
    "enrolments": "family_id = :family",
    "legal_holds": "family_id = :family",
    "requests": "family_id = :family",
    "concerns": "family_id = :family",
    "concern_marks": "family_id = :family",
    "calls": "family_id = :family",
    "declines": "family_id = :family",
    "moves": "family_id = :family",
    "seats": "family_id = :family",
    "practices": "family_id = :family",
    "practised": "practice_id IN (SELECT id FROM practices WHERE family_id = :family)",
    "attendances": "appointment_id IN (SELECT id FROM appointments WHERE family_id = :family)",
    "reminders": "appointment_id IN (SELECT id FROM appointments WHERE family_id = :family)",
    "courses": "caseworker_id = (SELECT caseworker_id FROM families WHERE id = :family)",
    "sessions": "caseworker_id = (SELECT caseworker_id FROM families WHERE id = :family)",
    "calendars": "person_id = (SELECT caseworker_id FROM families WHERE id = :family)",
    "answers": "appointment_id IN (SELECT id FROM appointments WHERE family_id = :family)",
    "consents": "person_id IN (SELECT person_id FROM members WHERE family_id = :family)",
    "deputies": "caseworker_id IN (SELECT caseworker_id FROM families WHERE id = :family)",
    "roles": "person_id IN (SELECT person_id FROM members WHERE family_id = :family)",
}


class World:
    """A family with all it may have, and everybody who has nothing to do with it."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.now = now
        store.settings.ask_for_codes(True)
        store.agency.replace_policies({"": {"minutes": [5, 5]}})
        store.agency.put_sites([{"id": "s", "name": "Haus", "address": "", "places": 1}])
        store.agency.put_offers([{"id": "o", "site_id": "s", "kind": "parent_training"}])
        klein = self._somebody(store, 1, "Frau Klein", Role.CASEWORKER)
        gross = self._somebody(store, 2, "Herr Gross", Role.CASEWORKER)
        ended = self._somebody(store, 3, "Frau Ende", Role.CASEWORKER)
        koch = self._somebody(store, 4, "Frau Koch", Role.ON_CALL)
        lang = self._somebody(store, 5, "Frau Lang", Role.LEAD)
        other = self._somebody(store, 6, "Amina", Role.PARENT)
        guest = self._somebody(store, 7, "")
        self.mother = self._somebody(store, 8, MOTHER, Role.PARENT)
        self.family = store.families.add(LABEL, klein.id, now)
        theirs = store.families.add("Birke", gross.id, now)
        store.families.join(self.family.id, self.mother.id)
        store.families.join(theirs.id, other.id)
        store.families.enrol(self.family.id, "o", now)
        store.deputies.add(klein.id, ended.id, now - timedelta(days=9), now - timedelta(days=2), klein.id)
        for colleague in (gross, ended):
            store.logins.begin(colleague.id, "A" * 32)
            store.logins.enter(colleague.id, 1, now + timedelta(hours=9), now + timedelta(hours=9))
        self.ids = self._content(store, klein, theirs.id)
        self.ids += [person.id for person in (klein, gross, ended, koch, lang, other, guest, self.mother)]
        self.strangers = [gross, ended, koch, lang, other, guest]

    def _somebody(self, store: Store, number: int, name: str, *roles: Role) -> Person:
        person = store.people.met(number, "de", self.now)
        store.people.rename(person.id, name)
        for role in roles:
            store.people.grant(person.id, role, self.now)
        if Role.ON_CALL in roles:
            store.duties.assign(person.id, 1, self.now)
            store.duties.tested(person.id, self.now)
        return store.people.get(person.id)

    def _content(self, store: Store, klein: Person, theirs: str) -> list[str]:
        now, family = self.now, self.family
        kind = AppointmentKind.HOME_VISIT
        made = store.appointments.add(family.id, klein.id, kind, now + timedelta(days=1), PLACE)
        taken = store.checkins.add(self.mother.id, family.id, Mood.BAD, now)
        store.checkins.note(taken.id, self.mother.id, NOTE)
        note = store.entrusted.add(family.id, klein.id, ENTRUSTED, now)
        code, _ = store.invitations.add(Role.PARENT, INVITED, now, family_id=family.id, invited_by=klein.id)
        invitation = store.invitations.find(code, now)
        alarm = store.alarms.open(self.mother.id, family.id, {"minutes": [5, 5]}, now)
        store.alarms.add_line(alarm, CRIED, now)
        store.alarms.add_debrief(alarm, klein.id, REMEMBERED, now)
        concern = store.concerns.open(family.id, klein.id, now, alarm.number)
        store.concerns.mark(concern, "noticed", klein.id, NOTICED, now)
        session = store.training.add("o", klein.id, now + timedelta(days=1), "Haus")
        card = store.cards.add(self.mother.id, f"appointment:{made.id}", now)
        request = store.requests.ask(self.mother.id, family.id, now)
        deputy = store.deputies.of_caseworker(klein.id, now - timedelta(days=5))[0]
        assert invitation is not None
        found = (family, made, taken, note, invitation, alarm, session, card, request, deputy, concern)
        return [
            theirs,
            *(one.id for one in found),
            *self._agreed(store, klein, made),
            *self._course(store, klein),
        ]

    def _agreed(self, store: Store, klein: Person, made: Appointment) -> list[str]:
        """One that she wishes to move, one she declined and one that is over; a call, and klein's own calendar."""
        now, family, mother, hour = self.now, self.family.id, self.mother.id, timedelta(hours=1)
        gone, off = (
            store.appointments.add(family, klein.id, AppointmentKind.DOCTOR, now + wait, PLACE)
            for wait in (-2 * hour, 50 * hour)
        )
        move = store.moves.add(made, mother, now, day=now.date(), part=DayPart.EVENING)
        store.appointments.answer(off.id, mother, Answer.NO, now)
        store.declines.add(off.id, mother, family, Reason.ILL, now)
        store.attendances.mark(gone.id, mother, came=False, now=now, by=klein.id)
        reminder = store.reminders.owe(made.id, mother, ReminderKind.DAY_BEFORE, now + hour)
        call = store.calls.add(family, mother, Why.UNANSWERED, now, made.id)
        store.calendars.watch(klein.id, f"https://{CALENDAR}.example/a.ics", now)
        assert move is not None
        return [one.id for one in (gone, off, move, reminder, call)]

    def _course(self, store: Store, klein: Person) -> list[str]:
        """A course of klein's in which the family has a seat, and the mother's place in its exercises."""
        at = self.now + timedelta(days=2)
        course = store.courses.add(
            Course(
                id="",
                offer_id="o",
                caseworker_id=klein.id,
                syllabus="toddlers",
                place="Haus",
                meeting_place_id=None,
                starts_at=at,
                minutes=90,
                seats=4,
                child_care=True,
                languages=("de",),
                state=CourseState.OPEN,
                made_at=self.now,
            )
        )
        session = store.training.add("o", klein.id, at, "Haus", course.id, 1)
        store.courses.invite(course.id, self.family.id, self.now)
        store.courses.take(course.id, self.family.id, self.now)
        practice = store.practices.start(self.mother.id, self.family.id, "toddlers", self.now)
        store.practices.say(practice.id, 0, Practised.BIT, self.now)
        return [course.id, session.id, practice.id]

    def cries(self, store: Store) -> None:
        """There is always an alarm with words in it."""
        if store.alarms.current_of(self.mother.id) is None:
            alarm = store.alarms.open(self.mother.id, self.family.id, {"minutes": [5, 5]}, self.now)
            store.alarms.add_line(alarm, CRIED, self.now)
            self.ids.append(alarm.id)

    def rows(self, store: Store) -> dict[str, list[tuple[object, ...]]]:
        return {
            table: [
                tuple(row)
                for row in store.connection.exec_driver_sql(
                    f"SELECT * FROM {table} WHERE {where} ORDER BY 1, 2",  # noqa: S608 - our own words
                    {"family": self.family.id},
                )
            ]
            for table, where in ROWS.items()
        }
