"""What people are told of what is known about them, table by table, and why the rest is in nobody's file."""

from collections.abc import Mapping
from dataclasses import dataclass

MARKS = "marks"  # what stands for an account where nobody's number may be read


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a table whose column `by` names somebody of `of` (people, families, alarms), and what they tell.

    Of `counted` ones a person reads how many there are; the file for machines has them all. What stands only
    `in_the_file` goes with the family's case file and is not handed to whoever asks for their own.
    """

    table: str
    by: str
    of: str
    told: tuple[str, ...]
    counted: bool = False
    in_the_file: bool = False


def _part(
    table: str, by: str, of: str, told: str, *, counted: bool = False, in_the_file: bool = False
) -> Part:
    return Part(table, by, of, tuple(told.split()), counted, in_the_file)


PARTS = (
    _part(
        "people",
        "id",
        "people",
        "name telegram_id language hint blocked discreet paused_at created_at shown_as quiet reminded "
        "evenings",
    ),
    _part("roles", "person_id", "people", "role since"),
    _part("families", "id", "families", "label caseworker_id created_at"),
    _part("enrolments", "family_id", "families", "offer_id since"),
    _part(
        "appointments",
        "family_id",
        "families",
        "id kind starts_at minutes place state caseworker_id interpreter bring moved_from made_at",
    ),
    _part("answers", "person_id", "people", "appointment_id answer late at"),
    _part("declines", "person_id", "people", "appointment_id reason at"),
    _part(
        "moves",
        "person_id",
        "people",
        "appointment_id state slot_at day part offered_at asked_at settled_at outcome",
    ),
    _part(
        "reminders", "person_id", "people", "appointment_id kind due_at state reason settled_at", counted=True
    ),
    _part("calls", "person_id", "people", "appointment_id why since done_at outcome"),
    _part("attendances", "person_id", "people", "appointment_id came at marked_by"),
    _part("seats", "family_id", "families", "course_id state at"),
    _part("practices", "person_id", "people", "id syllabus step state pace at"),
    _part("practised", "practice_id", "practices", "step answer at"),
    _part("calendars", "person_id", "people", "looked_at failure"),
    _part("busy", "person_id", "people", "starts_at ends_at", counted=True),
    _part("checkins", "person_id", "people", "mood note at"),
    _part(
        "alarms",
        "person_id",
        "people",
        "id number opened_at state site_id taken_by taken_at promise promised_for wish safe_at withdrawn_at "
        "outcome ended_at",
    ),
    _part("lines", "alarm_id", "alarms", "alarm_id text at"),
    _part("pages", "alarm_id", "alarms", "alarm_id person_id paged_at delivered_at seen_at"),
    _part("takes", "alarm_id", "alarms", "alarm_id person_id at"),
    _part("happenings", "alarm_id", "alarms", "alarm_id at what done_by step", counted=True),
    _part("debriefs", "alarm_id", "alarms", "alarm_id written_by at"),
    _part("worries", "person_id", "people", "text at state"),
    _part("concerns", "family_id", "families", "number opened_at closed_at opened_by", in_the_file=True),
    _part("concern_marks", "family_id", "families", "point marked_by at note", in_the_file=True),
    _part("entrusted", "family_id", "families", "confidant_id at"),
    _part("consents", "person_id", "people", "purpose version text_hash language given_at revoked_at"),
    _part(
        "requests",
        "person_id",
        "people",
        "state asked_at exported_at proposed_by proposed_at decided_by decided_at",
    ),
    _part("legal_holds", "family_id", "families", "since set_by"),
    _part(
        "invitations", "used_by", "people", "role discreet confirmed invited_by used_at decided_by decided_at"
    ),
    _part("deputies", "caseworker_id", "people", "deputy_id starts_at ends_at made_by"),
    _part("deputies", "deputy_id", "people", "caseworker_id starts_at ends_at made_by"),
    _part("duties", "person_id", "people", "step since on tested_at"),
    _part(
        "patterns",
        "person_id",
        "people",
        "id site_id step weekday begins ends first_day last_day",
        counted=True,
    ),
    _part("shifts", "person_id", "people", "id site_id step starts_at ends_at state day", counted=True),
    _part("swaps", "asker_id", "people", "shift_id asked_id state asked_at answered_at", counted=True),
    _part("swaps", "asked_id", "people", "shift_id asker_id state asked_at answered_at", counted=True),
    _part("probes", "person_id", "people", "sent_at delivered_at answered_at", counted=True),
    _part("second_ways", "person_id", "people", "id added_at confirmed_at"),
    _part("rings", "way_id", "second_ways", "alarm_id text state created_at settled_at", counted=True),
    _part("logins", "person_id", "people", "confirmed open_until fresh_until failures locked_until"),
    _part("dialogues", "person_id", "people", "room step expires_at"),
    _part("cards", "person_id", "people", "message_id created_at", counted=True),
    _part("deliveries", "person_id", "people", "method state created_at settled_at", counted=True),
    _part("covers", "person_id", "people", "created_at", counted=True),
    _part("traces", "person_id", "people", "message_id at", counted=True),
    _part("updates", "sender", MARKS, "state arrived_at", counted=True),
    _part("guesses", "sender", MARKS, "at", counted=True),
)
# why a column, or a whole table, is in nobody's file; each word has a text in the staff's papers
TECHNICAL, ELSEWHERE, OTHERS, SECRET, ENTRUSTED, WORK, PASSING, NOBODY = (
    "technical",  # says nothing about anybody
    "elsewhere",  # stands in the file under another name
    "others",  # would tell of somebody else
    "secret",  # whoever had it could act in their name
    "entrusted",  # only the confidant may hand it out (section 65 SGB VIII)
    "work",  # what a member of staff did for the agency
    "passing",  # words on their way, gone within the hour
    "nobody",  # about no person at all
)
HELD_BACK: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "sites",
            "offers",
            "crisis_numbers",
            "policies",
            "settings",
            "timers",
            "crisis_places",
            "meeting_places",
        ),
        NOBODY,
    ),
    **dict.fromkeys(("sessions", "courses", "incidents", "drills", "holds", "debriefs.text"), WORK),
    **dict.fromkeys(("members", "journal", "people.telegram_index"), ELSEWHERE),
    **dict.fromkeys(("checkins.family_id", "alarms.family_id", "requests.family_id"), ELSEWHERE),
    **dict.fromkeys(("worries.family_id", "concerns.alarm_number", "appointments.only_for"), ELSEWHERE),
    **dict.fromkeys(("invitations.family_id", "invitations.name", "deliveries.chat_id"), ELSEWHERE),
    **dict.fromkeys(("deliveries.body", "covers.body", "updates.raw", "dialogues.content"), PASSING),
    **dict.fromkeys(
        ("logins.secret", "logins.last_step", "second_ways.address", "calendars.import_url"), SECRET
    ),
    **dict.fromkeys(("invitations.code_hash", "invitations.spoken_hash", "calendars.feed_hash"), SECRET),
    **dict.fromkeys(("declines.family_id", "moves.family_id", "calls.family_id"), ELSEWHERE),
    **dict.fromkeys(("practices.family_id",), ELSEWHERE),
    **dict.fromkeys(("moves.caseworker_id", "calls.done_by"), WORK),
    "entrusted.text": ENTRUSTED,
    "legal_holds.ground": OTHERS,
    **dict.fromkeys(
        (
            *("appointments.revision", "appointments.session_id", "checkins.id", "consents.id"),
            *("alarms.policy", "alarms.step", "alarms.round", "alarms.revision", "lines.id", "pages.step"),
            *("alarms.reminded_at", "alarms.forgotten_at", "alarms.taken_step"),
            *("entrusted.id", "requests.id", "deputies.id", "guesses.id", "cards.id", "cards.about"),
            *("invitations.id", "invitations.step", "invitations.created_at", "invitations.expires_at"),
            *("deliveries.id", "deliveries.lane", "deliveries.card_id", "deliveries.edits"),
            *("deliveries.about", "deliveries.attempts", "deliveries.not_before"),
            *("deliveries.lease_until", "deliveries.failure", "covers.card_id"),
            *("happenings.id", "debriefs.id", "worries.id", "concerns.id", "concern_marks.id"),
            *("concern_marks.concern_id", "shifts.pattern_id", "shifts.uid", "swaps.id", "probes.id"),
            *("probes.drill_id", "rings.id", "rings.attempts", "rings.not_before", "rings.lease_until"),
            "rings.failure",
            *("appointments.meeting_place_id", "appointments.series_id", "declines.id", "moves.id"),
            *("reminders.id", "reminders.first_due_at", "calls.id", "busy.id", "calendars.next_look_at"),
            *("deliveries.rank", "deliveries.expires_at"),
            *("updates.update_id", "updates.tries", "updates.failure"),
        ),
        TECHNICAL,
    ),
}
