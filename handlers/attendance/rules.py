"""What is shown of who came: a line for each parent, and what was truly said to whom. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.attending import CALLED_OFF, LATELY
from locales.zone import here
from storage.appointments import Circle
from storage.records import Appointment

UNDO = timedelta(minutes=15)  # so long what was just noted stays in the list


class Reply(StrEnum):
    """What somebody says who did not come and was asked how they are."""

    FINE = "fine"
    AGAIN = "again"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An appointment that has begun, and who is noted as having come or not, by person id."""

    circle: Circle
    noted: Mapping[str, bool] = field(default_factory=dict)

    @property
    def appointment(self) -> Appointment:
        return self.circle.appointment


def called_off(circle: Circle, person_id: str) -> bool:
    """Whether somebody had said that they do not come: nobody waited for them."""
    return circle.answers.get(person_id) in CALLED_OFF


def is_lately(appointment: Appointment, now: datetime) -> bool:
    """Whether it is not too long ago to say that we waited."""
    return now - appointment.ends_at <= LATELY


def is_today(at: datetime, now: datetime) -> bool:
    """Whether it was on this very day in Köln."""
    return at.astimezone(here()).date() == now.astimezone(here()).date()
