"""Nothing is kept for ever: each table has its period, goes on the day it is over, and not a day before."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from storage.engine import Archive
from storage.records import AppointmentKind, DeliveryState, Lane, Mood, RequestState, Role
from storage.retention import GONE_WITH, PERIODS, RULES, Class, Rule
from storage.sealed import FIELDS
from storage.store import Store
from storage.tables import metadata
from tests.storage.planting import DAY, agency, agenda, closed, house, rota, somebody

# what stays, and why nothing purges it by time
STAYS = {
    "families": "until somebody has it erased",
    "members": "with the family",
    "enrolments": "with the family",
    "roles": "until the role is taken away",
    "legal_holds": "until it is lifted",
    "logins": "with the person, or when codes are connected anew",
    "duties": "with the person",
    "timers": "until they are due",
    "sites": "the agency's public facts",
    "offers": "the agency's public facts",
    "crisis_numbers": "the agency's public facts",
    "patterns": "with the person",
    "second_ways": "with the person",
    "calendars": "with the person",
    "practices": "with the family: one's place in the exercises is kept for good",
    "practised": "with the family",
    "meeting_places": "the agency's public facts",
    "policies": "the agency's own rule",
    "crisis_places": "the agency's own places",
    "settings": "the agency's own rule",
}


def test_every_table_has_a_period_or_a_reason() -> None:
    assert set(PERIODS) | set(STAYS) == set(metadata.tables)
    assert set(PERIODS) & set(STAYS) == set()


def test_whatever_is_sealed_has_an_end() -> None:
    """Names and labels end with whom they name; everything else that is sealed goes by itself."""
    of_somebody = {"families", "logins", "legal_holds", "second_ways", "calendars"}
    assert {sealed.field.table for sealed in FIELDS} - of_somebody <= set(PERIODS)


def test_what_goes_with_something_refers_to_it() -> None:
    for table, of in GONE_WITH.items():
        assert of in {key.column.table.name for key in metadata.tables[table].foreign_keys}


def count(store: Store, table: str) -> int:
    return int(store.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - ours


def one_of_each(store: Store, now: datetime) -> None:
    """Something in every table that has a period, over at once."""
    there = house(store, 1, now)
    planted = there.families[0]
    amina = planted.people[0]
    store.connection.execute(text("UPDATE deliveries SET settled_at = not_before, state = 'delivered'"))
    store.connection.execute(text("UPDATE dialogues SET expires_at = expires_at - 86400000"))
    store.connection.execute(text("UPDATE appointments SET starts_at = starts_at - 86400000"))
    store.connection.execute(text("UPDATE invitations SET expires_at = created_at"))
    store.updates.done(1)
    store.training.add("s-group", there.caseworker, now, "here")
    store.deputies.add(there.caseworker, there.lead, now - DAY, now, there.lead)
    wish = store.requests.begin(amina, planted.family_id, now)
    store.requests.end(wish.id, RequestState.WITHDRAWN, amina, now)
    for consent in store.consents.of(amina):
        store.consents.revoke(amina, consent.purpose, now)
    incident = store.incidents.add("lost phone", there.lead, now)
    store.incidents.close(incident.id, now)
    closed(store, there, now)
    rota(store, there.lead, there.caseworker, now)
    agenda(store, planted, there, now)
    store.journal.write(now, "house", "test.act", "x")
    store.people.met(4711, "tr", now)  # a guest who only once wrote


@pytest.mark.parametrize("rule", RULES, ids=[rule.table for rule in RULES])
async def test_it_goes_on_the_day_it_is_over_and_not_a_day_before(
    archive: Archive, now: datetime, rule: Rule
) -> None:
    await archive.write(lambda store: one_of_each(store, now))
    there = await archive.read(lambda store: count(store, rule.table))
    assert there > 0
    over = now + timedelta(days=rule.days)
    if rule.table == "journal":
        await archive.write(lambda store: store.journal.write(over + 2 * DAY, "house", "test.act", "y"))
        there += 1
    await archive.write(lambda store: store.retention.purge(rule.klass, over))
    if rule.klass is not Class.TRANSPORT or rule.days >= 30:
        assert await archive.read(lambda store: store.retention.over(rule.klass, over)) == {}
    assert await archive.read(lambda store: count(store, rule.table)) == there
    known = await archive.read(lambda store: store.retention.over(rule.klass, over + DAY))
    assert known.get(rule.table, 0) > 0
    gone = await archive.write(lambda store: store.retention.purge(rule.klass, over + DAY))
    assert gone[rule.table] == known[rule.table]
    left = await archive.read(lambda store: count(store, rule.table))
    assert left == there - gone[rule.table]


async def test_after_four_years_nothing_but_people_and_families_is_left(
    archive: Archive, now: datetime
) -> None:
    await archive.write(lambda store: one_of_each(store, now))
    later = now + 4 * 366 * DAY
    await archive.write(lambda store: store.retention.purge(Class.PROOF, later))  # long silence stops nothing
    await archive.write(lambda store: store.journal.write(later, "house", "test.act", "y"))
    for _ in range(2):
        for klass in Class:
            await archive.write(lambda store, of=klass: store.retention.purge(of, later))
    left = {
        table for table in metadata.tables if await archive.read(lambda store, of=table: count(store, of))
    }
    assert left - set(STAYS) == {"people", "journal"}
    assert await archive.read(lambda store: store.journal.count()) == 1
    assert await archive.damage() == []
    await archive.read(lambda store: list(store.sealed.opened()))


async def test_what_is_under_a_legal_hold_stays(archive: Archive, now: datetime) -> None:
    def arrange(store: Store) -> tuple[str, str]:
        there = house(store, 2, now)
        held, free = there.families
        closed(store, there, now)
        store.legal_holds.put(held.family_id, "court", there.lead, now)
        session = store.training.add("s-group", there.caseworker, now, "here")
        for one in (held, free):
            store.appointments.add(
                one.family_id,
                there.caseworker,
                AppointmentKind.PARENT_TRAINING_SESSION,
                now,
                "here",
                session.id,
            )
            for consent in store.consents.of(one.people[0]):
                store.consents.revoke(one.people[0], consent.purpose, now)
        return held.family_id, free.family_id

    held, free = await archive.write(arrange)
    for klass in Class:
        await archive.write(lambda store, of=klass: store.retention.purge(of, now + 2000 * DAY))
    for table in ("appointments", "checkins", "alarms", "entrusted", "worries", "concerns", "concern_marks"):
        found = text(f"SELECT DISTINCT family_id FROM {table}")  # noqa: S608 - ours
        assert await archive.read(lambda store, of=found: store.connection.execute(of).all()) == [(held,)]
    assert await archive.read(lambda store: count(store, "sessions")) == 1
    assert await archive.read(lambda store: count(store, "consents")) == 1
    await archive.write(lambda store: store.legal_holds.lift(held))
    await archive.write(lambda store: store.retention.purge(Class.OPERATIVE, now + 2000 * DAY))
    assert await archive.read(lambda store: count(store, "appointments")) == 0
    assert free != held


async def test_an_alarm_takes_along_all_that_came_of_it(archive: Archive, now: datetime) -> None:
    def arrange(store: Store) -> None:
        there = house(store, 1, now)
        rota(store, there.lead, there.caseworker, now)
        store.connection.execute(text("UPDATE rings SET state = 'queued', settled_at = NULL"))

    await archive.write(arrange)
    gone = ("alarms", "pages", "takes", "lines", "happenings", "debriefs", "rings")
    for table in gone:
        assert await archive.read(lambda store, of=table: count(store, of)) > 0, table
    over = now + timedelta(days=PERIODS["alarms"]) + DAY
    await archive.write(lambda store: store.retention.purge(Class.OPERATIVE, over))
    for table in gone:
        assert await archive.read(lambda store, of=table: count(store, of)) == 0, table
    # what is not closed stays open, however long it takes
    assert await archive.read(lambda store: count(store, "concerns")) == 1
    assert await archive.read(lambda store: count(store, "second_ways")) == 2


async def test_an_alarm_that_has_not_ended_is_never_purged(archive: Archive, now: datetime) -> None:
    def cry(store: Store) -> str:
        return store.alarms.open(store.people.met(1, "tr", now).id, None, {}, now).id

    alarm_id = await archive.write(cry)
    for klass in Class:
        await archive.write(lambda store, of=klass: store.retention.purge(of, now + 5000 * DAY))
    assert await archive.read(lambda store: store.alarms.get(alarm_id)) is not None


async def test_only_guests_of_whom_nothing_is_left_are_forgotten_and_their_keys_with_them(
    archive: Archive, now: datetime
) -> None:
    later = now + 31 * DAY

    def arrange(store: Store) -> dict[str, str]:
        agency(store)
        made = {name: store.people.met(n, "tr", now).id for n, name in enumerate(KINDS)}
        store.traces.add(made["just wrote"], 5, later - DAY)
        store.cards.add(made["was just written to"], "", later - DAY)
        store.cards.add(made["was written to long ago"], "", now)
        store.alarms.open(made["cries"], None, {}, now)
        caseworker = somebody(store, 90, "B", Role.CASEWORKER, now)
        family = store.families.add("F", caseworker.id, now)
        store.families.join(family.id, made["belongs"])
        store.checkins.add(made["spoke"], family.id, Mood.GOOD, later)
        store.duties.assign(made["was once on call"], 1, now)
        store.duties.switch(made["was once on call"], False, now)
        store.second_ways.add(made["was once on call"], "ntfy://a-topic", now)
        store.invitations.add(Role.LEAD, "x", later - DAY, invited_by=made["invited"])
        return made

    made = await archive.write(arrange)
    await archive.write(lambda store: store.retention.purge(Class.TRANSPORT, later))
    left = {
        name
        for n, name in enumerate(KINDS)
        if await archive.read(lambda store, n=n: store.people.by_telegram(n))
    }
    assert left == {"just wrote", "was just written to", "cries", "belongs", "spoke", "invited"}
    owed = {timer.scope for timer in await archive.read(lambda store: store.timers.ahead())}
    assert owed == {f"person:{made[name]}" for name in KINDS if name not in left}


KINDS = (
    "never came back",
    "just wrote",
    "was just written to",
    "was written to long ago",
    "cries",
    "belongs",
    "spoke",
    "was once on call",
    "invited",
)


async def test_what_was_purged_lies_in_no_log_of_the_store(archive: Archive, tmp_path, now: datetime) -> None:  # type: ignore[no-untyped-def]
    await archive.write(lambda store: one_of_each(store, now))
    await archive.write(lambda store: store.retention.purge(Class.OPERATIVE, now + 400 * DAY))
    assert (tmp_path / "paenz.db-wal").stat().st_size == 0


async def test_what_is_still_waiting_or_owed_is_never_purged(archive: Archive, now: datetime) -> None:
    def arrange(store: Store) -> None:
        store.updates.keep([(1, "a", 1), (2, "b", 1)], now)
        store.updates.done(1)
        first, _ = (store.deliveries.post(Lane.ANSWER, 1, "sendMessage", {}, now).id for _ in range(2))
        store.deliveries.settle(first, DeliveryState.DELIVERED, now)

    await archive.write(arrange)
    gone = await archive.write(lambda store: store.retention.purge(Class.TRANSPORT, now + 30 * DAY))
    assert gone == {"updates": 1, "deliveries": 1}
    assert [one.update_id for one in await archive.read(lambda store: store.updates.waiting())] == [2]
    assert [row["state"] for row in await archive.read(lambda store: store.deliveries.newest())] == ["queued"]


async def test_words_put_aside_go_before_the_key_of_their_day(archive: Archive, now: datetime) -> None:
    await archive.write(lambda store: store.updates.keep([(1, "words", 5)], now))
    await archive.write(lambda store: store.updates.park(1, "ValueError"))
    await archive.write(
        lambda store: store.retention.purge(Class.TRANSPORT, now + 6 * DAY + timedelta(1 / 24))
    )
    assert await archive.read(lambda store: store.updates.count_parked()) == 1
    assert await archive.read(lambda store: list(store.sealed.opened())) == []
    await archive.write(lambda store: store.retention.purge(Class.TRANSPORT, now + 15 * DAY))
    assert await archive.read(lambda store: store.updates.count_parked()) == 0
