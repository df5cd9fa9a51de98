"""Who has written to the bot, what they may be for the agency, and how they can be reached."""

from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, select

from storage.drawer import Drawer, Row
from storage.records import Person, Role, ShownAs, new_id
from storage.tables import members, people, roles
from storage.vault import Field, Vault, person_holder

_held = (
    # written into the SQL: as a parameter it would be written anew at each call
    select(func.aggregate_strings(roles.c.role, literal_column("','")))  # type: ignore[arg-type]
    .where(roles.c.person_id == people.c.id)
    .correlate(people)
    .scalar_subquery()
    .label("roles")
)
PERSON_COLUMNS = tuple(
    people.c[name]
    for name in (
        "id",
        "telegram_id",
        "name",
        "language",
        "hint",
        "blocked",
        "discreet",
        "paused_at",
        "shown_as",
        "quiet",
        "reminded",
        "evenings",
    )
)
_person = select(*PERSON_COLUMNS, _held)
_by_id = _person.where(people.c.id == bindparam("id"))
_by_telegram = _person.where(people.c.telegram_index == bindparam("telegram_index"))
_of_family = (
    _person.join(members, members.c.person_id == people.c.id)
    .where(members.c.family_id == bindparam("family_id"))
    .order_by(people.c.created_at, people.c.id)
)
_with_role = (
    _person.join(roles, roles.c.person_id == people.c.id)
    .where(roles.c.role == bindparam("role"))
    .order_by(people.c.created_at, people.c.id)
)
_add = people.insert()
_revoke = roles.delete().where(roles.c.person_id == bindparam("person"), roles.c.role == bindparam("held"))
_grant = roles.insert()
_holds = select(roles.c.role).where(
    roles.c.person_id == bindparam("person_id"), roles.c.role == bindparam("role")
)
_rename = people.update().where(people.c.id == bindparam("key")).values(name=bindparam("name"))
_speak = people.update().where(people.c.id == bindparam("key")).values(language=bindparam("language"))
_block = people.update().where(people.c.id == bindparam("key")).values(blocked=bindparam("blocked"))
_discreet = people.update().where(people.c.id == bindparam("key")).values(discreet=bindparam("discreet"))
_pause = people.update().where(people.c.id == bindparam("key")).values(paused_at=bindparam("at"))
_show = people.update().where(people.c.id == bindparam("key")).values(shown_as=bindparam("chosen"))
_wants_quiet = people.update().where(people.c.id == bindparam("key")).values(quiet=bindparam("chosen"))
_wants_reminders = (
    people.update()
    .where(people.c.id == bindparam("key"))
    .values(reminded=bindparam("chosen"), evenings=bindparam("late"))
)
_paused = select(people.c.paused_at).where(people.c.id == bindparam("id"))
_moved = (
    people.update()
    .where(people.c.id == bindparam("key"))
    .values(telegram_id=bindparam("sealed"), telegram_index=bindparam("index"))
)
TELEGRAM_INDEX = "telegram"
TELEGRAM, NAME = Field("people", "telegram_id"), Field("people", "name")


def address_of(vault: Vault, row: Row) -> int:
    """The Telegram number in a row with a person's id and it."""
    return int(vault.open(TELEGRAM, person_holder(row["id"]), row["id"], row["telegram_id"]))


def person_of(vault: Vault, row: Row, roles_held: frozenset[Role] = frozenset()) -> Person:
    """The person in a row with PERSON_COLUMNS."""
    id, holder = row["id"], person_holder(row["id"])
    return Person(
        id=id,
        telegram_id=address_of(vault, row),
        name=vault.open(NAME, holder, id, row["name"]),
        language=row["language"],
        hint=row["hint"],
        blocked=bool(row["blocked"]),
        roles=roles_held,
        discreet=bool(row["discreet"]),
        paused=row["paused_at"] is not None,
        shown_as=ShownAs(row["shown_as"]) if row["shown_as"] else None,
        quiet=row["quiet"],
        reminded=row["reminded"],
        evenings=bool(row["evenings"]),
    )


