"""A hundred thousand tampered, stale and foreign presses: nothing of a family reaches whoever does not work with it.

A leak is any of the family's own words (label, names, places, notes, what was entrusted or written in an alarm) in
anything posted or flashed to a stranger, or any change of the family's rows.
"""

import inspect
import random
import string
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from handlers import house
from handlers.callback import read
from handlers.links import introduce
from handlers.refusal import Refusal
from handlers.room import Act
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import AppointmentKind, Mood, Person, Role
from storage.store import Store
from tests.stage import Stage

PRESSES, PARTS, THROUGH_TELEGRAM = 100_000, 10, 400
LABEL, MOTHER, PLACE, NOTE = "Zauberahorn", "Walburgis", "Geheimgasse", "Kummerwort"
ENTRUSTED, CRIED, INVITED = "Vertrauenswort", "Notwort", "Kunigunde"
NOTICED, REMEMBERED = "Sorgenwort", "Nachwort"
SECRETS = (LABEL, MOTHER, PLACE, NOTE, ENTRUSTED, CRIED, INVITED, NOTICED, REMEMBERED)
# rows of the family, by table: none may change, whatever strangers press; an alarm is anybody's on call to end
ROWS = {
    "families": "id = :family",
    "members": "family_id = :family",
    "appointments": "family_id = :family",
    "checkins": "family_id = :family",
    "entrusted": "family_id = :family",
    "invitations": "family_id = :family",
    "enrolments": "family_id = :family",
    "legal_holds": "family_id = :family",
    "requests": "family_id = :family",
    "concerns": "family_id = :family",
    "concern_marks": "family_id = :family",
    "answers": "appointment_id IN (SELECT id FROM appointments WHERE family_id = :family)",
    "consents": "person_id IN (SELECT person_id FROM members WHERE family_id = :family)",
    "deputies": "caseworker_id IN (SELECT caseworker_id FROM families WHERE id = :family)",
    "roles": "person_id IN (SELECT person_id FROM members WHERE family_id = :family)",
}


def verbs() -> dict[str, Act]:
    """What every inline button of the house does, by `room:verb`."""
    found: dict[str, Act] = {}
    for handler in house.handlers():
        callback: Callable[..., object] = getattr(handler, "callback", lambda: None)
        known = inspect.getclosurevars(callback).nonlocals
        pattern = getattr(handler, "pattern", None)
        if "verbs" in known and pattern is not None:
            room = str(inspect.getclosurevars(pattern).nonlocals["room"])
            found |= {f"{room}:{verb}": act for verb, act in known["verbs"].items()}
    return found


