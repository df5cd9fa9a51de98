"""What goes with what: read off the schema, so that a new table can't be forgotten when something is erased."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, or_, select, update

from storage.alarms import LOOK, Alarms
from storage.dialogues import Dialogues
from storage.drawer import Drawer, Row
from storage.records import DeliveryState, Happening, UpdateState
from storage.tables import cards, deliveries, guesses, metadata, people, timers, updates
from storage.timers import Timers
from storage.vault import HOUSE, Field

AT_ONCE = 500
# what a member of staff did to others' things: the thing stays, and no longer says who
DID = frozenset(
    {"taken_by", "done_by", "written_by", "invited_by", "proposed_by", "decided_by"}
    | {"asked_by", "started_by", "opened_by", "marked_by"}
)
CHAT = Field("deliveries", "chat_id")

Ids = dict[str, list[str]]

_all_timers = select(timers.c.kind, timers.c.scope)
_drop_timer = timers.delete().where(timers.c.kind == bindparam("of_kind"), timers.c.scope == bindparam("of"))
_newest_delivery = select(func.max(deliveries.c.id).label("newest"))
_hollow = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"))
    .values(
        person_id=None,
        card_id=None,
        about="",
        body=b"",
        chat_id=bindparam("nowhere"),
        state=DeliveryState.SUPERSEDED,
        settled_at=bindparam("at"),
        lease_until=None,
    )
)


class Doomed(Drawer):
    """Deletes rows with all that hangs on them."""

    def gone_with(self, begins: Ids) -> Ids:
        """The ids of all rows that go with these, by table; parents before what refers to them."""
        doomed = dict(begins)
        for table in metadata.sorted_tables:
            if "id" in table.c:
                found = [
                    id
                    for column, among in _referring(table, doomed)
                    for id in self._ids(table, column, among)
                ]
                known = doomed.get(table.name, [])
                if found:
                    doomed[table.name] = list(dict.fromkeys([*known, *found]))
        return doomed

    def shown_to_others(self, doomed: Ids) -> list[tuple[str, int, datetime]]:
        """Adds what others were shown about it: what is queued does not leave, what stands can be taken back."""
        ids, theirs = _names(doomed), set(doomed.get(people.name, []))
        rows: list[Row] = []
        for some in _pieces(sorted(ids)):
            wanted = select(cards.c.id, cards.c.person_id, cards.c.message_id, cards.c.created_at)
            rows += self._all(wanted.where(_about(cards).in_(some)), lambda row: row)
        _add(doomed, cards, (row["id"] for row in rows))
        for some in _pieces(sorted(ids | {row["id"] for row in rows})):
            told = select(deliveries.c.id).where(
                or_(_about(deliveries).in_(some), deliveries.c.card_id.in_(some))
            )
            _add(doomed, deliveries, self._all(told, lambda row: row["id"]))
        return [
            (row["person_id"], row["message_id"], row["created_at"])
            for row in rows
            if row["message_id"] is not None and row["person_id"] not in theirs
        ]

    def delete(self, doomed: Ids, now: datetime) -> dict[str, int]:
        """How many rows went, by table."""
        self._forget_senders(doomed.get(people.name, []))
        self.leave_alarms(doomed.get(people.name, []), now)
        self._stop_conversations(_names(doomed))
        self._hollow_newest(doomed, now)
        gone = {table.name: self._delete(table, doomed) for table in reversed(metadata.sorted_tables)}
        self._drop_timers(_names(doomed))
        return {name: count for name, count in gone.items() if count}

    def leave_alarms(self, gone: Collection[str], now: datetime) -> None:
        """The alarms these people had taken or joined are looked at with the next beat.

        Until then they are theirs who are left, and open again where nobody is.
        """
        drawer, owed = Alarms(self._runner, self._vault), Timers(self._runner, self._vault)
        had = [*drawer.takers(), *drawer.joiners()] if gone else []
        for id, person_id in dict.fromkeys(had):
            if person_id in gone:
                drawer.leave(id, str(person_id))
                drawer.log(id, Happening.LEFT, now)
                if not drawer.takers_of(id):
                    drawer.vacate(id)
                owed.set(LOOK, id, now)

    def _ids(self, table: Table, column: str, among: Sequence[str]) -> list[str]:
        found: list[str] = []
        for some in _pieces(among):
            wanted = select(table.c.id).where(table.c[column].in_(some))
            found += self._all(wanted, lambda row: row["id"])
        return found

    def _delete(self, table: Table, doomed: Ids) -> int:
        gone = 0
        for some in _pieces(doomed.get(table.name, [])):
            gone += self._change(delete(table).where(table.c.id.in_(some)))
        for column, among in _referring(table, doomed):
            for some in _pieces(among):
                gone += self._change(delete(table).where(table.c[column].in_(some)))
        for column in DID & set(table.c.keys()):
            for some in _pieces(doomed.get(people.name, [])):
                self._change(update(table).where(table.c[column].in_(some)).values({column: None}))
        return gone

    def _forget_senders(self, gone: Sequence[str]) -> None:
        """What they sent and still lies in the intake, and that they guessed at codes.

        What waits stays: it was confirmed to Telegram and may be a cry. The door meets a fresh guest in it.
        """
        for some in _pieces(gone):
            marks = select(people.c.telegram_index).where(people.c.id.in_(some)).scalar_subquery()
            empty = {"raw": b"", "state": "done", "sender": None}
            theirs = updates.c.sender.in_(marks), updates.c.state != UpdateState.WAITING
            self._change(update(updates).where(*theirs).values(empty))
            self._change(delete(guesses).where(guesses.c.sender.in_(marks)))

    def _stop_conversations(self, gone: set[str]) -> None:
        """Staff in the middle of something about them stop in the middle."""
        conversations = Dialogues(self._runner, self._vault)
        for person_id in conversations.about(gone):
            conversations.drop(person_id)

    def _hollow_newest(self, doomed: Ids, now: datetime) -> None:
        """The newest delivery stays as an empty shell: its number, given anew, would be mistaken for it."""
        newest = self._one(_newest_delivery, lambda row: row["newest"])
        queued = doomed.get(deliveries.name, [])
        if newest in queued:
            doomed[deliveries.name] = [id for id in queued if id != newest]
            nowhere = self._vault.seal(CHAT, HOUSE, newest, "0")
            self._change(_hollow, key=newest, nowhere=nowhere, at=now)

    def _drop_timers(self, gone: set[str]) -> None:
        for row in self._all(_all_timers, lambda row: row):
            if gone & set(row["scope"].split(":")):
                self._change(_drop_timer, of_kind=row["kind"], of=row["scope"])


def _about(table: Table) -> ColumnElement[str]:
    """The id behind the word in what a card or a delivery is about."""
    return func.substr(table.c.about, func.instr(table.c.about, ":") + 1)


def _referring(table: Table, doomed: Ids) -> list[tuple[str, list[str]]]:
    """The columns through which this table's rows hang on rows that go, with the ids of those."""
    return [
        (key.parent.name, doomed[key.column.table.name])
        for key in table.foreign_keys
        if doomed.get(key.column.table.name) and key.parent.name not in DID
    ]


def _add(doomed: Ids, table: Table, ids: Iterable[str]) -> None:
    doomed[table.name] = list(dict.fromkeys([*doomed.get(table.name, []), *ids]))


def _names(doomed: Ids) -> set[str]:
    """The ids by which others may speak of what goes; mere numbers are nobody's names."""
    return {id for found in doomed.values() for id in found if isinstance(id, str)}


def _pieces(ids: Sequence[str]) -> Iterable[list[str]]:
    return (list(ids[at : at + AT_ONCE]) for at in range(0, len(ids), AT_ONCE))
