"""What the drawers promise when several reach into them at once, and when things come late or twice."""

import asyncio
from datetime import datetime, timedelta

import pytest

from storage.deliveries import LEASE
from storage.engine import Archive
from storage.invitations import VALID_FOR
from storage.records import Delivery, DeliveryState, Lane, Role
from storage.store import Store

BEFORE = timedelta(milliseconds=-1)
SECOND = timedelta(seconds=1)


async def met(archive: Archive, now: datetime, how_many: int) -> list[str]:
    people = [archive.write(lambda store, n=n: store.people.met(n, "de", now).id) for n in range(how_many)]
    return list(await asyncio.gather(*people))


async def test_of_a_hundred_who_try_one_invitation_opens_to_exactly_one(
    archive: Archive, now: datetime
) -> None:
    people = await met(archive, now, 100)
    code, _ = await archive.write(lambda store: store.invitations.add(Role.LEAD, "Frau K.", now))
    told = await asyncio.gather(
        *(archive.write(lambda store, who=who: store.invitations.redeem(code, who, now)) for who in people)
    )
    assert sum(one is not None for one in told) == 1
    assert await archive.read(lambda store: store.invitations.find(code, now)) is None


async def test_an_invitation_opens_until_its_last_moment_and_not_after(
    archive: Archive, now: datetime
) -> None:
    (person,) = await met(archive, now, 1)
    code, expires_at = await archive.write(lambda store: store.invitations.add(Role.LEAD, "K.", now))
    assert expires_at == now + VALID_FOR
    for moment, opens in ((expires_at, False), (expires_at + BEFORE, True)):
        found = await archive.read(lambda store, at=moment: store.invitations.find(code, at))
        assert (found is not None) == opens
    assert await archive.write(lambda store: store.invitations.redeem(code, person, expires_at)) is None
    used = await archive.write(lambda store: store.invitations.redeem(code, person, expires_at + BEFORE))
    assert used is not None
    assert (used.role, used.name, used.used_at) == (Role.LEAD, "K.", expires_at + BEFORE)
    assert await archive.write(lambda store: store.invitations.redeem(code, person, now)) is None


async def test_an_invitation_remembers_whose_it_was(archive: Archive, now: datetime) -> None:
    used, other = await met(archive, now, 2)
    code, _ = await archive.write(lambda store: store.invitations.add(Role.LEAD, "K.", now))
    assert not await archive.read(lambda store: store.invitations.was_used_by(code, used))
    await archive.write(lambda store: store.invitations.redeem(code, used, now))
    assert await archive.read(lambda store: store.invitations.was_used_by(code, used))
    assert not await archive.read(lambda store: store.invitations.was_used_by(code, other))
    assert not await archive.read(lambda store: store.invitations.was_used_by("", used))


async def test_people_who_came_at_the_same_moment_stand_in_a_fixed_order(
    archive: Archive, now: datetime
) -> None:
    def come(store: Store) -> str:
        family = store.families.add("Ahorn 12", store.people.met(0, "de", now).id, now)
        for number in (7, 3, 9, 1, 8, 2, 6, 4, 5):
            person = store.people.met(number, "de", now)
            store.people.grant(person.id, Role.PARENT, now)
            store.families.join(family.id, person.id)
        return family.id

    family_id = await archive.write(come)
    for look in (
        lambda store: store.people.of_family(family_id),
        lambda store: store.people.with_role(Role.PARENT),
    ):
        found = await archive.read(look)
        assert {person.telegram_id for person in found} == set(range(1, 10))
        assert [person.id for person in found] == sorted(person.id for person in found)


@pytest.mark.parametrize("code", ["", "nonsense", "x" * 5000, "' OR 1=1 --", "ü"])
async def test_unknown_codes_open_nothing(archive: Archive, now: datetime, code: str) -> None:
    (person,) = await met(archive, now, 1)
    await archive.write(lambda store: store.invitations.add(Role.LEAD, "K.", now))
    assert await archive.write(lambda store: store.invitations.redeem(code, person, now)) is None


async def test_the_code_itself_is_nowhere_in_the_store(archive: Archive, now: datetime) -> None:
    code, _ = await archive.write(lambda store: store.invitations.add(Role.LEAD, "K.", now))
    rows = await archive.read(
        lambda store: store.connection.exec_driver_sql("SELECT * FROM invitations").all()
    )
    assert rows
    assert code not in repr(rows)


