"""What is pressed about consent."""

from handlers import consenting
from handlers.access import Act, own_family
from handlers.consent import actions, screens
from handlers.given import number, part
from handlers.refusal import Refusal
from handlers.room import Room, on_presses
from handlers.turn import Turn
from locales.phrase import F
from storage.records import Purpose


def page(turn: Turn) -> None:
    """Turns the pages of a question, or asks it."""
    own_family(turn, Act.CONSENT)
    follows = part(turn, 1) or consenting.ALONE
    turn.show(consenting.question(_purpose(turn), number(part(turn, 2)), follows, turn.voice.language))


def more(turn: Turn) -> None:
    turn.show(screens.more(_purpose(turn), part(turn, 1), number(part(turn, 2))))


def yes(turn: Turn) -> None:
    """A yes to the words that stood above the button, whatever language is set by now."""
    purpose, follows = _purpose(turn), part(turn, 1)
    version, language = number(part(turn, 2)), part(turn, 3)
    if not actions.say_yes(turn.store, purpose, version, language, by=turn.person, now=turn.now):
        turn.flash(F("consent.stale.toast"), alert=True)
        turn.show(consenting.question(purpose, 0, follows, turn.voice.language))
        return
    turn.flash(F("consent.saved.toast"))
    turn.show(screens.said_yes(purpose))
    if follows == consenting.BOTH and not consenting.has(turn.store, turn.person, Purpose.CHECKINS):
        turn.say(consenting.question(Purpose.CHECKINS, 0, consenting.ALONE, turn.voice.language))


def no(turn: Turn) -> None:
    purpose = _purpose(turn)
    actions.say_no(turn.store, purpose, by=turn.person, now=turn.now)
    turn.flash(F("consent.saved.toast"))
    turn.show(screens.said_no(purpose))


def _purpose(turn: Turn) -> Purpose:
    named = next((purpose for purpose in Purpose if purpose == part(turn)), None)
    if named is None:
        raise Refusal(F("door.stale.toast"))
    return named


room = Room(
    "consent",
    handlers=(on_presses("consent", {"page": page, "more": more, "yes": yes, "no": no}),),
)
