"""The closed list of what anybody can do, and the one table of who may. What stands in no row is nobody's."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeAlias

from storage.records import Role


class Act(StrEnum):
    """One word for each thing anybody can do."""

    ASK_FOR_HELP = "ask_for_help"
    RAISE_ALARM = "raise_alarm"
    WITHDRAW_ALARM = "withdraw_alarm"
    SAY_SAFE = "say_safe"
    WISH_IN_ALARM = "wish_in_alarm"
    SEE_ALARMS = "see_alarms"
    TAKE_ALARM = "take_alarm"
    PASS_ALARM_ON = "pass_alarm_on"  # noqa: S105 - no password
    JOIN_ALARM = "join_alarm"
    PROMISE_IN_ALARM = "promise_in_alarm"
    HAND_ALARM_ON = "hand_alarm_on"
    WRITE_IN_ALARM = "write_in_alarm"
    END_ALARM = "end_alarm"
    SEE_WHO_NEEDS_HELP = "see_who_needs_help"
    READ_ALARM_LINES = "read_alarm_lines"
    SEE_PAST_ALARMS = "see_past_alarms"
    READ_ALARM_LOG = "read_alarm_log"
    WRITE_DEBRIEF = "write_debrief"
    READ_DEBRIEFS = "read_debriefs"
    READ_WORRY = "read_worry"
    GO_ON_DUTY = "go_on_duty"
    SEE_ROTA = "see_rota"
    SWAP_SHIFTS = "swap_shifts"
    MANAGE_ROTA = "manage_rota"
    KEEP_SECOND_WAYS = "keep_second_ways"
    SEE_PLACES = "see_places"
    HOLD_PLACE = "hold_place"
    SEE_PAST_HOLDS = "see_past_holds"
    ANSWER_DRILL = "answer_drill"
    RUN_DRILL = "run_drill"

    SEE_OWN_APPOINTMENTS = "see_own_appointments"
    ANSWER_APPOINTMENT = "answer_appointment"
    CHECK_IN = "check_in"
    CONSENT = "consent"
    BE_DISCREET = "be_discreet"
    CHOOSE_REMINDERS = "choose_reminders"
    CHOOSE_QUIET = "choose_quiet"
    CHOOSE_HOW_SHOWN = "choose_how_shown"
    READ_NEWS = "read_news"
    USE_OWN_RIGHTS = "use_own_rights"

    LIST_FAMILIES = "list_families"
    ADD_FAMILY = "add_family"
    OPEN_FAMILY = "open_family"
    ENROL_FAMILY = "enrol_family"
    INVITE_PARENT = "invite_parent"
    CONFIRM_PARENT = "confirm_parent"
    HAND_OVER_FAMILY = "hand_over_family"
    PLAN = "plan"
    PLAN_APPOINTMENT = "plan_appointment"
    LIST_APPOINTMENTS = "list_appointments"
    SEE_APPOINTMENT = "see_appointment"
    CANCEL_APPOINTMENT = "cancel_appointment"
    ASK_TO_MOVE = "ask_to_move"
    DECIDE_MOVE = "decide_move"
    SHIFT_APPOINTMENT = "shift_appointment"
    EXPLAIN_APPOINTMENT = "explain_appointment"
    LIST_ATTENDANCE = "list_attendance"
    SEE_ATTENDANCE = "see_attendance"
    NOTE_ATTENDANCE = "note_attendance"
    LIST_CALLS = "list_calls"
    SEE_CALL = "see_call"
    NOTE_CALL = "note_call"
    SEE_OFFERS_WEEK = "see_offers_week"
    KEEP_CALENDARS = "keep_calendars"
    READ_FEED = "read_feed"
    LIST_TRAININGS = "list_trainings"
    SEE_TRAINING = "see_training"
    CANCEL_TRAINING = "cancel_training"
    JOIN_COURSE = "join_course"
    SEE_COURSE = "see_course"
    LEAD_COURSE = "lead_course"
    NOTE_PRESENCE = "note_presence"
    CERTIFY = "certify"
    PRACTISE = "practise"
    GIVE_PRACTICE = "give_practice"
    SEE_PRACTICE = "see_practice"
    LIST_CHECKINS = "list_checkins"
    READ_CHECKIN = "read_checkin"

    COUNT_ENTRUSTED = "count_entrusted"
    ENTRUST = "entrust"
    READ_ENTRUSTED = "read_entrusted"
    READ_ENTRUSTED_ON_GROUND = "read_entrusted_on_ground"
    DELETE_ENTRUSTED = "delete_entrusted"

    SEE_DEPUTIES = "see_deputies"
    NAME_DEPUTY = "name_deputy"
    END_DEPUTY = "end_deputy"

    LIST_CONCERNS = "list_concerns"
    OPEN_CONCERN = "open_concern"
    READ_CONCERN = "read_concern"
    MARK_CONCERN = "mark_concern"
    CLOSE_CONCERN = "close_concern"
    EXPORT_CONCERN = "export_concern"

    SEE_FAMILY_RIGHTS = "see_family_rights"
    EXPORT_FAMILY = "export_family"
    PROPOSE_ERASE = "propose_erase"
    GRANT_ERASE = "grant_erase"
    SEE_REQUESTS = "see_requests"
    SET_HOLD = "set_hold"
    LIFT_HOLD = "lift_hold"

    SEE_TEAM = "see_team"
    INVITE_STAFF = "invite_staff"
    REVOKE_ROLE = "revoke_role"
    RESET_CODE = "reset_code"
    HAND_OVER_ALL = "hand_over_all"
    OVERSEE = "oversee"
    SEE_RULES = "see_rules"
    SWITCH_CODES_ON = "switch_codes_on"
    SWITCH_CODES_OFF = "switch_codes_off"
    SEE_KEEPING = "see_keeping"
    READ_JOURNAL = "read_journal"
    SEE_INCIDENTS = "see_incidents"
    NOTE_INCIDENT = "note_incident"


class Relation(StrEnum):
    """How a person stands to what they want to act on."""

    ANY = "any"  # whatever it is
    SELF = "self"  # it is they
    MEMBER = "member"  # a parent of the family
    OWN = "own"  # the family's caseworker
    DEPUTY = "deputy"  # stands in for the family's caseworker at this moment
    PLANNER = "planner"  # planned the training
    PLANNERS_DEPUTY = "planners_deputy"  # stands in at this moment for whoever did
    CONFIDANT = "confidant"  # wrote the words down and still works with the family
    SUCCESSOR = "successor"  # works with the family now, but was not the one in whom it confided
    RAISED = "raised"  # cried for help
    OTHERS = "others"  # somebody else cried
    TAKER = "taker"  # has taken the alarm
    HEARING = "hearing"  # has taken the alarm or joined, or was paged and nobody is on it
    INVOLVED = "involved"  # was paged for the alarm, or took it
    TOLD = "told"  # learned that somebody wrote words of distress
    HELPED = "helped"  # took an alarm of the family in the last weeks
    ANY_FAMILY = "any_family"  # whatever family it is, or whatever family's checklist


class Proof(IntEnum):
    """What a member of staff must have shown besides their Telegram account, as long as codes are asked for."""

    NONE = 0
    OPEN = 1  # a code within the last 12 hours
    FRESH = 2  # a code within the last 5 minutes


Grants: TypeAlias = Mapping[Role | None, frozenset[Relation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which role may in which relation, what must be shown for it, and whether a family's content is read."""

    grants: Grants
    proof: Proof = Proof.NONE
    reads: bool = False


