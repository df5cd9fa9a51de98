"""One open transaction, with a drawer for each noun."""

from functools import cached_property

from sqlalchemy import Connection

from storage.agency import Agency
from storage.alarms import Alarms
from storage.appointments import Appointments
from storage.cards import Cards
from storage.checkins import CheckIns
from storage.deliveries import Deliveries
from storage.dialogues import Dialogues
from storage.duties import Duties
from storage.families import Families
from storage.invitations import Invitations
from storage.journal import Journal
from storage.people import People
from storage.prepared import Runner
from storage.records import Delivery
from storage.timers import Timers
from storage.training import Training
from storage.updates import Updates


class Store:
    """The drawers, all within the same transaction. `posted` collects the deliveries it will owe once committed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._runner = Runner(connection)
        self.posted: list[Delivery] = []

    def take_posted(self) -> list[Delivery]:
        """What the job just done has posted; the next one begins with nothing."""
        taken = list(self.posted)
        self.posted.clear()
        return taken

    @cached_property
    def agency(self) -> Agency:
        return Agency(self._runner)

    @cached_property
    def alarms(self) -> Alarms:
        return Alarms(self._runner)

    @cached_property
    def appointments(self) -> Appointments:
        return Appointments(self._runner)

    @cached_property
    def cards(self) -> Cards:
        return Cards(self._runner)

    @cached_property
    def checkins(self) -> CheckIns:
        return CheckIns(self._runner)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._runner, self.posted)

    @cached_property
    def dialogues(self) -> Dialogues:
        return Dialogues(self._runner)

    @cached_property
    def duties(self) -> Duties:
        return Duties(self._runner)

    @cached_property
    def families(self) -> Families:
        return Families(self._runner)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self._runner)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self._runner)

    @cached_property
    def people(self) -> People:
        return People(self._runner)

    @cached_property
    def timers(self) -> Timers:
        return Timers(self._runner)

    @cached_property
    def training(self) -> Training:
        return Training(self._runner)

    @cached_property
    def updates(self) -> Updates:
        return Updates(self._runner)
