"""The closed list of what anybody can do, and the one table of who may. What stands in no row is nobody's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from handlers.doings import Act as Act
from handlers.doings import Proof as Proof
from handlers.doings import Relation as Relation
from storage.records import Role

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
