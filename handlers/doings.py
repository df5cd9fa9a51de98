"""The words of the table of rights: what anybody can do, how they stand to it, and what must be shown for it."""

from enum import IntEnum, StrEnum


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