async def owing(archive: Archive, now: datetime, lanes: list[Lane]) -> list[int]:
    def post(store: Store) -> list[int]:
        return [
            store.deliveries.post(lane, 1, "sendMessage", {"n": n}, now).id for n, lane in enumerate(lanes)
        ]

    posted = await archive.write(post)
    await archive.write(lambda store: store.deliveries.release_all())
    return posted


async def claims(archive: Archive, at: datetime, most: int = 10) -> list[Delivery]:
    return await archive.write(lambda store: store.deliveries.claim(at, most))


async def test_concurrent_claims_hand_each_row_to_one_alone(archive: Archive, now: datetime) -> None:
    posted = await owing(archive, now, [Lane.ANSWER] * 60)
    told = await asyncio.gather(*(claims(archive, now, 7) for _ in range(12)))
    assert sorted(one.id for claimed in told for one in claimed) == posted


async def test_two_processes_claim_side_by_side_and_share(
    archive: Archive, now: datetime, tmp_path: object
) -> None:
    posted = await owing(archive, now, [Lane.ANSWER] * 40)
    other = await Archive.within(f"{tmp_path}/paenz.db", archive.vault)
    told = await asyncio.gather(*(claims(one, now, 3) for _ in range(10) for one in (archive, other)))
    await other.close()
    assert sorted(one.id for claimed in told for one in claimed) == posted


async def test_claims_take_the_most_urgent_first(archive: Archive, now: datetime) -> None:
    lanes = [Lane.BROADCAST, Lane.ANSWER, Lane.CRISIS, Lane.REMINDER, Lane.CRISIS]
    posted = await owing(archive, now, lanes)
    claimed = [one.id for one in await claims(archive, now, 3)]
    assert claimed == [posted[2], posted[4], posted[1]]


async def test_what_is_posted_is_held_by_whoever_posted_it_until_the_lease_ends(
    archive: Archive, now: datetime
) -> None:
    await archive.write(lambda store: store.deliveries.post(Lane.ANSWER, 1, "sendMessage", {}, now))
    assert await claims(archive, now) == []
    assert await claims(archive, now + LEASE) == []
    assert len(await claims(archive, now + LEASE + SECOND)) == 1
    assert await claims(archive, now + LEASE + SECOND) == []


async def test_a_retry_is_owed_again_at_its_time_and_counts(archive: Archive, now: datetime) -> None:
    (id,) = await owing(archive, now, [Lane.ANSWER])
    await claims(archive, now)
    await archive.write(lambda store: store.deliveries.retry(id, now + SECOND, "no answer"))
    assert await claims(archive, now + SECOND + BEFORE) == []
    (again,) = await claims(archive, now + SECOND)
    assert (again.id, again.attempts, again.body) == (id, 1, '{"n":0}')


async def test_a_delivery_ends_once_and_its_words_are_not_kept(archive: Archive, now: datetime) -> None:
    (id,) = await owing(archive, now, [Lane.ANSWER])
    ended = [
        await archive.write(lambda store, to=state: store.deliveries.settle(id, to, now))
        for state in (DeliveryState.DELIVERED, DeliveryState.UNDELIVERABLE)
    ]
    assert ended == [True, False]
    await archive.write(lambda store: store.deliveries.retry(id, now, "late"))
    (row,) = await archive.read(lambda store: store.deliveries.newest())
    assert (row["state"], row["body"], row["attempts"]) == ("delivered", b"", 0)
    assert await claims(archive, now + LEASE * 2) == []


async def test_a_later_change_of_a_card_takes_the_place_of_one_still_owed(
    archive: Archive, now: datetime
) -> None:
    def post(store: Store) -> None:
        card = store.cards.add(store.people.met(1, "de", now).id, "a:b", now)
        for edits in (False, True, True):
            store.deliveries.post(Lane.ANSWER, 1, "editMessageText", {}, now, card_id=card.id, edits=edits)

    await archive.write(post)
    rows = await archive.read(lambda store: store.deliveries.newest())
    assert [row["state"] for row in reversed(rows)] == ["queued", "superseded", "queued"]


async def test_of_all_who_take_an_alarm_one_wins(archive: Archive, now: datetime) -> None:
    people = await met(archive, now, 20)
    alarm = await archive.write(lambda store: store.alarms.open(people[0], None, {"minutes": [5]}, now))
    told = await asyncio.gather(
        *(archive.write(lambda store, who=who: store.alarms.take(alarm.id, who, now)) for who in people)
    )
    assert told.count(True) == 1
    taken = await archive.read(lambda store: store.alarms.get(alarm.id))
    assert taken is not None
    assert taken.taken_by == people[told.index(True)]
    assert taken.revision == alarm.revision + 1


