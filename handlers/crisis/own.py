"""What is heard from whoever raised an alarm: it was a mistake, I am safe, and how to reach me."""

from handlers.access import Act
from handlers.crisis import actions, asked, sight
from handlers.crisis.status import NO_WISH
from handlers.given import part
from handlers.turn import Turn
from locales.phrase import F, Phrase, S
from storage.records import Alarm, AlarmState, Lane, Wish


def mistake(turn: Turn) -> None:
    found = asked.alarm_for(turn, Act.WITHDRAW_ALARM)
    if actions.withdraw(turn.store, found, turn.now):
        turn.note("alarm.withdrawn", sight.about(found), found.family_id)
    _answer(turn, found, S("crisis.withdrawn.toast"), F("crisis.withdrawn.toast"))


def safe(turn: Turn) -> None:
    found = asked.alarm_for(turn, Act.SAY_SAFE)
    if actions.is_safe(turn.store, found, turn.now):
        turn.note("alarm.said_safe", sight.about(found), found.family_id)
    _answer(turn, found, S("crisis.safe.toast"), F("crisis.safe.toast"))


def wish(turn: Turn) -> None:
    """How they want to be reached from now on."""
    found = asked.alarm_for(turn, Act.WISH_IN_ALARM)
    word = part(turn, 1)
    if word not in {*Wish, NO_WISH}:
        raise asked.stale(turn)
    if actions.wish(turn.store, found, Wish(word) if word != NO_WISH else None, turn.now):
        turn.note("alarm.wished", sight.about(found), found.family_id)
    _answer(turn, found, S(f"crisis.wish.{word}.toast"), F(f"crisis.wish.{word}.toast"))


def _answer(turn: Turn, about: Alarm, staff: Phrase, family: Phrase) -> None:
    """A few words over the screen; a press that comes when all is over finds that there."""
    current = sight.fresh(turn.store, about)
    if current.state is AlarmState.ENDED:
        turn.show(sight.seen_by(turn.store, current, turn.person, turn.now), lane=Lane.CRISIS)
        staff, family = S("crisis.over.toast"), F("crisis.over.toast")
    turn.flash(staff if turn.person.is_staff else family)
