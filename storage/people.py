"""Who has written to the bot, what they may be for the agency, and how they can be reached."""

from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, select

from storage.drawer import Drawer, Row
from storage.records import Person, Role, new_id
from storage.tables import members, people, roles

_held = (
    # written into the SQL: as a parameter it would be written anew at each call
    select(func.aggregate_strings(roles.c.role, literal_column("','")))  # type: ignore[arg-type]
    .where(roles.c.person_id == people.c.id)
    .correlate(people)
    .scalar_subquery()
    .label("roles")
)
_person = select(
    people.c.id,
    people.c.telegram_id,
    people.c.name,
    people.c.language,
    people.c.hint,
    people.c.blocked,
    _held,
)
_by_id = _person.where(people.c.id == bindparam("id"))
_by_telegram = _person.where(people.c.telegram_id == bindparam("telegram_id"))
_of_family = (
    _person.join(members, members.c.person_id == people.c.id)
    .where(members.c.family_id == bindparam("family_id"))
    .order_by(people.c.created_at, people.c.telegram_id)
)
_with_role = (
    _person.join(roles, roles.c.person_id == people.c.id)
    .where(roles.c.role == bindparam("role"))
    .order_by(people.c.created_at, people.c.telegram_id)
)
_add = people.insert()
_grant = roles.insert()
_holds = select(roles.c.role).where(
    roles.c.person_id == bindparam("person_id"), roles.c.role == bindparam("role")
)
_rename = people.update().where(people.c.id == bindparam("key")).values(name=bindparam("name"))
_speak = people.update().where(people.c.id == bindparam("key")).values(language=bindparam("language"))
_block = people.update().where(people.c.id == bindparam("key")).values(blocked=bindparam("blocked"))
_moved = people.update().where(people.c.id == bindparam("key")).values(telegram_id=bindparam("telegram_id"))


def _made(row: Row) -> Person:
    held = frozenset(Role(word) for word in row["roles"].split(",")) if row["roles"] else frozenset[Role]()
    return Person(**{**row, "blocked": bool(row["blocked"]), "roles": held})


class People(Drawer):
    """Everybody the bot has met."""

    def get(self, id: str) -> Person:
        """Raises LookupError when there is nobody of that id."""
        found = self._one(_by_id, _made, id=id)
        if found is None:
            raise LookupError(f"no person {id}")
        return found

    def by_telegram(self, telegram_id: int) -> Person | None:
        return self._one(_by_telegram, _made, telegram_id=telegram_id)

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
                "telegram_id": telegram_id,
                "name": "",
                "language": None,
                "hint": hint,
                "blocked": 0,
                "created_at": now,
            },
        )
        return fresh

    def of_family(self, family_id: str) -> list[Person]:
        return self._all(_of_family, _made, family_id=family_id)

    def with_role(self, role: Role) -> list[Person]:
        return self._all(_with_role, _made, role=role)

    def grant(self, person_id: str, role: Role, now: datetime) -> None:
        """Gives a role; a role already held stays as it is."""
        if self._one(_holds, dict, person_id=person_id, role=role) is None:
            self._add(_grant, {"person_id": person_id, "role": role, "since": now})

    def rename(self, person_id: str, name: str) -> None:
        self._change(_rename, key=person_id, name=name)

    def speaks(self, person_id: str, language: str) -> None:
        self._change(_speak, key=person_id, language=language)

    def set_blocked(self, person_id: str, blocked: bool) -> None:
        self._change(_block, key=person_id, blocked=int(blocked))

    def moved(self, person_id: str, telegram_id: int) -> None:
        """Their chat has a new number."""
        self._change(_moved, key=person_id, telegram_id=telegram_id)