class World:
    """A family with all it may have, and everybody who has nothing to do with it."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.now = now
        store.settings.ask_for_codes(True)
        store.agency.replace_policies({"": {"minutes": [5, 5]}})
        store.agency.put_sites([{"id": "s", "name": "Haus", "address": "", "places": 1}])
        store.agency.put_offers([{"id": "o", "site_id": "s", "kind": "parent_training"}])
        klein = self._somebody(store, 1, "Frau Klein", Role.CASEWORKER)
        gross = self._somebody(store, 2, "Herr Gross", Role.CASEWORKER)
        ended = self._somebody(store, 3, "Frau Ende", Role.CASEWORKER)
        koch = self._somebody(store, 4, "Frau Koch", Role.ON_CALL)
        lang = self._somebody(store, 5, "Frau Lang", Role.LEAD)
        other = self._somebody(store, 6, "Amina", Role.PARENT)
        guest = self._somebody(store, 7, "")
        self.mother = self._somebody(store, 8, MOTHER, Role.PARENT)
        self.family = store.families.add(LABEL, klein.id, now)
        theirs = store.families.add("Birke", gross.id, now)
        store.families.join(self.family.id, self.mother.id)
        store.families.join(theirs.id, other.id)
        store.families.enrol(self.family.id, "o", now)
        store.deputies.add(klein.id, ended.id, now - timedelta(days=9), now - timedelta(days=2), klein.id)
        for colleague in (gross, ended):
            store.logins.begin(colleague.id, "A" * 32)
            store.logins.enter(colleague.id, 1, now + timedelta(hours=9), now + timedelta(hours=9))
        self.ids = self._content(store, klein, theirs.id)
        self.ids += [person.id for person in (klein, gross, ended, koch, lang, other, guest, self.mother)]
        self.strangers = [gross, ended, koch, lang, other, guest]

    def _somebody(self, store: Store, number: int, name: str, *roles: Role) -> Person:
        person = store.people.met(number, "de", self.now)
        store.people.rename(person.id, name)
        for role in roles:
            store.people.grant(person.id, role, self.now)
        if Role.ON_CALL in roles:
            store.duties.assign(person.id, 1, self.now)
            store.duties.tested(person.id, self.now)
        return store.people.get(person.id)

    def _content(self, store: Store, klein: Person, theirs: str) -> list[str]:
        now, family = self.now, self.family
        kind = AppointmentKind.HOME_VISIT
        made = store.appointments.add(family.id, klein.id, kind, now + timedelta(days=1), PLACE)
        taken = store.checkins.add(self.mother.id, family.id, Mood.BAD, now)
        store.checkins.note(taken.id, self.mother.id, NOTE)
        note = store.entrusted.add(family.id, klein.id, ENTRUSTED, now)
        code, _ = store.invitations.add(Role.PARENT, INVITED, now, family_id=family.id, invited_by=klein.id)
        invitation = store.invitations.find(code, now)
        alarm = store.alarms.open(self.mother.id, family.id, {"minutes": [5, 5]}, now)
        store.alarms.add_line(alarm, CRIED, now)
        store.alarms.add_debrief(alarm, klein.id, REMEMBERED, now)
        concern = store.concerns.open(family.id, klein.id, now, alarm.number)
        store.concerns.mark(concern, "noticed", klein.id, NOTICED, now)
        session = store.training.add("o", klein.id, now + timedelta(days=1), "Haus")
        card = store.cards.add(self.mother.id, f"appointment:{made.id}", now)
        request = store.requests.ask(self.mother.id, family.id, now)
        deputy = store.deputies.of_caseworker(klein.id, now - timedelta(days=5))[0]
        assert invitation is not None
        found = (family, made, taken, note, invitation, alarm, session, card, request, deputy, concern)
        return [theirs, *(one.id for one in found)]

    def cries(self, store: Store) -> None:
        """There is always an alarm with words in it."""
        if store.alarms.current_of(self.mother.id) is None:
            alarm = store.alarms.open(self.mother.id, self.family.id, {"minutes": [5, 5]}, self.now)
            store.alarms.add_line(alarm, CRIED, self.now)
            self.ids.append(alarm.id)

    def rows(self, store: Store) -> dict[str, list[tuple[object, ...]]]:
        return {
            table: [
                tuple(row)
                for row in store.connection.exec_driver_sql(
                    f"SELECT * FROM {table} WHERE {where} ORDER BY 1, 2",  # noqa: S608 - our own words
                    {"family": self.family.id},
                )
            ]
            for table, where in ROWS.items()
        }


class Mischief:
    """Draws presses: real ids in wrong hands, ids of the wrong kind, cut, changed and made up ones."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.dice, self.acts = world, random.Random(seed), verbs()

    def press(self) -> tuple[str, Act]:
        named = self.dice.choice(list(self.acts))
        parts = [self._part() for _ in range(self.dice.choice((0, 1, 1, 1, 2, 2, 3)))]
        return ":".join((named, *parts)), self.acts[named]

    def _part(self) -> str:
        id, dice = self.dice.choice(self.world.ids), self.dice
        match dice.randrange(8):
            case 0:
                return id[: dice.randrange(len(id))]
            case 1:
                at = dice.randrange(len(id))
                return id[:at] + dice.choice(string.ascii_letters) + id[at + 1 :]
            case 2:
                return dice.choice(("", "0", "1", "-1", "99999", "'", "%", "lead", "caseworker", "danger"))
            case _:
                return id

    def dialogue(self) -> tuple[str, str, dict[str, object]]:
        """A conversation from a time when it was right, or one that never was."""
        room = self.dice.choice([room for room in house.ROOMS if room.dialogues])
        step = self.dice.choice(list(room.dialogues))
        keys = (
            "family",
            "alarm",
            "of",
            "deputy",
            "checkin",
            "subject",
            "id",
            "request",
            "note",
            "person",
            "concern",
        )
        content: dict[str, object] = {key: self._part() for key in keys} | {"way": "noticed"}
        draft = {"key": "k", "message_id": 1, "kind": "other", "day": None, "hour": 9, "minute": 0}
        return room.name, step, {**content, **draft, "place": None, "became": self._part(), "before": None}


def said(store: Store, turn: Turn, to: set[int]) -> str:
    """All that these people are shown."""
    toast = turn.voice.say(turn.toast) if turn.toast is not None else ""
    return "\n".join([toast, *(one.body for one in store.posted if one.chat_id in to)])


def tries(store: Store, turn: Turn, act: Act) -> None:
    """As a visit does it: a refusal undoes the act, and only its words remain."""
    undo = store.connection.begin_nested()
    try:
        act(turn)
    except Refusal as no:
        undo.rollback()
        store.posted.clear()
        turn.flash(no.phrase)
    except (KeyError, TypeError, ValueError, LookupError):
        # a conversation that never was; a visit parks it and tells nobody anything
        undo.rollback()
        store.posted.clear()
    else:
        undo.commit()


