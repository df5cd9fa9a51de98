import asyncio
import json
from datetime import datetime, timedelta
from statistics import median

import pytest

from bot.clock import ticks
from handlers import consenting
from handlers.intake import actions, chat
from handlers.refusal import Refusal
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Family, Person, Purpose, Role
from storage.settings import CODES_ASKED
from storage.store import Store

CASEWORKER, PARENT, OTHER = 1, 2, 3


def somebody(store: Store, telegram_id: int, now: datetime, *held: Role, hint: str = "tr") -> Person:
    person = store.people.met(telegram_id, hint, now)
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def a_family(store: Store, now: datetime, label: str = "Ahorn 12") -> Family:
    store.settings.put(CODES_ASKED, "off")
    caseworker = somebody(store, CASEWORKER, now, Role.CASEWORKER, hint="de")
    return store.families.add(label, caseworker.id, now)


def invited(store: Store, family: Family, now: datetime) -> str:
    by = family.caseworker_id
    return store.invitations.add(Role.PARENT, "Amina", now, family_id=family.id, invited_by=by)[0]


def starts(store: Store, person: Person, now: datetime, code: str = "") -> list[dict[str, object]]:
    """The bodies of what this person is sent after /start."""
    before = len(store.posted)
    chat.start(Turn(store, person, now, Asked(text=f"/start {code}".strip())))
    return [json.loads(d.body) for d in store.posted[before:] if d.chat_id == person.telegram_id]


def comes_in(store: Store, code: str, person: Person, now: datetime) -> Person:
    """The person came by the invitation and is confirmed by the caseworker."""
    used = actions.enter(store, code, by=person, now=now)
    assert used is not None
    assert used.family_id is not None
    family = store.families.get(used.family_id)
    assert family is not None
    assert actions.confirm(store, used.id, by=store.people.get(family.caseworker_id), now=now)
    return store.people.get(person.id)