def _in(*relations: Relation) -> frozenset[Relation]:
    return frozenset(relations)


EVERYBODY = None  # with a role or without
_ANY, _SELF, _OWN, _DEPUTY = Relation.ANY, Relation.SELF, Relation.OWN, Relation.DEPUTY
_CASEWORKER, _LEAD, _ON_CALL, _PARENT = Role.CASEWORKER, Role.LEAD, Role.ON_CALL, Role.PARENT
_NONE, _OPEN, _FRESH = Proof.NONE, Proof.OPEN, Proof.FRESH

_everybody: Grants = {EVERYBODY: _in(_ANY)}
_team_lead: Grants = {_LEAD: _in(_ANY)}
_any_caseworker: Grants = {_CASEWORKER: _in(_ANY)}
_who_cares: Grants = {_CASEWORKER: _in(_OWN, _DEPUTY)}
_who_trains: Grants = {_CASEWORKER: _in(Relation.PLANNER, Relation.PLANNERS_DEPUTY)}
_own_parent: Grants = {_PARENT: _in(Relation.MEMBER)}


def _on_alarms(*relations: Relation) -> Grants:
    """On-call staff act on alarms; leads too, for when nobody is on duty."""
    return {_ON_CALL: _in(*relations), _LEAD: _in(*relations)}


