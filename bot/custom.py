"""What an agency's file says about reminders: at which hour on the day before, and which by kind of appointment."""

from pydantic import BaseModel, ConfigDict, Field

from handlers.reminding import put_custom
from storage.records import AppointmentKind, ReminderKind
from storage.store import Store


class ReminderFacts(BaseModel):
    """Kinds that are not named get both reminders; an empty list means none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hour: int = Field(default=17, ge=9, le=19)
    kinds: dict[AppointmentKind, list[ReminderKind]] = {}

    def write(self, store: Store) -> None:
        put_custom(store, self.hour, {str(kind): [*map(str, which)] for kind, which in self.kinds.items()})
