"""What the lead has set for the whole agency, as words by name."""

from sqlalchemy import bindparam, select

from storage.drawer import Drawer
from storage.tables import settings

_of = select(settings.c.value).where(settings.c.name == bindparam("name"))
_set = settings.update().where(settings.c.name == bindparam("key")).values(value=bindparam("value"))
_add = settings.insert()

CODES_ASKED = "access.codes"  # "off": staff open families' content without a code from their app
LAST_ALARM = "alarms.number"  # the highest number an alarm was ever given
AGENCY_NAME = "agency.name"  # as it stands on papers
RINGS_HERE = "second.here"  # "on": only the demo and the tests ring at this very machine


class Settings(Drawer):
    """Names and values; what is not set has the default its reader gives."""

    def get(self, name: str, default: str = "") -> str:
        found = self._one(_of, lambda row: str(row["value"]), name=name)
        return default if found is None else found

    def put(self, name: str, value: str) -> None:
        if not self._change(_set, key=name, value=value):
            self._add(_add, {"name": name, "value": value})

    def ask_for_codes(self, on: bool) -> None:
        self.put(CODES_ASKED, "on" if on else "off")

    @property
    def asks_for_codes(self) -> bool:
        """Whether staff have to show a code of their app; on until the lead says otherwise."""
        return self.get(CODES_ASKED, "on") != "off"

    @property
    def rings_here(self) -> bool:
        """Whether a second way may lead to this very machine; never on outside the demo and the tests."""
        return self.get(RINGS_HERE) == "on"