_who_answered: Grants = {_ON_CALL: _in(Relation.INVOLVED), _LEAD: _in(Relation.OTHERS)}
_who_protects: Grants = {
    _CASEWORKER: _in(_OWN, _DEPUTY),
    _ON_CALL: _in(Relation.HELPED),
    _LEAD: _in(Relation.ANY_FAMILY),
}

_who_was_told: Grants = {
    _CASEWORKER: _in(_OWN, _DEPUTY),
    _ON_CALL: _in(Relation.TOLD),
    _LEAD: _in(Relation.TOLD),
}

ACCESS: Mapping[Act, Rule] = {
    Act.ASK_FOR_HELP: Rule(_everybody),
    Act.RAISE_ALARM: Rule(_everybody),
    Act.WITHDRAW_ALARM: Rule({EVERYBODY: _in(Relation.RAISED)}),
    Act.SAY_SAFE: Rule({EVERYBODY: _in(Relation.RAISED)}),
    Act.WISH_IN_ALARM: Rule({EVERYBODY: _in(Relation.RAISED)}),
    Act.SEE_ALARMS: Rule(_on_alarms(_ANY)),
    Act.TAKE_ALARM: Rule(_on_alarms(Relation.OTHERS)),
    Act.PASS_ALARM_ON: Rule(_on_alarms(Relation.OTHERS)),
    Act.JOIN_ALARM: Rule(_on_alarms(Relation.OTHERS)),
    Act.PROMISE_IN_ALARM: Rule(_on_alarms(Relation.TAKER)),
    Act.HAND_ALARM_ON: Rule(_on_alarms(Relation.TAKER)),
    Act.WRITE_IN_ALARM: Rule(_on_alarms(Relation.TAKER)),
    Act.END_ALARM: Rule(_on_alarms(Relation.TAKER)),
    Act.SEE_WHO_NEEDS_HELP: Rule(_on_alarms(Relation.HEARING), _OPEN, reads=True),
    Act.READ_ALARM_LINES: Rule(_on_alarms(Relation.HEARING), _OPEN, reads=True),
    Act.SEE_PAST_ALARMS: Rule(_on_alarms(_ANY), _OPEN),
    Act.READ_ALARM_LOG: Rule(_who_answered, _OPEN, reads=True),
    Act.WRITE_DEBRIEF: Rule({_ON_CALL: _in(Relation.TAKER), _LEAD: _in(Relation.OTHERS)}, _OPEN),
    Act.READ_DEBRIEFS: Rule(_who_answered, _OPEN, reads=True),
    Act.READ_WORRY: Rule(_who_was_told, _OPEN, reads=True),
    Act.GO_ON_DUTY: Rule({_ON_CALL: _in(_SELF)}),
    Act.SEE_ROTA: Rule(_on_alarms(_ANY)),
    Act.SWAP_SHIFTS: Rule({_ON_CALL: _in(_SELF)}),
    Act.MANAGE_ROTA: Rule(_team_lead, _OPEN),
    Act.KEEP_SECOND_WAYS: Rule(_on_alarms(_SELF)),
    Act.SEE_PLACES: Rule(_on_alarms(_ANY)),
    Act.HOLD_PLACE: Rule(_on_alarms(_ANY)),
    Act.SEE_PAST_HOLDS: Rule(_team_lead, _OPEN),
    Act.ANSWER_DRILL: Rule({_ON_CALL: _in(_SELF)}),
    Act.RUN_DRILL: Rule(_team_lead, _OPEN),
    Act.SEE_OWN_APPOINTMENTS: Rule(_own_parent),
    Act.ANSWER_APPOINTMENT: Rule(_own_parent),
    Act.CHECK_IN: Rule(_own_parent),
    Act.CONSENT: Rule(_own_parent),
    Act.READ_NEWS: Rule({EVERYBODY: _in(_SELF)}, _OPEN),
    Act.BE_DISCREET: Rule({_PARENT: _in(_SELF)}),
    Act.CHOOSE_REMINDERS: Rule({_PARENT: _in(_SELF)}),
    Act.CHOOSE_QUIET: Rule({EVERYBODY: _in(_SELF)}),
    Act.CHOOSE_HOW_SHOWN: Rule({role: _in(_SELF) for role in (_ON_CALL, _LEAD)}),
    Act.USE_OWN_RIGHTS: Rule({EVERYBODY: _in(_SELF)}),
    Act.LIST_FAMILIES: Rule(_any_caseworker, _OPEN),
    Act.ADD_FAMILY: Rule(_any_caseworker, _OPEN),
    Act.OPEN_FAMILY: Rule(_who_cares, _OPEN, reads=True),
    Act.ENROL_FAMILY: Rule(_who_cares, _OPEN),
    Act.INVITE_PARENT: Rule(_who_cares, _OPEN),
    Act.CONFIRM_PARENT: Rule(_who_cares, _OPEN),
    Act.HAND_OVER_FAMILY: Rule({_CASEWORKER: _in(_OWN), _LEAD: _in(_ANY)}, _OPEN),
    Act.PLAN: Rule(_any_caseworker, _OPEN),
    Act.PLAN_APPOINTMENT: Rule(_who_cares, _OPEN),
    Act.LIST_APPOINTMENTS: Rule(_any_caseworker, _OPEN),
    Act.SEE_APPOINTMENT: Rule(_who_cares, _OPEN, reads=True),
    Act.CANCEL_APPOINTMENT: Rule(_who_cares, _OPEN),
    Act.ASK_TO_MOVE: Rule(_own_parent),
    Act.DECIDE_MOVE: Rule(_who_cares, _OPEN),
    Act.SHIFT_APPOINTMENT: Rule(_who_cares, _OPEN),
    Act.EXPLAIN_APPOINTMENT: Rule(_who_cares, _OPEN, reads=True),
    Act.LIST_ATTENDANCE: Rule(_any_caseworker, _OPEN),
    Act.SEE_ATTENDANCE: Rule(_who_cares, _OPEN, reads=True),
    Act.NOTE_ATTENDANCE: Rule(_who_cares, _OPEN),
    Act.LIST_CALLS: Rule(_any_caseworker, _OPEN),
    Act.SEE_CALL: Rule(_who_cares, _OPEN, reads=True),
    Act.NOTE_CALL: Rule(_who_cares, _OPEN),
    Act.SEE_OFFERS_WEEK: Rule(_team_lead, _OPEN),
    Act.KEEP_CALENDARS: Rule({_CASEWORKER: _in(_SELF)}, _OPEN),
    Act.READ_FEED: Rule({_CASEWORKER: _in(_SELF)}),
    Act.LIST_TRAININGS: Rule(_any_caseworker, _OPEN),
    Act.SEE_TRAINING: Rule({_CASEWORKER: _in(Relation.PLANNER)}, _OPEN),
    Act.CANCEL_TRAINING: Rule({_CASEWORKER: _in(Relation.PLANNER)}, _OPEN),
    Act.JOIN_COURSE: Rule(_own_parent),
    Act.SEE_COURSE: Rule(_who_trains, _OPEN),
    Act.LEAD_COURSE: Rule(_who_trains, _OPEN),
    Act.NOTE_PRESENCE: Rule(_who_trains, _OPEN),
    Act.CERTIFY: Rule(_who_trains, _OPEN),
    Act.PRACTISE: Rule(_own_parent),
    Act.GIVE_PRACTICE: Rule(_who_cares, _OPEN),
    Act.SEE_PRACTICE: Rule(_who_cares, _OPEN, reads=True),
    Act.LIST_CHECKINS: Rule(_any_caseworker, _OPEN),
    Act.READ_CHECKIN: Rule(_who_cares, _OPEN, reads=True),
    Act.COUNT_ENTRUSTED: Rule(_who_cares, _OPEN),
    Act.ENTRUST: Rule(_who_cares, _OPEN),
    Act.READ_ENTRUSTED: Rule({_CASEWORKER: _in(Relation.CONFIDANT)}, _OPEN, reads=True),
    Act.READ_ENTRUSTED_ON_GROUND: Rule({_CASEWORKER: _in(Relation.SUCCESSOR)}, _FRESH, reads=True),
    Act.DELETE_ENTRUSTED: Rule({_CASEWORKER: _in(Relation.CONFIDANT)}, _OPEN),
    Act.SEE_DEPUTIES: Rule({_CASEWORKER: _in(_SELF), _LEAD: _in(_ANY)}, _OPEN),
    Act.NAME_DEPUTY: Rule({_CASEWORKER: _in(_SELF), _LEAD: _in(_ANY)}, _OPEN),
    Act.END_DEPUTY: Rule({_CASEWORKER: _in(_SELF), _LEAD: _in(_ANY)}, _OPEN),
    Act.LIST_CONCERNS: Rule({role: _in(_ANY) for role in (_LEAD, _CASEWORKER, _ON_CALL)}, _OPEN),
    Act.OPEN_CONCERN: Rule(_who_protects, _OPEN, reads=True),
    Act.READ_CONCERN: Rule(_who_protects, _OPEN, reads=True),
    Act.MARK_CONCERN: Rule(_who_protects, _OPEN),
    Act.CLOSE_CONCERN: Rule(_who_protects, _OPEN),
    Act.EXPORT_CONCERN: Rule(_who_protects, _FRESH, reads=True),
    Act.SEE_FAMILY_RIGHTS: Rule(_who_cares, _OPEN, reads=True),
    Act.EXPORT_FAMILY: Rule(_who_cares, _FRESH, reads=True),
    Act.PROPOSE_ERASE: Rule({_CASEWORKER: _in(_OWN)}, _FRESH),
    Act.GRANT_ERASE: Rule(_team_lead, _FRESH),
    Act.SEE_REQUESTS: Rule(_team_lead, _OPEN),
    Act.SET_HOLD: Rule({_CASEWORKER: _in(_OWN), _LEAD: _in(_ANY)}, _FRESH),
    Act.LIFT_HOLD: Rule(_team_lead, _FRESH),
    Act.SEE_TEAM: Rule(_team_lead, _OPEN),
    Act.INVITE_STAFF: Rule(_team_lead, _FRESH),
    Act.REVOKE_ROLE: Rule(_team_lead, _FRESH),
    Act.RESET_CODE: Rule(_team_lead, _FRESH),
    Act.HAND_OVER_ALL: Rule(_team_lead, _FRESH),
    Act.OVERSEE: Rule(_team_lead, _OPEN),
    Act.SEE_RULES: Rule(_team_lead),
    Act.SWITCH_CODES_ON: Rule(_team_lead, _OPEN),
    Act.SWITCH_CODES_OFF: Rule(_team_lead, _FRESH),
    Act.SEE_KEEPING: Rule(_team_lead, _OPEN),
    Act.READ_JOURNAL: Rule(_team_lead, _OPEN),
    Act.SEE_INCIDENTS: Rule(_team_lead, _OPEN),
    Act.NOTE_INCIDENT: Rule({role: _in(_ANY) for role in (_LEAD, _CASEWORKER, _ON_CALL)}),
}
