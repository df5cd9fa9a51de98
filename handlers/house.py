"""The ordered table of rooms: who hears an update first, what time does where, who follows a delivery."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers import appointments, caseload, checkins, crisis, intake, oversight, preferences, rota, training
from handlers.home import home
from handlers.room import Due, Handler, Room, Settled, runs
from handlers.screen import screen
from handlers.turn import Turn
from locales.phrase import F, S
from storage.store import Store

# the red button is heard before anything else, whatever a person is in the middle of
ROOMS: Sequence[Room] = (
    crisis.room,
    rota.room,
    intake.room,
    preferences.room,
    appointments.room,
    training.room,
    checkins.room,
    caseload.room,
    oversight.room,
)
# longer than Telegram's 24 h, shorter than the week after which they restart
KEEP_UPDATE_NUMBERS = timedelta(days=6)
KEEP_DELIVERIES = timedelta(days=14)
NIGHTLY = "house.nightly"


def handlers() -> list[Handler]:
    """Everybody who hears, in order; the last ones answer what nobody else did."""
    crisis_first, *others = ROOMS
    corrected = MessageHandler(filters.UpdateType.EDITED_MESSAGE, runs(unchanged))
    heard: list[Handler] = [*crisis_first.handlers, corrected]
    heard += [handler for room in others for handler in room.handlers]
    last: list[Handler] = [
        CallbackQueryHandler(runs(stale)),
        MessageHandler(filters.TEXT, runs(in_dialogue)),
        MessageHandler(filters.ALL, runs(only_text)),
    ]
    return heard + last


def due() -> dict[str, Due]:
    """Which function time calls for each kind of timer."""
    return {kind: act for room in ROOMS for kind, act in room.due.items()} | {NIGHTLY: nightly}


def settled() -> dict[str, Settled]:
    """Which room follows the deliveries about its things."""
    return {about: hook for room in ROOMS for about, hook in room.settled.items()}


def opens(store: Store, now: datetime) -> None:
    """For every start: leases of the dead are void, and the nightly round is owed."""
    store.deliveries.release_all()
    if store.timers.due_at(NIGHTLY, "") is None:
        store.timers.set(NIGHTLY, "", now + timedelta(days=1))


def nightly(store: Store, scope: str, now: datetime) -> None:
    """Forgets what transport no longer needs."""
    store.updates.purge(now - KEEP_UPDATE_NUMBERS)
    store.updates.forget_parked(now - KEEP_DELIVERIES)
    store.deliveries.purge(now - KEEP_DELIVERIES)
    store.timers.set(NIGHTLY, scope, now + timedelta(days=1))


def in_dialogue(turn: Turn) -> None:
    """A text nobody else understood belongs to the conversation the person is in, if there is one."""
    if any(room.overhears(turn) for room in ROOMS if room.overhears is not None):
        return None
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is not None:
        room = next((room for room in ROOMS if room.name == dialogue.room), None)
        act = room.dialogues.get(dialogue.step) if room else None
        if act is not None:
            return act(turn)
    not_understood = S("door.not_understood") if turn.person.is_staff else F("door.not_understood")
    turn.say(screen(not_understood, keyboard=home(turn.person).keyboard))
    return None


def unchanged(turn: Turn) -> None:
    """A corrected message has had its effect already; only a cry for help is heard from one."""


def stale(turn: Turn) -> None:
    """A button of another time."""
    turn.flash(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))


def only_text(turn: Turn) -> None:
    """Pictures, voices, contacts: we keep none of them."""
    no_files = S("door.no_files") if turn.person.is_staff else F("door.no_files")
    turn.say(screen(no_files, keyboard=home(turn.person).keyboard))
