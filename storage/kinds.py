"""The closed lists of the field: kinds of appointment and forms of help, by the agency's own terms."""

from enum import StrEnum


class AppointmentKind(StrEnum):
    HOME_VISIT = "home_visit"
    PARENT_TRAINING_SESSION = "parent_training_session"
    HELP_PLAN_MEETING = "help_plan_meeting"
    CLEARING_TALK = "clearing_talk"
    COUNSELLING = "counselling"
    HOSPITATION = "hospitation"
    ACCOMPANIED_CONTACT = "accompanied_contact"
    DOCTOR = "doctor"
    AUTHORITY = "authority"
    KITA_SCHOOL = "kita_school"
    FLAT_INSPECTION = "flat_inspection"
    OTHER = "other"


class OfferKind(StrEnum):
    TRAINING_FLAT = "training_flat"
    INDEPENDENCE = "independence"
    CRISIS_INTERVENTION = "crisis_intervention"
    CLEARING = "clearing"
    RESIDENTIAL = "residential"
    FIVE_SEVEN_GROUP = "five_seven_group"
    DAY_GROUP = "day_group"
    FLEXIBLE_HELP = "flexible_help"
    EARLY_HELP = "early_help"
    PARENT_TRAINING = "parent_training"
    GROUP_WORK = "group_work"
    INDIVIDUAL_SUPPORT = "individual_support"
    SCHOOL_SUPPORT = "school_support"
    SCHOOL_COMPANION = "school_companion"
    FAMILY_ACTIVATION = "family_activation"
    REINTEGRATION = "reintegration"
    SUPPORTED_RETURN = "supported_return"
    SHORT_CARE = "short_care"
    PARENT_CHILD = "parent_child"
    ASSISTED_LIVING_COMBINED = "assisted_living_combined"