async def test_a_taken_alarm_pages_nobody_and_an_ended_one_stays_ended(
    archive: Archive, now: datetime
) -> None:
    (person,) = await met(archive, now, 1)
    alarm = await archive.write(lambda store: store.alarms.open(person, None, {"minutes": [5]}, now))
    assert await archive.write(lambda store: store.alarms.advance(alarm.id, 1, 1))
    assert await archive.write(lambda store: store.alarms.take(alarm.id, person, now))
    assert not await archive.write(lambda store: store.alarms.advance(alarm.id, 2, 1))
    assert await archive.write(lambda store: store.alarms.end(alarm.id, None, now))
    assert not await archive.write(lambda store: store.alarms.end(alarm.id, None, now))
    assert not await archive.write(lambda store: store.alarms.take(alarm.id, person, now))


async def test_alarms_raised_together_have_numbers_of_their_own(archive: Archive, now: datetime) -> None:
    people = await met(archive, now, 25)
    raised = await asyncio.gather(
        *(
            archive.write(lambda store, who=who: store.alarms.open(who, None, {}, now).number)
            for who in people
        )
    )
    assert sorted(raised) == list(range(1, 26))


async def test_a_page_reaches_somebody_for_the_first_time_once(archive: Archive, now: datetime) -> None:
    (person,) = await met(archive, now, 1)
    alarm = await archive.write(lambda store: store.alarms.open(person, None, {}, now))
    await archive.write(lambda store: store.alarms.page(alarm.id, person, 1, now))
    told = [
        await archive.write(lambda store: store.alarms.page_delivered(alarm.id, person, now))
        for _ in range(2)
    ]
    assert told == [True, False]


async def test_timers_are_set_moved_dropped_and_due_in_order(archive: Archive, now: datetime) -> None:
    def arrange(store: Store) -> None:
        store.timers.set("b", "late", now - SECOND)
        store.timers.set("a", "first", now - 3 * SECOND)
        store.timers.set("a", "just", now)
        store.timers.set("a", "not yet", now - BEFORE)
        store.timers.set("a", "moved", now - SECOND)
        store.timers.set("a", "moved", now + SECOND)
        store.timers.set("a", "dropped", now - SECOND)
        store.timers.drop("a", "dropped")
        store.timers.drop("a", "never there")

    await archive.write(arrange)
    due = await archive.read(lambda store: store.timers.due(now))
    assert [timer.scope for timer in due] == ["first", "late", "just"]
    assert [timer.scope for timer in await archive.read(lambda store: store.timers.due(now, 2))] == [
        "first",
        "late",
    ]
    assert await archive.read(lambda store: store.timers.due_at("a", "moved")) == now + SECOND
    assert await archive.read(lambda store: store.timers.due_at("b", "first")) is None
    assert await archive.read(lambda store: store.timers.next_due()) == now - 3 * SECOND


async def test_a_timer_put_off_comes_later_and_is_never_lost(archive: Archive, now: datetime) -> None:
    await archive.write(lambda store: store.timers.set("a", "b", now))
    (timer,) = await archive.read(lambda store: store.timers.due(now))
    await archive.write(lambda store: store.timers.put_off(timer, now + SECOND))
    assert await archive.read(lambda store: store.timers.due(now)) == []
    assert len(await archive.read(lambda store: store.timers.due(now + SECOND))) == 1


async def test_updates_are_kept_once_in_the_order_they_came(archive: Archive, now: datetime) -> None:
    first = await archive.write(
        lambda store: store.updates.keep([(7, "a", 1), (8, "b", 1), (7, "a", 1)], now)
    )
    again = await archive.write(lambda store: store.updates.keep([(8, "b", 1), (3, "c", 1)], now))
    assert [one.update_id for one in first] == [7, 8]
    assert [one.update_id for one in again] == [3]
    await archive.write(lambda store: store.updates.done(7))
    await archive.write(lambda store: store.updates.park(8, "ValueError"))
    assert [one.update_id for one in await archive.read(lambda store: store.updates.waiting())] == [3]
    assert await archive.read(lambda store: store.updates.count_parked()) == 1


async def test_what_was_said_is_forgotten_with_its_effect_and_the_number_is_not(
    archive: Archive, now: datetime
) -> None:
    await archive.write(lambda store: store.updates.keep([(7, "a secret", 1)], now))
    await archive.write(lambda store: store.updates.done(7))
    rows = await archive.read(lambda store: store.connection.exec_driver_sql("SELECT raw FROM updates").all())
    assert rows == [(b"",)]
    assert await archive.write(lambda store: store.updates.keep([(7, "a secret", 1)], now)) == []
