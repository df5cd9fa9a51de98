import json
from datetime import datetime

import pytest

from handlers import links
from handlers.access import Asking
from handlers.callback import read
from handlers.oversight import actions, chat
from handlers.refusal import Refusal
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import DeliveryState, Lane, Person, Role
from storage.store import Store

LEAD, SECOND_LEAD, CASEWORKER, PARENT = 1, 2, 3, 4


@pytest.fixture(autouse=True)
def _known_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "BOT_USERNAME", "PaenzPorzBot")


def somebody(store: Store, telegram_id: int, now: datetime, *held: Role) -> Person:
    person = store.people.met(telegram_id, "de", now)
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def a_parent(store: Store, now: datetime) -> Person:
    caseworker = somebody(store, CASEWORKER, now, Role.CASEWORKER)
    parent = somebody(store, PARENT, now, Role.PARENT)
    store.families.join(store.families.add("Ahorn 12", caseworker.id, now).id, parent.id)
    return parent


def told(store: Store) -> list[int]:
    return [delivery.chat_id for delivery in store.posted]


def pressed(store: Store, person: Person, carried: str, now: datetime) -> Turn:
    return Turn(store, person, now, Asked(press=read(carried), message_id=7))


def invites(store: Store, lead: Person, carried: str, name: str, now: datetime) -> str:
    """The code of the invitation that the lead is shown."""
    chat.invite(pressed(store, lead, carried, now))
    chat.name(Turn(store, lead, now, Asked(text=name)))
    link: str = json.loads(store.posted[-1].body)["photo"]
    return link.rpartition("=")[2]


