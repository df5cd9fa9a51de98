"""The ordered table of rooms: who hears an update first, what time does where, who follows a delivery."""

from collections.abc import Sequence
from datetime import datetime

from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers import (
    alarms,
    appointments,
    attendance,
    calendars,
    calls,
    caseload,
    checkins,
    consent,
    courses,
    crisis,
    deputies,
    diary,
    discreet,
    drills,
    entrusted,
    forgetting,
    incidents,
    intake,
    journal,
    keeping,
    login,
    moving,
    oversight,
    places,
    planning,
    practice,
    preferences,
    protection,
    reminders,
    rights,
    rota,
    second,
    team,
    training,
    worries,
    worrying,
)
from handlers.home import home
from handlers.room import Due, Handler, Room, Settled, runs
from handlers.screen import screen
from handlers.turn import Turn
from locales.phrase import F, S
from storage.records import Delivery, DeliveryState
from storage.store import Store

# the red button is heard before anything else, whatever a person is in the middle of
ROOMS: Sequence[Room] = (
    crisis.room,
    rota.room,
    intake.room,
    preferences.room,
    discreet.room,
    appointments.room,
    planning.room,
    moving.room,
    attendance.room,
    calls.room,
    reminders.room,
    diary.room,
    calendars.room,
    training.room,
    courses.room,
    practice.room,
    checkins.room,
    consent.room,
    rights.room,
    forgetting.room,
    caseload.room,
    oversight.room,
    team.room,
    deputies.room,
    entrusted.room,
    login.room,
    incidents.room,
    journal.room,
    keeping.room,
    second.room,
    places.room,
    drills.room,
    alarms.room,
    protection.room,
    worries.room,
)


def handlers() -> list[Handler]:
    """Everybody who hears, in order; the last ones answer what nobody else did."""
    crisis_first, *others = ROOMS
    corrected = MessageHandler(filters.UpdateType.EDITED_MESSAGE, runs(unchanged))
    passed_on = MessageHandler(filters.FORWARDED, runs(only_own_words))
    heard: list[Handler] = [*crisis_first.handlers, corrected, passed_on]
    heard += [handler for room in others for handler in room.handlers]
    last: list[Handler] = [
        CallbackQueryHandler(runs(stale)),
        MessageHandler(filters.TEXT, runs(in_dialogue)),
        MessageHandler(filters.ALL, runs(no_text)),
    ]
    return heard + last


def urgent() -> list[Handler]:
    """Who hears even those who send far too much."""
    return list(ROOMS[0].handlers)


def overheard_in_crisis(turn: Turn) -> bool:
    """Whether what was typed went to the team of the person's own open alarm."""
    overhears = ROOMS[0].overhears
    return overhears is not None and not is_secret(turn) and overhears(turn)


def is_secret(turn: Turn) -> bool:
    """Whether staff are asked for something that only the room that asks may read; a cry is heard before that."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now) if turn.person.is_staff else None
    return dialogue is not None and any(
        room.name == dialogue.room and dialogue.step in room.secrets for room in ROOMS
    )


def listens(turn: Turn, said: str) -> None:
    """What was typed has been answered: whoever else must hear it does so now."""
    for room in ROOMS:
        if room.listens is not None:
            room.listens(turn, said)


def due() -> dict[str, Due]:
    """Which function time calls for each kind of timer."""
    return {kind: act for room in ROOMS for kind, act in room.due.items()}


def settled() -> dict[str, Settled]:
    """Who follows the deliveries about a thing: several rooms may."""
    abouts = dict.fromkeys(about for room in ROOMS for about in room.settled)
    return {about: _each(about) for about in abouts}


def _each(about: str) -> Settled:
    hooks = [room.settled[about] for room in ROOMS if about in room.settled]

    def settled_for_all(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
        for hook in hooks:
            hook(store, owed, state, now)

    return settled_for_all


def opens(store: Store, now: datetime) -> None:
    """For every start: leases of the dead are void, and what each room owes for good is owed."""
    store.deliveries.release_all()
    for room in ROOMS:
        if room.opens is not None:
            room.opens(store, now)


def in_dialogue(turn: Turn) -> None:
    """A text nobody else understood belongs to the conversation the person is in, if there is one."""
    secret = is_secret(turn)
    if not secret and any(room.overhears(turn) for room in ROOMS if room.overhears is not None):
        return None
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is not None:
        room = next((room for room in ROOMS if room.name == dialogue.room), None)
        act = room.dialogues.get(dialogue.step) if room else None
        if act is not None:
            return act(turn)
    if worrying.hears(turn, turn.asked.text):
        return None  # it is answered by what follows from it
    not_understood = S("door.not_understood") if turn.person.is_staff else F("door.not_understood")
    turn.say(screen(not_understood, keyboard=home(turn.person).keyboard))
    return None


def unchanged(turn: Turn) -> None:
    """A corrected message has had its effect already; only a cry for help is heard from one."""


def stale(turn: Turn) -> None:
    """A button of another time."""
    turn.flash(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))


def only_own_words(turn: Turn) -> None:
    """What somebody else wrote is theirs: we read it only for whoever needs help right now."""
    if not overheard_in_crisis(turn):
        forwarded = S("door.forwarded") if turn.person.is_staff else F("door.forwarded")
        turn.say(screen(forwarded, keyboard=home(turn.person).keyboard))


def slowly(turn: Turn) -> None:
    """Said once in each flood."""
    slowly_please = S("door.slowly") if turn.person.is_staff else F("door.slowly")
    turn.say(screen(slowly_please, keyboard=home(turn.person).keyboard))


def no_text(turn: Turn) -> None:
    """A voice message is taken by the conversation that asked for one; everything else by nobody."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now) if turn.asked.voice is not None else None
    room = next((room for room in ROOMS if dialogue is not None and room.name == dialogue.room), None)
    act = room.voices.get(dialogue.step) if room is not None and dialogue is not None else None
    return only_text(turn) if act is None else act(turn)


def only_text(turn: Turn) -> None:
    """Pictures, voices, contacts: we keep none of them."""
    no_files = S("door.no_files") if turn.person.is_staff else F("door.no_files")
    turn.say(screen(no_files, keyboard=home(turn.person).keyboard))
