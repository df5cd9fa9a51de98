"""A hundred thousand tampered, stale and foreign presses: nothing of a family reaches whoever does not work with it.

A leak is any of the family's own words (label, names, places, notes, what was entrusted or written in an alarm) in
anything posted or flashed to a stranger, or any change of the family's rows.
"""

import inspect
import random
import string
from collections.abc import Callable
from datetime import datetime

import pytest

from handlers import house
from handlers.callback import read
from handlers.links import introduce
from handlers.refusal import Refusal
from handlers.room import Act
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import AppointmentKind, Mood, Role
from storage.store import Store
from storage.tables import metadata
from tests.phones import read_all
from tests.stage import Stage
from tests.walled import ENTRUSTED, INVITED, LABEL, MOTHER, NOTE, PLACE, ROWS, SECRETS, World

PRESSES, PARTS, THROUGH_TELEGRAM = 100_000, 10, 400


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


# rows of a family that are not watched here, and why
ELSEWHERE = {
    "alarms": "anybody on call may end one",
    "worries": "whoever is on call answers one",
    "journal": "grows with every refusal",
}


def test_every_table_of_a_family_is_watched() -> None:
    of_family = {name for name, table in metadata.tables.items() if "family_id" in table.c}
    through = {
        name
        for name, table in metadata.tables.items()
        if {key.column.table.name for key in table.foreign_keys} & {"appointments", "practices"}
    }
    assert of_family | through | {"families"} <= set(ROWS) | set(ELSEWHERE)


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
        unseen = {LABEL, MOTHER, PLACE, NOTE, ENTRUSTED, INVITED}
        presses = [(named, act, id) for named, act in verbs().items() for id in world.ids]
        for named, act, id in presses:
            turn = Turn(store, klein, now, Asked(press=read(f"{named}:{id}"), message_id=7, query_id="1"))
            tries(store, turn, act)
            shown = said(store, turn, {klein.telegram_id})
            unseen -= {word for word in unseen if word in shown}
            store.posted.clear()
            if not unseen:
                return
        raise AssertionError(f"never shown: {unseen}")

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
        await phone.reads_everything()
        for _ in range(THROUGH_TELEGRAM // 3):
            carried = ":".join((dice.choice(known), *dice.choices(ids, k=dice.randrange(3))))[:64]
            if not phone.account.messages:  # they have cleared their chat, which anybody may
                await phone.types("/menu")
                await stage.quiet()
            query = phone.hand.forges(next(reversed(phone.account.messages)), carried)
            assert await query.answer(5.0), carried
            shown = (query.text or "") + phone.screen
            assert not [word for word in SECRETS if word in shown], (carried, phone)
        await phone.reads_everything()
    await read_all(*stage.phones)
