"""Words and numbers by which somebody could be known are sealed; what lies open is listed here, with the reason."""

from sqlalchemy import LargeBinary, Text

from storage.sealed import FIELDS, OF_ALARMS, Whose
from storage.tables import metadata
from storage.types import Blind, Sealed

ID = "a random name of ours that says nothing"
CODE = "one of a closed list of words"
PUBLIC = "the agency's public facts"
OURS = "a word of our own code"
WHEN = "a day or a time of day"
PLACE = "what the agency calls a place of its own"
# every column of text that is not sealed, and why it need not be
OPEN = {
    "alarms.outcome": CODE,
    "alarms.policy": "minutes and numbers of steps",
    "alarms.promise": CODE,
    "alarms.state": CODE,
    "alarms.wish": CODE,
    "answers.answer": CODE,
    "appointments.bring": CODE,
    "appointments.interpreter": CODE,
    "appointments.kind": CODE,
    "appointments.state": CODE,
    "calendars.failure": "what our own code said about a failure",
    "calendars.feed_hash": "a mark of 256 random bits",
    "calls.outcome": CODE,
    "calls.why": CODE,
    "cards.about": "kind of thing and its id",
    "checkins.mood": CODE,
    "concern_marks.point": CODE,
    "consents.language": CODE,
    "consents.purpose": CODE,
    "consents.text_hash": "a mark of our own text",
    "courses.languages": CODE,
    "courses.state": CODE,
    "courses.syllabus": "the name of a file of ours or the agency's",
    "crisis_numbers.confirmed_on": PUBLIC,
    "crisis_numbers.hours": PUBLIC,
    "crisis_numbers.key": PUBLIC,
    "crisis_numbers.languages": PUBLIC,
    "crisis_numbers.number": PUBLIC,
    "crisis_places.label": PLACE,
    "deliveries.about": "kind of thing and its id",
    "deliveries.failure": "what Telegram or our own code said about a failure",
    "deliveries.method": OURS,
    "deliveries.state": CODE,
    "dialogues.room": OURS,
    "dialogues.step": OURS,
    "happenings.what": CODE,
    "holds.state": CODE,
    "invitations.code_hash": "a mark of 136 random bits",
    "invitations.role": CODE,
    "invitations.spoken_hash": "a keyed mark of 50 random bits",
    "journal.act": OURS,
    "journal.actor": ID,
    "journal.subject": "kind of thing and its id",
    "meeting_places.address": PUBLIC,
    "meeting_places.latitude": PUBLIC,
    "meeting_places.longitude": PUBLIC,
    "meeting_places.name": PUBLIC,
    "meeting_places.ways": PUBLIC,
    "moves.day": WHEN,
    "moves.outcome": CODE,
    "moves.part": CODE,
    "moves.state": CODE,
    "offers.kind": PUBLIC,
    "patterns.begins": WHEN,
    "patterns.ends": WHEN,
    "patterns.first_day": WHEN,
    "patterns.last_day": WHEN,
    "people.hint": CODE,
    "people.language": CODE,
    "people.quiet": CODE,
    "people.reminded": CODE,
    "people.shown_as": CODE,
    "policies.body": "the agency's own rule: minutes and numbers of steps",
    "practices.pace": CODE,
    "practices.state": CODE,
    "practices.syllabus": "the name of a file of ours or the agency's",
    "practised.answer": CODE,
    "reminders.kind": CODE,
    "reminders.reason": CODE,
    "reminders.state": CODE,
    "requests.state": CODE,
    "rings.failure": "what our own code said about a failure",
    "rings.state": CODE,
    "rings.text": (
        "that an alarm or a drill waits, in words of our own that leave our house and name nobody; the four "
        "digits of an address's test stand here until it is settled"
    ),
    "roles.role": CODE,
    "seats.state": CODE,
    "settings.name": OURS,
    "settings.value": "what the lead has chosen, and the journal's anchor",
    "shifts.day": WHEN,
    "shifts.state": CODE,
    "shifts.uid": "what a calendar calls an entry of its own",
    "sites.address": PUBLIC,
    "sites.name": PUBLIC,
    "swaps.state": CODE,
    "timers.kind": OURS,
    "timers.scope": "ids and words of our own code",
    "updates.failure": "the name of an error",
    "updates.state": CODE,
    "worries.state": CODE,
}
# columns called so hold what people said or who they are, in whatever table they turn up
TELLING = {
    "name",
    "label",
    "text",
    "note",
    "place",
    "body",
    "raw",
    "content",
    "secret",
    "summary",
    "ground",
    "phone",
}
NOBODYS = {
    "meeting_places.name",
    "sites.name",
    "settings.name",
    "crisis_places.label",
    "policies.body",
    "rings.text",
}
SEALED = {f"{sealed.field.table}.{sealed.field.column}" for sealed in FIELDS}
COLUMNS = {
    f"{table.name}.{column.name}": column for table in metadata.sorted_tables for column in table.columns
}


def test_every_sealed_column_says_whose_key_it_is() -> None:
    assert {name for name, column in COLUMNS.items() if isinstance(column.type, Sealed)} == SEALED
    assert len(FIELDS) == len(SEALED)


def test_bytes_are_sealed_or_blind_or_the_journals_own_marks() -> None:
    others = {
        name
        for name, column in COLUMNS.items()
        if isinstance(column.type, LargeBinary) and not isinstance(column.type, Sealed | Blind)
    }
    assert others == {"journal.mac"}


def test_every_open_column_of_text_has_its_reason() -> None:
    words = {name for name, column in COLUMNS.items() if isinstance(column.type, Text)}
    ids = {name for name in words if name.endswith((".id", "_id", "_by")) or COLUMNS[name].foreign_keys}
    assert words - ids == set(OPEN)
    assert all(OPEN.values())


def test_no_open_column_is_called_like_what_tells_of_people() -> None:
    telling = {name for name in COLUMNS if name.partition(".")[2] in TELLING}
    assert telling - SEALED <= NOBODYS


def test_whose_key_it_is_and_which_row_are_columns_of_the_table() -> None:
    for sealed in FIELDS:
        table = metadata.tables[sealed.field.table]
        assert sealed.row in table.c
        whose: Whose = sealed.whose
        for column in (whose.family, whose.person, whose.day):
            assert column is None or column in table.c or sealed.field in OF_ALARMS
