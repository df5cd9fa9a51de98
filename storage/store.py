"""One open transaction, with a drawer for each noun."""

from functools import cached_property

from sqlalchemy import Connection

from storage.agency import Agency
from storage.alarms import Alarms
from storage.appointments import Appointments
from storage.attendances import Attendances
from storage.calendars import Calendars
from storage.calls import Calls
from storage.cards import Cards
from storage.checkins import CheckIns
from storage.concerns import Concerns
from storage.consents import Consents
from storage.courses import Courses
from storage.covers import Covers
from storage.declines import Declines
from storage.delays import Delays
from storage.deliveries import Deliveries
from storage.deputies import Deputies
from storage.dialogues import Dialogues
from storage.diary import Diary
from storage.disclosure import Disclosure
from storage.drills import Drills
from storage.duties import Duties
from storage.entrusted import Entrusted
from storage.erasure import Erasure
from storage.families import Families
from storage.incidents import Incidents
from storage.invitations import Invitations
from storage.journal import Journal
from storage.keyring import Keyring
from storage.legal_holds import LegalHolds
from storage.logins import Logins
from storage.moves import Moves
from storage.occupied import Occupied
from storage.past_alarms import PastAlarms
from storage.people import People
from storage.places import Holds
from storage.practices import Practices
from storage.prepared import Runner
from storage.probes import Probes
from storage.records import Delivery
from storage.reminders import Reminders
from storage.requests import Requests
from storage.retention import Retention
from storage.rings import Rings
from storage.rota import Rota
from storage.sealed import SealedRows
from storage.second_ways import SecondWays
from storage.setback import SetBack
from storage.settings import Settings
from storage.timers import Timers
from storage.traces import Traces
from storage.training import Training
from storage.updates import Updates
from storage.vault import Vault
from storage.worries import Worries


class Store:
    """The drawers, all within the same transaction. `posted` collects the deliveries it will owe once committed,
    `withdrawn` the numbers of those nobody may be sent any more.
    """

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self.connection = connection
        self._runner = Runner(connection)
        self._vault = vault
        self.posted: list[Delivery] = []
        self.withdrawn: list[int] = []

    def take_posted(self) -> list[Delivery]:
        """What the job just done has posted; the next one begins with nothing."""
        taken = list(self.posted)
        self.posted.clear()
        return taken

    def take_withdrawn(self) -> list[int]:
        """What the job just done has withdrawn."""
        taken = list(self.withdrawn)
        self.withdrawn.clear()
        return taken

    @property
    def journal_grew(self) -> bool:
        """Whether a line was written in this transaction."""
        return "journal" in self.__dict__ and self.journal.grew

    @property
    def has_erased(self) -> bool:
        """Whether something was erased for good in this transaction."""
        return "erasure" in self.__dict__ and self.erasure.happened

    @cached_property
    def agency(self) -> Agency:
        return Agency(self._runner, self._vault)

    @cached_property
    def alarms(self) -> Alarms:
        return Alarms(self._runner, self._vault)

    @cached_property
    def appointments(self) -> Appointments:
        return Appointments(self._runner, self._vault)

    @cached_property
    def diary(self) -> Diary:
        return Diary(self._runner, self._vault)

    @cached_property
    def calls(self) -> Calls:
        return Calls(self._runner, self._vault)

    @cached_property
    def occupied(self) -> Occupied:
        return Occupied(self._runner, self._vault)

    @cached_property
    def declines(self) -> Declines:
        return Declines(self._runner, self._vault)

    @cached_property
    def attendances(self) -> Attendances:
        return Attendances(self._runner, self._vault)

    @cached_property
    def moves(self) -> Moves:
        return Moves(self._runner, self._vault)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self._runner, self._vault)

    @cached_property
    def calendars(self) -> Calendars:
        return Calendars(self._runner, self._vault)

    @cached_property
    def courses(self) -> Courses:
        return Courses(self._runner, self._vault)

    @cached_property
    def practices(self) -> Practices:
        return Practices(self._runner, self._vault)

    @cached_property
    def cards(self) -> Cards:
        return Cards(self._runner, self._vault)

    @cached_property
    def checkins(self) -> CheckIns:
        return CheckIns(self._runner, self._vault)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._runner, self._vault, self.posted, self.withdrawn)

    @cached_property
    def dialogues(self) -> Dialogues:
        return Dialogues(self._runner, self._vault)

    @cached_property
    def duties(self) -> Duties:
        return Duties(self._runner, self._vault)

    @cached_property
    def families(self) -> Families:
        return Families(self._runner, self._vault)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self._runner, self._vault)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self._runner, self._vault)

    @cached_property
    def past_alarms(self) -> PastAlarms:
        return PastAlarms(self._runner, self._vault)

    @cached_property
    def people(self) -> People:
        return People(self._runner, self._vault)

    @cached_property
    def timers(self) -> Timers:
        return Timers(self._runner, self._vault)

    @cached_property
    def training(self) -> Training:
        return Training(self._runner, self._vault)

    @cached_property
    def updates(self) -> Updates:
        return Updates(self._runner, self._vault)

    @cached_property
    def consents(self) -> Consents:
        return Consents(self._runner, self._vault)

    @cached_property
    def covers(self) -> Covers:
        return Covers(self._runner, self._vault)

    @cached_property
    def deputies(self) -> Deputies:
        return Deputies(self._runner, self._vault)

    @cached_property
    def entrusted(self) -> Entrusted:
        return Entrusted(self._runner, self._vault)

    @cached_property
    def erasure(self) -> Erasure:
        return Erasure(self._runner, self._vault, self.posted, self.withdrawn)

    @cached_property
    def incidents(self) -> Incidents:
        return Incidents(self._runner, self._vault)

    @cached_property
    def legal_holds(self) -> LegalHolds:
        return LegalHolds(self._runner, self._vault)

    @cached_property
    def logins(self) -> Logins:
        return Logins(self._runner, self._vault)

    @cached_property
    def requests(self) -> Requests:
        return Requests(self._runner, self._vault)

    @cached_property
    def retention(self) -> Retention:
        return Retention(self._runner, self._vault, self.erasure, self.journal)

    @property
    def keyring(self) -> Keyring:
        return self._vault.keyring

    @cached_property
    def settings(self) -> Settings:
        return Settings(self._runner, self._vault)

    @cached_property
    def traces(self) -> Traces:
        return Traces(self._runner, self._vault)

    @cached_property
    def disclosure(self) -> Disclosure:
        return Disclosure(self._runner, self._vault)

    @cached_property
    def sealed(self) -> SealedRows:
        return SealedRows(self._runner, self._vault)

    @cached_property
    def concerns(self) -> Concerns:
        return Concerns(self._runner, self._vault)

    @cached_property
    def delays(self) -> Delays:
        return Delays(self._runner, self._vault)

    @cached_property
    def rings(self) -> Rings:
        return Rings(self._runner, self._vault)

    @cached_property
    def set_back(self) -> SetBack:
        return SetBack(self._runner, self._vault)

    @cached_property
    def second_ways(self) -> SecondWays:
        return SecondWays(self._runner, self._vault)

    @cached_property
    def worries(self) -> Worries:
        return Worries(self._runner, self._vault)

    @cached_property
    def probes(self) -> Probes:
        return Probes(self._runner, self._vault)

    @cached_property
    def rota(self) -> Rota:
        return Rota(self._runner, self._vault)

    @cached_property
    def holds(self) -> Holds:
        return Holds(self._runner, self._vault)

    @cached_property
    def drills(self) -> Drills:
        return Drills(self._runner, self._vault)
