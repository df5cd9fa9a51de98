import json
from datetime import datetime, timedelta

import pytest

from handlers.intake import actions, chat
from handlers.refusal import Refusal
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Family, Person, Role
from storage.store import Store

CASEWORKER, PARENT, OTHER = 1, 2, 3


def somebody(store: Store, telegram_id: int, now: datetime, *held: Role, hint: str = "tr") -> Person:
    person = store.people.met(telegram_id, hint, now)
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def a_family(store: Store, now: datetime, label: str = "Ahorn 12") -> Family:
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


async def test_a_parent_is_paired_and_the_caseworker_hears_of_it(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family = a_family(store, now)
        guest = somebody(store, PARENT, now)
        actions.enter(store, invited(store, family, now), by=guest, now=now)
        amina = store.people.get(guest.id)
        assert (amina.name, amina.roles) == ("Amina", {Role.PARENT})
        assert store.families.of_person(amina.id) == family
        (told,) = [d for d in store.posted if d.chat_id == CASEWORKER]
        assert "Ahorn 12" in told.body

    await archive.write(story)


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
        assert "مرحبًا" in str(welcome["text"])

    await archive.write(story)


async def test_wrong_used_and_expired_codes_sound_the_same(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        family = a_family(store, now)
        guest = somebody(store, PARENT, now)
        used, expired = invited(store, family, now), invited(store, family, now - timedelta(hours=73))
        actions.enter(store, used, by=somebody(store, OTHER, now), now=now)
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
        amina = somebody(store, PARENT, now)
        actions.enter(store, invited(store, family, now), by=amina, now=now)
        other = family if same_family else a_family(store, now, "Birke 3")
        code = invited(store, other, now)
        with pytest.raises(Refusal):
            actions.enter(store, code, by=store.people.get(amina.id), now=now)
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
        (duty,) = store.duties.on_now()
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
