"""Who may do what, and what the law asks for: invitations, roles, consent, wishes, incidents, as records."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Who somebody is for the agency. One person may hold several."""

    PARENT = "parent"
    CASEWORKER = "caseworker"
    ON_CALL = "on_call"
    LEAD = "lead"


class Purpose(StrEnum):
    """What a parent says yes to, each by itself."""

    CONTACT = "contact"  # appointments, trainings and reminders through Telegram
    CHECKINS = "checkins"  # how I am, and a note with it


class RequestState(StrEnum):
    """How far a wish to be forgotten has come. Granted ones are no more: what they were about is gone."""

    ASKED = "asked"
    PROPOSED = "proposed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A door that opens once. The codes themselves are never stored, only their marks.

    `used_by` has come through it; a parent is in only once `decided_by` has said at `decided_at` that they know
    them: then it is `confirmed`.
    """

    id: str
    role: Role
    name: str
    family_id: str | None
    step: int | None
    discreet: bool
    invited_by: str | None
    expires_at: datetime
    used_at: datetime | None
    used_by: str | None
    decided_at: datetime | None
    decided_by: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Deputy:
    """Somebody stands in for a caseworker, from one moment until another."""

    id: str
    caseworker_id: str
    deputy_id: str
    starts_at: datetime
    ends_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Entrusted:
    """Words a family entrusted to one person (section 65 SGB VIII). `text` is for the confidant alone."""

    id: str
    family_id: str
    confidant_id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes to one purpose: to which version of the text, in which language, from when until when.

    `text_hash` is the SHA-256 of the words as they were shown.
    """

    id: str
    person_id: str
    purpose: Purpose
    version: int
    text_hash: str
    language: str
    given_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Request:
    """A parent's wish to be forgotten, proposed by the caseworker and granted by a second person."""

    id: str
    person_id: str
    family_id: str | None
    state: RequestState
    asked_at: datetime
    exported_at: datetime | None
    proposed_by: str | None
    proposed_at: datetime | None
    decided_by: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Login:
    """How a member of staff shows that it is them: the secret of their code app, and how long they are in.

    `last_step` is the newest time step whose code was used; none up to it opens again.
    """

    person_id: str
    secret: str
    confirmed: bool
    last_step: int
    open_until: datetime | None
    fresh_until: datetime | None
    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Incident:
    """A breach of data protection and its clock: 72 hours from when it was noticed."""

    id: str
    number: int
    summary: str
    noticed_at: datetime
    noted_by: str
    reported_at: datetime | None
    closed_at: datetime | None
