"""The words in which the register speaks: why something is kept, about whom, on what ground, how protected."""

from enum import StrEnum


class Activity(StrEnum):
    """Why something is kept: the processing activities of Art. 30 GDPR, in the order in which one reads them."""

    CONTACT = "contact"
    CHECKINS = "checkins"
    CRISIS = "crisis"
    ACCESS = "access"
    TRANSPORT = "transport"
    RIGHTS = "rights"
    INCIDENTS = "incidents"
    JOURNAL = "journal"
    AGENCY = "agency"


class Kind(StrEnum):
    """How long-lived it is by nature: what passes through, what work needs, what may belong into the case file."""

    TRANSPORT = "transport"
    OPERATIVE = "operative"
    FILE = "file"
    AGENCY = "agency"
    TECHNICAL = "technical"


class Whose(StrEnum):
    """About whom it tells."""

    FAMILY = "family"
    PERSON = "person"
    STAFF = "staff"
    AGENCY = "agency"


class Basis(StrEnum):
    """The legal basis, as a hint for whoever has to decide on it."""

    TASK = "task"
    CONSENT = "consent"
    EMERGENCY = "emergency"
    ENTRUSTED = "entrusted"
    STAFF = "staff"
    DUTY = "duty"
    SECURITY = "security"
    NOT_PERSONAL = "not_personal"


class Protection(StrEnum):
    """What protects the values beyond the encrypted file in which all of them lie."""

    SEALED = "sealed"
    BLIND = "blind"
    FILE = "file"