async def test_a_parent_is_paired_once_the_caseworker_says_yes(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family = a_family(store, now)
        guest = somebody(store, PARENT, now)
        actions.enter(store, invited(store, family, now), by=guest, now=now)
        assert (store.people.get(guest.id), store.people.of_family(family.id)) == (guest, [])
        (told,) = [d for d in store.posted if d.chat_id == CASEWORKER]
        assert "Ahorn 12" in told.body
        came = store.invitations.undecided_of(guest.id)
        assert came is not None
        caseworker = store.people.get(family.caseworker_id)
        assert actions.confirm(store, came.id, by=caseworker, now=now)
        assert not actions.confirm(store, came.id, by=caseworker, now=now)
        assert not actions.decline(store, came.id, by=caseworker, now=now)
        amina = store.people.get(guest.id)
        assert (amina.name, amina.roles) == ("Amina", {Role.PARENT})
        assert store.families.of_person(amina.id) == family

    await archive.write(story)


async def test_who_said_yes_before_is_not_asked_again(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family = a_family(store, now)
        amina = somebody(store, PARENT, now)
        for purpose in Purpose:
            consenting.give(store, amina, purpose, now)
        comes_in(store, invited(store, family, now), amina, now)
        assert not [d for d in store.posted if "consent:" in d.body]

    await archive.write(story)


async def test_a_wrong_a_used_and_an_expired_code_take_the_same_time(archive: Archive, now: datetime) -> None:
    def prepare(store: Store) -> tuple[str, str]:
        family = a_family(store, now)
        used = invited(store, family, now)
        comes_in(store, used, somebody(store, OTHER, now), now)
        return used, invited(store, family, now - timedelta(hours=73))

    used, expired = await archive.write(prepare)
    kinds = {"wrong": "w" * len(used), "used": used, "expired": expired}
    # other people's load may disturb one round; a difference of ours would be in each
    apart = [await spread(archive, kinds, now + timedelta(days=30 * n)) for n in range(3)]
    assert min(apart) < 0.001, apart


async def spread(archive: Archive, kinds: dict[str, str], now: datetime) -> float:
    """By how many seconds the median answers to these codes lie apart."""
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    for n in range(180):
        # each kind comes first, second and third equally often
        kind = list(kinds)[(n + n // 3) % 3]
        # hours apart and another account each time, so that nobody is limited
        at = now + timedelta(hours=n)
        who = await archive.write(lambda store, n=n, at=at: somebody(store, 1000 + n, at))
        began = ticks()
        await archive.write(lambda store, who=who, at=at, code=kinds[kind]: starts(store, who, at, code))
        took[kind].append(ticks() - began)
    middle = [median(times) for times in took.values()]
    return max(middle) - min(middle)


async def test_of_a_hundred_at_the_door_one_comes_in(archive: Archive, now: datetime) -> None:
    def prepare(store: Store) -> tuple[str, list[Person]]:
        people = [somebody(store, 1000 + n, now) for n in range(100)]
        return invited(store, a_family(store, now), now), people

    code, people = await archive.write(prepare)
    tried = [
        archive.write(lambda store, who=who: actions.enter(store, code, by=who, now=now)) for who in people
    ]
    assert sum(used is not None for used in await asyncio.gather(*tried)) == 1


async def test_the_red_button_and_all_languages_come_with_the_welcome(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        code = invited(store, a_family(store, now), now)
        welcome, languages = starts(store, somebody(store, PARENT, now), now, code)
        assert "🆘" in json.dumps(welcome["reply_markup"], ensure_ascii=False)
        offered = json.dumps(languages["reply_markup"], ensure_ascii=False)
        assert offered.index("Türkçe") < offered.index("Deutsch")
        assert "العربية" in offered

    await archive.write(story)


async def test_whoever_has_a_language_is_not_asked_again(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        code = invited(store, a_family(store, now), now)
        guest = somebody(store, PARENT, now)
        store.people.speaks(guest.id, "ar")
        (welcome,) = starts(store, store.people.get(guest.id), now, code)
        assert "شكرًا" in str(welcome["text"])

    await archive.write(story)


async def test_wrong_used_and_expired_codes_sound_the_same(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family = a_family(store, now)
        guest = somebody(store, PARENT, now)
        used, expired = invited(store, family, now), invited(store, family, now - timedelta(hours=73))
        comes_in(store, used, somebody(store, OTHER, now), now)
        answers = [starts(store, guest, now, code)[0] for code in ("nonsense", "ü", used, expired)]
        assert len({json.dumps(answer) for answer in answers}) == 1
        assert not store.people.get(guest.id).roles

    await archive.write(story)


async def test_a_code_lasts_seventy_two_hours(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        code = invited(store, a_family(store, now), now)
        late = now + timedelta(hours=72)
        guest = somebody(store, PARENT, now)
        assert actions.enter(store, code, by=guest, now=late) is None
        assert actions.enter(store, code, by=guest, now=late - timedelta(seconds=1)) is not None

    await archive.write(story)


@pytest.mark.parametrize("same_family", [True, False])
async def test_a_refused_invitation_stays_open(archive: Archive, now: datetime, same_family: bool) -> None:
    def story(store: Store) -> None:
        family = a_family(store, now)
        amina = comes_in(store, invited(store, family, now), somebody(store, PARENT, now), now)
        other = family if same_family else a_family(store, now, "Birke 3")
        code = invited(store, other, now)
        with pytest.raises(Refusal):
            actions.enter(store, code, by=amina, now=now)
        assert store.families.of_person(amina.id) == family
        assert actions.enter(store, code, by=somebody(store, OTHER, now), now=now) is not None

    await archive.write(story)


async def test_staff_cannot_become_a_parent_here(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family = a_family(store, now)
        caseworker = store.people.get(family.caseworker_id)
        with pytest.raises(Refusal) as no:
            actions.enter(store, invited(store, family, now), by=caseworker, now=now)
        assert no.value.phrase.domain == "staff"
        assert store.people.of_family(family.id) == []

    await archive.write(story)


async def test_on_call_staff_start_on_duty_at_their_step(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, CASEWORKER, now, Role.LEAD)
        code, _ = store.invitations.add(Role.ON_CALL, "Chidi", now, step=2, invited_by=lead.id)
        chidi = somebody(store, OTHER, now, Role.CASEWORKER)
        actions.enter(store, code, by=chidi, now=now)
        assert store.people.get(chidi.id).roles == {Role.CASEWORKER, Role.ON_CALL}
        (duty,) = store.duties.on_now(now)
        assert (duty.person_id, duty.step) == (chidi.id, 2)
        assert [d.chat_id for d in store.posted] == [CASEWORKER]

    await archive.write(story)


async def test_a_guest_meets_the_red_button_first(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        hello, languages = starts(store, somebody(store, PARENT, now), now)
        assert str(hello["text"]).lstrip("\u200f").startswith("🆘")
        assert "inline_keyboard" in json.dumps(languages)

    await archive.write(story)


async def test_the_code_stays_out_of_the_archive(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        code = invited(store, a_family(store, now), now)
        starts(store, somebody(store, PARENT, now), now, code)
        lines = json.dumps([store.journal.newest(), store.deliveries.newest()], default=str)
        assert code not in lines

    await archive.write(story)