@pytest.mark.parametrize("part", range(PARTS))
async def test_a_hundred_thousand_presses_leak_nothing(archive: Archive, now: datetime, part: int) -> None:
    introduce("PaenzPorzBot")
    world = await archive.write(lambda store: World(store, now))
    mischief = Mischief(world, part)
    strangers = {person.telegram_id for person in world.strangers}

    def thousand(store: Store) -> None:
        world.cries(store)
        before = world.rows(store)
        for _ in range(1000):
            person = store.people.met(mischief.dice.choice(world.strangers).telegram_id, "de", now)
            if mischief.dice.random() < 0.1:
                store.dialogues.put(person.id, *mischief.dialogue(), now)
            carried, act = mischief.press()
            press = read(carried)
            turn = Turn(store, person, now, Asked(press=press, message_id=7, query_id="1"))
            tries(store, turn, act)
            shown = said(store, turn, strangers)
            assert not [word for word in SECRETS if word in shown], (carried, person.name, shown[:500])
            store.posted.clear()
            store.withdrawn.clear()
        after = world.rows(store)
        assert {table for table in ROWS if before[table] != after[table]} == set()

    for _ in range(PRESSES // PARTS // 1000):
        await archive.write(thousand)


async def test_typed_texts_in_conversations_of_another_time_leak_nothing(
    archive: Archive, now: datetime
) -> None:
    introduce("PaenzPorzBot")
    world = await archive.write(lambda store: World(store, now))
    mischief = Mischief(world, 99)
    strangers = {person.telegram_id for person in world.strangers}

    def thousand(store: Store) -> None:
        world.cries(store)
        before = world.rows(store)
        for _ in range(1000):
            person = store.people.met(mischief.dice.choice(world.strangers).telegram_id, "de", now)
            room, step, content = mischief.dialogue()
            store.dialogues.put(person.id, room, step, content, now)
            turn = Turn(store, person, now, Asked(text=mischief.dice.choice(("Neues", "123456")), wrote=3))
            tries(store, turn, house.in_dialogue)
            shown = said(store, turn, strangers)
            assert not [word for word in SECRETS if word in shown], (room, step, person.name, shown[:500])
            store.posted.clear()
            store.withdrawn.clear()
        after = world.rows(store)
        assert {table for table in ROWS if before[table] != after[table]} == set()

    for _ in range(3):
        await archive.write(thousand)


async def test_the_owner_is_shown_what_strangers_are_not(archive: Archive, now: datetime) -> None:
    """The test of the test: the same presses in the right hands do show the family's words."""
    introduce("PaenzPorzBot")
    world = await archive.write(lambda store: World(store, now))

    def story(store: Store) -> None:
        store.settings.ask_for_codes(False)
        klein = store.people.get(world.family.caseworker_id)
        shown = ""
        for named, act in verbs().items():
            for id in world.ids:
                turn = Turn(store, klein, now, Asked(press=read(f"{named}:{id}"), message_id=7, query_id="1"))
                tries(store, turn, act)
                shown += said(store, turn, {klein.telegram_id})
                store.posted.clear()
        assert [word for word in (LABEL, MOTHER, PLACE, NOTE, ENTRUSTED, INVITED) if word not in shown] == []

    await archive.write(story)


async def test_some_hundreds_through_the_whole_bot(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    lang = await stage.staff("Frau Lang", Role.LEAD)
    family = await stage.family(LABEL, klein)
    await stage.parent(MOTHER, "tr", family)
    amina = await stage.parent("Amina", "tr", await stage.family("Birke", gross))
    now = stage.clock.now()

    def fill(store: Store) -> list[str]:
        mother = store.people.of_family(family.id)[0]
        made = store.appointments.add(family.id, family.caseworker_id, AppointmentKind.OTHER, now, PLACE)
        taken = store.checkins.add(mother.id, family.id, Mood.BAD, now)
        store.checkins.note(taken.id, mother.id, NOTE)
        note = store.entrusted.add(family.id, family.caseworker_id, ENTRUSTED, now)
        return [family.id, mother.id, made.id, taken.id, note.id, family.caseworker_id]

    ids = await stage.machine.archive.write(fill)
    await stage.machine.archive.write(lambda store: store.settings.ask_for_codes(True))
    dice, known = random.Random(7), sorted(verbs())
    for phone in (gross, lang, amina):
        await phone.types("/menu")
        await stage.quiet()
        phone.reads_everything()
        for _ in range(THROUGH_TELEGRAM // 3):
            carried = ":".join((dice.choice(known), *dice.choices(ids, k=dice.randrange(3))))[:64]
            if not phone.account.messages:  # they have cleared their chat, which anybody may
                await phone.types("/menu")
                await stage.quiet()
            query = phone.hand.forges(next(reversed(phone.account.messages)), carried)
            assert await query.answer(5.0), carried
            shown = (query.text or "") + phone.screen
            assert not [word for word in SECRETS if word in shown], (carried, phone)
        phone.reads_everything()
    for phone in stage.phones:
        phone.reads_everything()
