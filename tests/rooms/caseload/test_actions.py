import json
from datetime import datetime, timedelta

import pytest

from handlers import links
from handlers.callback import read
from handlers.caseload import actions, chat
from handlers.caseload.rules import tag
from handlers.refusal import Refusal
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Family, Person, Role
from storage.settings import CODES_ASKED
from storage.store import Store

MINE, THEIRS, PARENT = 1, 2, 3


@pytest.fixture(autouse=True)
def _known_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "BOT_USERNAME", "PaenzPorzBot")


def somebody(store: Store, telegram_id: int, now: datetime, *held: Role) -> Person:
    person = store.people.met(telegram_id, "de", now)
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def a_family(store: Store, now: datetime) -> tuple[Family, Person]:
    store.settings.put(CODES_ASKED, "off")
    me = somebody(store, MINE, now, Role.CASEWORKER)
    return actions.add(store, "Ahorn 12", by=me, now=now), me


def an_offer(store: Store) -> str:
    store.agency.put_sites([{"id": "bonner", "name": "Bonner Straße", "address": "…", "places": 10}])
    store.agency.put_offers([{"id": "bonner.day_group", "site_id": "bonner", "kind": "day_group"}])
    return "bonner.day_group"


def typed(store: Store, person: Person, text: str, now: datetime) -> Turn:
    return Turn(store, person, now, Asked(text=text))


def pressed(store: Store, person: Person, carried: str, now: datetime) -> Turn:
    return Turn(store, person, now, Asked(press=read(carried), message_id=7))


async def test_a_typed_name_becomes_a_family(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        store.settings.put(CODES_ASKED, "off")
        me = somebody(store, MINE, now, Role.CASEWORKER)
        chat.new(pressed(store, me, "caseload:new", now))
        chat.label(typed(store, me, "  Ahorn \u202e 12\n", now))
        assert [family.label for family in actions.families(store, by=me, now=now)] == ["Ahorn 12"]
        assert store.dialogues.of(me.id, now) is None

    await archive.write(story)


@pytest.mark.parametrize("text", ["x" * 41, "\u200e", "ahorn 12"])
async def test_a_name_that_does_not_fit_may_be_tried_again(
    archive: Archive, now: datetime, text: str
) -> None:
    def story(store: Store) -> None:
        _, me = a_family(store, now)
        chat.new(pressed(store, me, "caseload:new", now))
        with pytest.raises(Refusal):
            chat.label(typed(store, me, text, now))
        chat.label(typed(store, me, "x" * 40, now))
        assert len(actions.families(store, by=me, now=now)) == 2

    await archive.write(story)


@pytest.mark.parametrize(
    "verb", ["open", "offers", "site", "switch", "invite", "neutral", "invitations", "withdraw", "more"]
)
@pytest.mark.parametrize("held", [Role.CASEWORKER, Role.LEAD, Role.PARENT])
async def test_other_peoples_families_stay_shut(
    archive: Archive, now: datetime, verb: str, held: Role
) -> None:
    def story(store: Store) -> None:
        family, _ = a_family(store, now)
        stranger = somebody(store, THEIRS, now, held)
        acts = {
            "open": chat.open_family,
            "offers": chat.offers,
            "site": chat.site,
            "switch": chat.switch,
            "invite": chat.invite,
            "neutral": chat.neutral,
            "invitations": chat.invitations,
            "withdraw": chat.withdraw,
            "more": chat.what_else,
        }
        with pytest.raises(Refusal):
            acts[verb](pressed(store, stranger, f"caseload:{verb}:{family.id}:x", now))
        assert store.posted == []

    await archive.write(story)


async def test_an_invitation_shows_its_link_once(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> str:
        family, me = a_family(store, now)
        chat.invite(pressed(store, me, f"caseload:invite:{family.id}", now))
        chat.name(typed(store, me, "Amina", now))
        body = json.loads(store.posted[-1].body)
        link = body["photo"].removeprefix("qr:")
        assert store.posted[-1].method == "sendPhoto"
        assert link in body["caption"]
        code = link.removeprefix("https://t.me/PaenzPorzBot?start=")
        opened = store.invitations.find(code, now + timedelta(hours=71))
        assert opened is not None
        assert (opened.role, opened.name, opened.family_id) == (Role.PARENT, "Amina", family.id)
        assert code not in json.dumps(store.journal.newest(), default=str)
        assert store.dialogues.of(me.id, now) is None
        return code

    assert len(await archive.write(story)) > 20


async def test_a_tick_enrols_and_the_next_one_takes_out(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family, me = a_family(store, now)
        offer = an_offer(store)
        switch = f"caseload:switch:{family.id}:{tag(offer)}"
        chat.switch(pressed(store, me, switch, now))
        assert store.families.offers_of(family.id) == {offer}
        assert "✅" in json.loads(store.posted[-1].body)["reply_markup"]["inline_keyboard"][0][0]["text"]
        chat.switch(pressed(store, me, switch, now))
        assert store.families.offers_of(family.id) == frozenset()

    await archive.write(story)


async def test_an_offer_that_is_gone_says_so(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family, me = a_family(store, now)
        turn = pressed(store, me, f"caseload:switch:{family.id}:gone", now)
        chat.switch(turn)
        assert turn.toast is not None
        assert len(store.posted) == 1

    await archive.write(story)


async def test_an_opened_family_shows_who_can_be_reached(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family, me = a_family(store, now)
        amina = somebody(store, PARENT, now, Role.PARENT)
        store.people.rename(amina.id, "Amina")
        store.people.speaks(amina.id, "tr")
        store.people.set_blocked(amina.id, True)
        store.families.join(family.id, amina.id)
        store.families.enrol(family.id, an_offer(store), now)
        chat.open_family(pressed(store, me, f"caseload:open:{family.id}", now))
        text = json.loads(store.posted[-1].body)["text"]
        assert "Amina: Türkçe 🚫" in text
        assert "Tagesgruppe, Bonner Straße" in text

    await archive.write(story)


async def test_going_back_ends_the_question(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family, me = a_family(store, now)
        chat.invite(pressed(store, me, f"caseload:invite:{family.id}", now))
        chat.open_family(pressed(store, me, f"caseload:open:{family.id}", now))
        assert store.dialogues.of(me.id, now) is None

    await archive.write(story)


async def test_long_caseloads_come_in_pages(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        store.settings.put(CODES_ASKED, "off")
        me = somebody(store, MINE, now, Role.CASEWORKER)
        for n in range(25):
            actions.add(store, f"Ahorn {n:02}", by=me, now=now)
        chat.listed(pressed(store, me, "caseload:list:999", now))
        labels = [
            row[0]["text"] for row in json.loads(store.posted[-1].body)["reply_markup"]["inline_keyboard"]
        ]
        assert labels[:5] == [f"Ahorn {n}" for n in range(20, 25)]
        assert labels[5] == "◀️"

    await archive.write(story)


def test_without_its_name_the_bot_makes_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "BOT_USERNAME", "")
    with pytest.raises(LookupError):
        links.invitation_link("code")
    links.introduce("@PaenzPorzBot")
    assert links.invitation_link("code") == "https://t.me/PaenzPorzBot?start=code"
