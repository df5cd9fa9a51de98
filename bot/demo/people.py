"""The sample agency's cast: who stands on the stage, in which language, and how they come in."""

from dataclasses import dataclass, replace
from functools import partial

from bot import agency
from bot.app import Machine
from bot.clock import Clock
from bot.demo import past
from bot.demo.pager import Pager
from bot.demo.pairing import counts_as_on_call, lets_in
from bot.demo.rota import write_down
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Account
from bot.demo.telegram.world import World
from locales.languages import LANGUAGES, match
from storage.calendars import HERE
from storage.records import Family, Role
from storage.settings import CODES_ASKED
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Part:
    """One phone of the cast. `roles` are taken in order; `family` is a label."""

    name: str
    language: str
    roles: tuple[Role, ...]
    family: str = ""
    step: int = 1

    def shown(self, account: Account) -> dict[str, object]:
        """As the phones page wants it."""
        language = LANGUAGES.get(self.language) or LANGUAGES[match(self.language)]
        return {
            "id": account.id,
            "role": str(self.roles[0]),
            "name": self.name,
            "language": self.language,
            "dir": language.direction,
            "family": self.family or None,
        }


CASEWORKER = Part("Frau Klein", "de", (Role.CASEWORKER,))
CAST = (
    Part("Amina", "tr", (Role.PARENT,), "Linde"),
    Part("Yusuf", "ar", (Role.PARENT,), "Ahorn"),
    CASEWORKER,
    Part("Frau Koch", "de", (Role.ON_CALL,), step=1),
    Part("Herr Weber", "de", (Role.LEAD, Role.ON_CALL), step=2),
)
STAFF_FIRST = tuple(sorted(CAST, key=lambda part: Role.PARENT in part.roles))
TRAINING = "bonner-parent_training"
NAMES = {"tr": "Elif", "ar": "Samira", "de": "Jana", "en": "Grace"}


class Company:
    """Brings people in, each through a real invitation typed on their own phone."""

    def __init__(self, world: World, machine: Machine, clock: Clock, pager: Pager | None = None) -> None:
        self._world, self._machine, self._clock, self._pager = world, machine, clock, pager
        self.cast: dict[int, Part] = {}
        self._families: dict[str, Family] = {}

    async def open(self, facts: agency.AgencyFacts) -> None:
        """Loads the agency, brings the cast in, staff before the families they work with, and plans their shifts."""
        await self._machine.archive.write(lambda store: agency.write(store, facts))
        await self._machine.archive.write(lambda store: store.settings.put(CODES_ASKED, "off"))
        await self._machine.archive.write(lambda store: store.settings.put(HERE, "on"))
        accounts = {part: self._world.account(part.name, language_code=part.language) for part in CAST}
        self.cast = {account.id: part for part, account in accounts.items()}
        for part in STAFF_FIRST:
            await self._enter(part, accounts[part])
        now = self._clock.now()
        await self._machine.archive.write(lambda store: write_down(store, now))
        await self._machine.archive.write(lambda store: past.write_down(store, self._families, now))

    async def add(self, language: str, role: Role) -> dict[str, object]:
        """One more phone, paired like the others. Raises KeyError for a language that is not shipped."""
        name = f"{NAMES.get(language, LANGUAGES[language].endonym)} {len(self.cast) + 1}"
        family = f"Birke {len(self.cast) + 1}" if role is Role.PARENT else ""
        part = Part(name, language, (role,), family)
        account = self._world.account(part.name, language_code=language)
        self.cast[account.id] = part
        await self._enter(part, account)
        return part.shown(account)

    async def _enter(self, part: Part, account: Account) -> None:
        archive = self._machine.archive
        for role in part.roles:
            code = await archive.write(partial(self._invite, replace(part, roles=(role,))))
            Hand(self._world, account).types(f"/start {code}")
            await self._arrived(account.id, role)
            if role is Role.PARENT:
                await archive.write(partial(self._lets_in, account.id, part.language))
        await archive.write(partial(self._speaks, account.id, part.language))
        now = self._clock.now()
        await archive.write(lambda store: counts_as_on_call(store, account.id, now))
        pager = self._pager
        if pager is not None and Role.ON_CALL in part.roles:
            await archive.write(lambda store: pager.hands_to(store, account.id))

    def _invite(self, part: Part, store: Store) -> str:
        now = self._clock.now()
        family_id = self._family(store, part.family).id if part.family else None
        step = part.step if part.roles[0] is Role.ON_CALL else None
        code, _ = store.invitations.add(part.roles[0], part.name, now, family_id=family_id, step=step)
        return code

    def _family(self, store: Store, label: str) -> Family:
        if label not in self._families:
            now = self._clock.now()
            caseworkers = store.people.with_role(Role.CASEWORKER)
            self._families[label] = store.families.add(label, caseworkers[0].id, now)
            store.families.enrol(self._families[label].id, TRAINING, now)
        return self._families[label]

    def account(self, telegram_id: int) -> Account:
        return self._world.accounts[telegram_id]

    async def _arrived(self, telegram_id: int, role: Role) -> None:
        def is_in(store: Store) -> bool:
            person = store.people.by_telegram(telegram_id)
            if person is None or role is not Role.PARENT:
                return person is not None and role in person.roles
            return store.invitations.undecided_of(person.id) is not None

        await self._machine.until(lambda: self._machine.archive.read(is_in))

    def _lets_in(self, telegram_id: int, language: str, store: Store) -> None:
        lets_in(store, telegram_id, language, self._clock.now())

    def _speaks(self, telegram_id: int, language: str, store: Store) -> None:
        person = store.people.by_telegram(telegram_id)
        if person is not None:
            store.people.speaks(person.id, language)
