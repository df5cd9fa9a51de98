"""The 💬 button, the faces, and the note that may follow."""

from telegram import Message
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from handlers import consenting
from handlers.access import Act, own_family
from handlers.checkins import actions, rules, screens
from handlers.given import part, some_lines
from handlers.home import keyboard
from handlers.room import Room, on_command, on_presses, on_words, runs
from handlers.screen import Screen, screen
from handlers.turn import Turn
from locales.phrase import F, S
from storage.records import Mood, Purpose


class _Face(MessageFilter):
    """A text of nothing but one of the three faces."""

    def filter(self, message: Message) -> bool:
        return message.text is not None and rules.mood_of(message.text) is not None


def menu(turn: Turn) -> None:
    """Asks a parent how they are; shows a caseworker how their families are."""
    turn.store.dialogues.drop(turn.person.id)
    if turn.person.is_staff:
        turn.say(_list(turn))
    else:
        own_family(turn, Act.CHECK_IN)
        if not consenting.asked_first(turn.store, turn.person, Purpose.CHECKINS, turn.now):
            turn.say(screens.ask())


def pressed_face(turn: Turn) -> None:
    mood = next((mood for mood in Mood if mood == part(turn)), None)
    if mood is None:
        turn.flash(F("door.stale.toast"))
    else:
        _check_in(turn, mood)


def typed_face(turn: Turn) -> None:
    mood = rules.mood_of(turn.asked.text)
    if mood is not None:
        _check_in(turn, mood)


def note(turn: Turn) -> None:
    """Words for the check-in were typed, or something else much later."""
    if actions.noting(turn.store, turn.person, turn.now) is None:
        turn.store.dialogues.drop(turn.person.id)
        turn.say(screen(F("door.not_understood"), keyboard=keyboard(turn.person)))
        return
    if consenting.asked_first(turn.store, turn.person, Purpose.CHECKINS, turn.now):
        turn.store.dialogues.drop(turn.person.id)
        return
    too_long = F("checkins.note_too_long", most=rules.LONGEST_NOTE)
    words = some_lines(turn.asked.text, rules.LONGEST_NOTE, too_long)
    taken = actions.add_note(turn.store, words, by=turn.person, now=turn.now)
    if taken is not None:
        turn.say(screens.noted(actions.caseworker_of(turn.store, taken)))


def done(turn: Turn) -> None:
    """No note. An old button leaves a newer conversation alone."""
    taken = turn.store.checkins.get(part(turn))
    if taken is None or taken.person_id != turn.person.id:
        turn.flash(F("door.stale.toast"))
        return
    if actions.noting(turn.store, turn.person, turn.now) == taken:
        turn.store.dialogues.drop(turn.person.id)
    turn.show(screens.done(taken))


def listed(turn: Turn) -> None:
    turn.show(_list(turn))


def open_entry(turn: Turn) -> None:
    entry = actions.read(turn.store, part(turn), by=turn.person, now=turn.now)
    if entry is None:
        turn.flash(S("door.stale.toast"))
        turn.show(_list(turn))
    else:
        turn.show(screens.opened(entry))


def _check_in(turn: Turn, mood: Mood) -> None:
    own_family(turn, Act.CHECK_IN)
    if consenting.asked_first(turn.store, turn.person, Purpose.CHECKINS, turn.now):
        return
    taken = actions.check_in(turn.store, mood, by=turn.person, now=turn.now)
    turn.show(screens.thanks(taken, actions.caseworker_of(turn.store, taken)))


def _list(turn: Turn) -> Screen:
    return screens.listed(actions.newest(turn.store, by=turn.person, now=turn.now))


room = Room(
    "checkins",
    handlers=(
        on_words({"checkins.menu.button": menu, "discreet.words.button": menu}),
        on_command("checkin", menu),
        MessageHandler(_Face(), runs(typed_face)),
        on_presses("checkins", {"mood": pressed_face, "done": done, "list": listed, "open": open_entry}),
    ),
    dialogues={"note": note},
)
