"""What is heard in a crisis, from anybody, at any time, in any language."""

from telegram import Message
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from handlers import codes
from handlers.access import Act, authorise
from handlers.crisis import actions, asked, due, oncall, paging, screens
from handlers.crisis.calling import for_families
from handlers.crisis.numbers import known
from handlers.crisis.rules import still_listens
from handlers.home import home
from handlers.room import Room, on_command, on_presses, on_words, runs
from handlers.turn import Turn
from handlers.watch import LOOK
from locales.phrase import F, S
from locales.sos import sounds_like_sos
from storage.records import CrisisNumber, Lane


class _Sos(MessageFilter):
    """A cry for help typed by hand."""

    def filter(self, message: Message) -> bool:
        said = message.text or message.caption
        return said is not None and sounds_like_sos(said)


def help_now(turn: Turn) -> None:
    """Numbers first, whoever asks and whatever they were doing."""
    authorise(turn, Act.ASK_FOR_HELP)
    numbers = _open_numbers(turn, first_only=True)
    turn.say(screens.help_now(numbers, staff=turn.person.is_staff), lane=Lane.CRISIS)
    family = turn.store.families.of_person(turn.person.id)
    turn.note("crisis.help_shown", f"person:{turn.person.id}", family.id if family else None)


def more_numbers(turn: Turn) -> None:
    numbers = _open_numbers(turn, first_only=False)
    turn.say(screens.more_numbers(numbers, staff=turn.person.is_staff), lane=Lane.CRISIS)


def _open_numbers(turn: Turn, *, first_only: bool) -> list[CrisisNumber]:
    return for_families(known(turn.store), turn.now.astimezone(turn.voice.zone), first_only=first_only)


def back(turn: Turn) -> None:
    turn.say(home(turn.person))


def alarm(turn: Turn) -> None:
    """Stored in this very transaction; what the person reads is sent only after it has been committed."""
    authorise(turn, Act.RAISE_ALARM)
    raised, is_new = actions.raise_alarm(turn.store, turn.person, turn.now)
    paging.retire(turn.store, raised, turn.person, turn.now)
    turn.say(
        paging.seen_by(turn.store, raised, turn.person, turn.now),
        lane=Lane.CRISIS,
        about=paging.about(raised),
    )
    turn.note("alarm.raised" if is_new else "alarm.repeated", paging.about(raised), raised.family_id)


def alarm_by_command(turn: Turn) -> None:
    """Whoever types it may never have seen the numbers nor the keyboard."""
    help_now(turn)
    alarm(turn)


def mistake(turn: Turn) -> None:
    found = asked.alarm(turn)
    authorise(turn, Act.WITHDRAW_ALARM, found)
    if actions.withdraw(turn.store, found, turn.now):
        turn.note("alarm.withdrawn", paging.about(found), found.family_id)
    turn.flash(S("crisis.withdrawn.toast") if turn.person.is_staff else F("crisis.withdrawn.toast"))


def cry(turn: Turn) -> None:
    """A cry typed by hand: the numbers, and whoever is on an open alarm of this person reads it."""
    overhears(turn)
    help_now(turn)


def overhears(turn: Turn) -> bool:
    """What somebody types while their alarm is open is for the team, whatever else they are in the middle of."""
    found = turn.store.alarms.current_of(turn.person.id)
    if found is None or codes.is_expected(turn) or not turn.asked.text or not still_listens(found, turn.now):
        return False
    # others' pages overtake what one person writes by the hundred
    lane = Lane.ANSWER if turn.asked.flood else Lane.CRISIS
    heard = actions.add_line(turn.store, found, turn.asked.text, turn.now, lane)
    turn.say(screens.line_kept(heard=heard, staff=turn.person.is_staff), lane=Lane.CRISIS)
    turn.note("alarm.person_wrote", paging.about(found), found.family_id)
    return True


room = Room(
    "crisis",
    handlers=(
        on_words(
            {
                "crisis.sos.button": help_now,
                "discreet.sos.button": help_now,
                "crisis.alarm.button": alarm,
                "crisis.more.button": more_numbers,
                "crisis.back.button": back,
                "crisis.alarms.button": oncall.open_alarms,
            }
        ),
        MessageHandler(_Sos(), runs(cry)),
        on_command("sos", help_now),
        on_command("alarm", alarm_by_command),
        on_presses(
            "crisis",
            {
                "help": help_now,
                "mistake": mistake,
                "take": oncall.take,
                "pass": oncall.pass_on,
                "over": oncall.take_over,
                "end": oncall.end,
                "write": oncall.write,
                "who": oncall.who,
                "lines": oncall.lines,
                "open": oncall.open_one,
            },
        ),
    ),
    dialogues={"write": oncall.written},
    overhears=overhears,
    due={paging.ESCALATE: due.escalate, LOOK: due.look},
    settled={"alarm": due.page_settled, "line": due.line_settled},
)