async def test_a_blocked_bot_is_reported_once(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        somebody(store, LEAD, now, Role.LEAD)
        parent = a_parent(store, now)
        actions.unreachable(store, parent, now)
        actions.unreachable(store, parent, now)
        assert store.people.get(parent.id).blocked
        assert told(store) == [CASEWORKER]
        assert "Ahorn 12" in store.posted[0].body

    await archive.write(story)


async def test_coming_back_is_reported_once_too(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent = a_parent(store, now)
        actions.reachable_again(store, parent, now)
        assert told(store) == []
        actions.unreachable(store, parent, now)
        actions.reachable_again(store, parent, now)
        actions.reachable_again(store, parent, now)
        assert not store.people.get(parent.id).blocked
        assert told(store) == [CASEWORKER, CASEWORKER]

    await archive.write(story)


async def test_silent_staff_are_the_leads_matter(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, LEAD, now, Role.LEAD)
        somebody(store, SECOND_LEAD, now, Role.LEAD)
        parent = a_parent(store, now)
        caseworker = store.people.by_telegram(CASEWORKER)
        assert caseworker is not None
        actions.unreachable(store, lead, now)
        actions.unreachable(store, caseworker, now)
        assert told(store) == [SECOND_LEAD, SECOND_LEAD]
        actions.unreachable(store, parent, now)
        assert told(store)[2:] == [SECOND_LEAD]
        assert "caseload:open" not in store.posted[-1].body

    await archive.write(story)


async def test_a_parked_update_is_named_by_number_only(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        somebody(store, LEAD, now, Role.LEAD)
        somebody(store, SECOND_LEAD, now, Role.LEAD)
        somebody(store, CASEWORKER, now, Role.CASEWORKER)
        store.updates.keep([(815, '{"message": "private"}', 1)], now)
        store.updates.park(815, "broken")
        actions.parked(store, 815, now)
        assert sorted(told(store)) == sorted([LEAD, SECOND_LEAD])
        assert "815" in store.posted[0].body
        assert "private" not in store.posted[0].body

    await archive.write(story)


async def test_oversight_counts_what_got_stuck(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, LEAD, now, Role.LEAD)
        a_parent(store, now)
        lonely = store.families.add("Birke 3", lead.id, now)
        store.updates.keep([(1, "{}", 1), (2, "{}", 1)], now)
        store.updates.park(2, "broken")
        store.agency.replace_policies({"": {"minutes": [5, 5, 5]}})
        store.duties.assign(lead.id, 2, now)
        store.duties.tested(lead.id, now)
        owed = [store.deliveries.post(Lane.ANSWER, 9, "sendMessage", {}, now) for _ in range(3)]
        store.deliveries.settle(owed[0].id, DeliveryState.UNDELIVERABLE, now)
        store.deliveries.settle(owed[1].id, DeliveryState.DELIVERED, now)
        stuck = actions.stuck(Asking(store, lead, now))
        assert (stuck.parked, stuck.undeliverable) == (1, 1)
        assert (stuck.alone, stuck.unmanned) == ([lonely], [1, 3])

    await archive.write(story)


@pytest.mark.parametrize("role", [Role.LEAD, Role.CASEWORKER])
async def test_a_lead_invites_a_colleague(archive: Archive, now: datetime, role: Role) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, LEAD, now, Role.LEAD)
        code = invites(store, lead, f"oversight:invite:{role}", "Chidi", now)
        made = store.invitations.find(code, now)
        assert made is not None
        assert (made.role, made.name, made.step, made.invited_by) == (role, "Chidi", None, lead.id)
        assert store.dialogues.of(lead.id, now) is None

    await archive.write(story)


async def test_on_call_staff_are_invited_to_a_step(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, LEAD, now, Role.LEAD)
        store.agency.replace_policies({"": {"minutes": [5, 5]}})
        chat.invite(pressed(store, lead, "oversight:invite:on_call", now))
        assert "oversight:invite:on_call:2" in store.posted[-1].body
        assert store.dialogues.of(lead.id, now) is None
        made = store.invitations.find(invites(store, lead, "oversight:invite:on_call:2", "Chidi", now), now)
        assert made is not None
        assert (made.role, made.step) == (Role.ON_CALL, 2)

    await archive.write(story)


@pytest.mark.parametrize("carried", ["parent", "on_call:9", "", "nonsense:1"])
async def test_a_stale_invite_button_says_so(archive: Archive, now: datetime, carried: str) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, LEAD, now, Role.LEAD)
        store.agency.replace_policies({"": {"minutes": [5, 5]}})
        turn = pressed(store, lead, f"oversight:invite:{carried}", now)
        chat.invite(turn)
        assert turn.toast is not None
        assert store.dialogues.of(lead.id, now) is None

    await archive.write(story)


async def test_a_step_that_was_abolished_meanwhile_is_refused(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, LEAD, now, Role.LEAD)
        store.agency.replace_policies({"": {"minutes": [5, 5]}})
        chat.invite(pressed(store, lead, "oversight:invite:on_call:2", now))
        store.agency.replace_policies({"": {"minutes": [5]}})
        with pytest.raises(Refusal):
            chat.name(Turn(store, lead, now, Asked(text="Chidi")))

    await archive.write(story)


@pytest.mark.parametrize("act", [chat.menu, chat.team, chat.invite, chat.oversee, chat.look])
@pytest.mark.parametrize("held", [Role.CASEWORKER, Role.ON_CALL, Role.PARENT])
async def test_only_leads_come_in(archive: Archive, now: datetime, act: object, held: Role) -> None:
    def story(store: Store) -> None:
        person = somebody(store, CASEWORKER, now, held)
        with pytest.raises(Refusal) as no:
            act(pressed(store, person, "oversight:invite:lead", now))  # type: ignore[operator]
        assert no.value.phrase.domain == ("families" if held is Role.PARENT else "staff")

    await archive.write(story)


async def test_the_team_is_listed_with_all_its_roles(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, LEAD, now, Role.LEAD, Role.ON_CALL)
        store.people.rename(lead.id, "Leyla")
        a_parent(store, now)
        chat.menu(Turn(store, lead, now, Asked(text="👥 Team")))
        text = json.loads(store.posted[-1].body)["text"]
        assert "Leyla: Leitung, Rufbereitschaft" in text
        assert "Ihr Team: 2" in text

    await archive.write(story)