class People(Drawer):
    """Everybody the bot has met."""

    def _made(self, row: Row) -> Person:
        held = (
            frozenset(Role(word) for word in row["roles"].split(",")) if row["roles"] else frozenset[Role]()
        )
        return person_of(self._vault, row, held)

    def get(self, id: str) -> Person:
        """Raises LookupError when there is nobody of that id."""
        found = self._one(_by_id, self._made, id=id)
        if found is None:
            raise LookupError(f"no person {id}")
        return found

    def known(self, id: str) -> Person | None:
        """As `get`; None for nobody and for whoever can't be read any more."""
        return next(iter(self._readable(_by_id, self._made, id=id)), None)

    def by_telegram(self, telegram_id: int) -> Person | None:
        index = self._vault.index(TELEGRAM_INDEX, telegram_id)
        return self._one(_by_telegram, self._made, telegram_index=index)

    def met(self, telegram_id: int, hint: str, now: datetime) -> Person:
        """The person behind a Telegram account, written down at the first message. Nothing else is kept."""
        known = self.by_telegram(telegram_id)
        if known is not None:
            return known
        fresh = Person(new_id(), telegram_id, "", None, hint, blocked=False)
        self._add(
            _add,
            {
                "id": fresh.id,
                **self._address(fresh.id, telegram_id),
                "name": self._vault.seal(NAME, person_holder(fresh.id), fresh.id, ""),
                "language": None,
                "hint": hint,
                "blocked": 0,
                "discreet": 0,
                "paused_at": None,
                "created_at": now,
                "evenings": 0,
            },
        )
        return fresh

    def of_family(self, family_id: str) -> list[Person]:
        return self._readable(_of_family, self._made, family_id=family_id)

    def with_role(self, role: Role) -> list[Person]:
        return self._readable(_with_role, self._made, role=role)

    def grant(self, person_id: str, role: Role, now: datetime) -> None:
        """Gives a role; a role already held stays as it is."""
        if self._one(_holds, dict, person_id=person_id, role=role) is None:
            self._add(_grant, {"person_id": person_id, "role": role, "since": now})

    def rename(self, person_id: str, name: str) -> None:
        sealed = self._vault.seal(NAME, person_holder(person_id), person_id, name)
        self._change(_rename, key=person_id, name=sealed)

    def revoke(self, person_id: str, role: Role) -> bool:
        """Takes a role away, from this very transaction on. False when it was not held."""
        return self._change(_revoke, person=person_id, held=role) == 1

    def speaks(self, person_id: str, language: str) -> None:
        self._change(_speak, key=person_id, language=language)

    def set_blocked(self, person_id: str, blocked: bool) -> None:
        self._change(_block, key=person_id, blocked=int(blocked))

    def set_discreet(self, person_id: str, discreet: bool) -> None:
        """Whether what reaches this person's phone must not show whom it comes from."""
        self._change(_discreet, key=person_id, discreet=int(discreet))

    def show_as(self, person_id: str, chosen: ShownAs | None) -> None:
        """What families read of this member of staff; None is name and role."""
        self._change(_show, key=person_id, chosen=chosen)

    def set_quiet(self, person_id: str, hours: str | None) -> None:
        """Between which hours nothing but crisis and answers reaches this person; None is what is usual."""
        self._change(_wants_quiet, key=person_id, chosen=hours)

    def set_reminded(self, person_id: str, chosen: str | None, *, evenings: bool) -> None:
        """Which reminders this person wants, None being the usual ones, and whether in the evening."""
        self._change(_wants_reminders, key=person_id, chosen=chosen, late=int(evenings))

    def pause(self, person_id: str, since: datetime | None) -> None:
        """Nothing but answers and crisis reaches a person who pauses; None ends the pause."""
        self._change(_pause, key=person_id, at=since)

    def paused_since(self, person_id: str) -> datetime | None:
        """When the pause began; None for whoever does not pause."""
        return self._one(_paused, lambda row: row["paused_at"], id=person_id)

    def moved(self, person_id: str, telegram_id: int) -> None:
        """Their chat has a new number."""
        address = self._address(person_id, telegram_id)
        self._change(_moved, key=person_id, sealed=address["telegram_id"], index=address["telegram_index"])

    def _address(self, id: str, telegram_id: int) -> dict[str, bytes]:
        sealed = self._vault.seal(TELEGRAM, person_holder(id), id, str(telegram_id))
        return {"telegram_id": sealed, "telegram_index": self._vault.index(TELEGRAM_INDEX, telegram_id)}
