from datetime import datetime, timedelta

import pytest

from handlers.journal import due, rules
from locales.zone import here
from storage.engine import Archive
from storage.records import Role
from storage.store import Store


def written(store: Store, now: datetime, lines: int) -> None:
    lead = store.people.met(1, "de", now)
    store.people.grant(lead.id, Role.LEAD, now)
    for n in range(lines):
        store.journal.write(now, f"p{n}", "duty.on", "person:x")


async def looked_through(archive: Archive, now: datetime) -> list[str]:
    """One round, as the heartbeat would do it; the acts of the house."""

    def step(store: Store) -> bool:
        scopes = [timer.scope for timer in store.timers.ahead() if timer.kind == due.LOOK and timer.scope]
        for scope in scopes:
            store.timers.drop(due.LOOK, scope)
            due.look(store, scope, now)
        return bool(scopes)

    await archive.write(lambda store: due.look(store, "", now))
    while await archive.write(step):
        pass
    lines = await archive.read(lambda store: store.journal.newest(9999))
    return [str(line["act"]) for line in lines if line["actor"] == due.HOUSE]


@pytest.mark.parametrize(
    "lines", [0, 1, rules.LINES_AT_ONCE - 1, rules.LINES_AT_ONCE, 2 * rules.LINES_AT_ONCE + 5]
)
async def test_a_whole_journal_is_looked_through_in_pieces(
    archive: Archive, now: datetime, lines: int
) -> None:
    await archive.write(lambda store: written(store, now, lines))
    assert await looked_through(archive, now) == ["journal.checked"]
    assert await archive.read(lambda store: store.deliveries.newest()) == []
    assert await archive.read(lambda store: store.timers.due_at(due.LOOK, "")) == rules.next_night(
        now, here()
    )


@pytest.mark.parametrize("at", [1, rules.LINES_AT_ONCE, rules.LINES_AT_ONCE + 3])
async def test_at_the_first_fault_the_lead_is_told_once(archive: Archive, now: datetime, at: int) -> None:
    await archive.write(lambda store: written(store, now, 2 * rules.LINES_AT_ONCE))

    def burgle(store: Store) -> None:
        store.connection.exec_driver_sql("DROP TRIGGER journal_is_never_changed")
        store.connection.exec_driver_sql(f"UPDATE journal SET actor = 'me' WHERE id >= {at}")  # noqa: S608 - a burglar's

    await archive.write(burgle)
    assert await looked_through(archive, now) == ["journal.broken"]
    told = await archive.read(lambda store: store.deliveries.newest())
    assert len(told) == 1


async def test_soon_after_each_start_it_is_looked_through(archive: Archive, now: datetime) -> None:
    await archive.write(lambda store: due.opens(store, now))
    later = now + timedelta(days=3)
    await archive.write(lambda store: due.opens(store, later))
    assert await archive.read(lambda store: store.timers.due_at(due.LOOK, "")) == later + rules.SOON
