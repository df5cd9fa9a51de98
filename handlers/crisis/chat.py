"""What is heard in a crisis, from anybody, at any time, in any language."""

from telegram import Message
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from handlers import codes, worrying
from handlers.access import Act, authorise
from handlers.crisis import actions, arriving, boards, cases, due, oncall, own, paging, screens, sight
from handlers.crisis.numbers import answering
from handlers.crisis.rules import still_listens
from handlers.home import home
from handlers.room import Room, on_command, on_presses, on_words, runs
from handlers.turn import Turn
from handlers.watch import LOOK
from locales.sos import sounds_like_sos
from storage.records import Lane, WorryState


class _Sos(MessageFilter):
    """A cry for help typed by hand."""

    def filter(self, message: Message) -> bool:
        said = message.text or message.caption
        return said is not None and sounds_like_sos(said)


def help_now(turn: Turn) -> None:
    """Numbers first, whoever asks and whatever they were doing; then families are asked what is going on."""
    _numbers_first(turn)
    if not turn.person.is_staff:
        turn.say(screens.cases(), lane=Lane.CRISIS)


def _numbers_first(turn: Turn) -> None:
    authorise(turn, Act.ASK_FOR_HELP)
    numbers = answering(turn.store, turn.now, first_only=True)
    turn.say(screens.help_now(numbers, staff=turn.person.is_staff), lane=Lane.CRISIS)
    family = turn.store.families.of_person(turn.person.id)
    turn.note("crisis.help_shown", f"person:{turn.person.id}", family.id if family else None)


def more_numbers(turn: Turn) -> None:
    numbers = answering(turn.store, turn.now, first_only=False)
    turn.say(screens.more_numbers(numbers, staff=turn.person.is_staff), lane=Lane.CRISIS)


def back(turn: Turn) -> None:
    turn.say(home(turn.person))


def alarm(turn: Turn) -> None:
    """Stored in this very transaction; what the person reads is sent only after it has been committed."""
    authorise(turn, Act.RAISE_ALARM)
    raised, is_new = actions.raise_alarm(turn.store, turn.person, turn.now)
    sight.retire(turn.store, raised, turn.person, turn.now)
    turn.say(
        sight.seen_by(turn.store, raised, turn.person, turn.now),
        lane=Lane.CRISIS,
        about=sight.about(raised),
    )
    if turn.person.is_staff:
        _leave(turn)
    turn.note("alarm.raised" if is_new else "alarm.repeated", sight.about(raised), raised.family_id)
    for worry in worrying.settled(turn.store, turn.person, WorryState.NEEDS_HELP, turn.now):
        actions.add_line(turn.store, raised, worry.text, turn.now)


def _leave(turn: Turn) -> None:
    """Out of whatever form they were in: what staff type from now on is for the team, until they open another."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is not None and dialogue.room != codes.ROOM:
        turn.store.dialogues.drop(turn.person.id)


def alarm_by_command(turn: Turn) -> None:
    """Whoever types it may never have seen the numbers nor the keyboard."""
    _numbers_first(turn)
    alarm(turn)


def cry(turn: Turn) -> None:
    """A cry typed by hand: the numbers, and whoever is on an open alarm of this person reads it."""
    overhears(turn)
    help_now(turn)


def overhears(turn: Turn) -> bool:
    """What somebody types while their alarm is open is for the team, whatever else they are in the middle of."""
    if worrying.says_yes_to_it(turn):
        alarm(turn)
        return True
    found = turn.store.alarms.current_of(turn.person.id)
    if found is None or codes.is_expected(turn) or not turn.asked.text or not still_listens(found, turn.now):
        return False
    # others' pages overtake what one person writes by the hundred
    lane = Lane.ANSWER if turn.asked.flood else Lane.CRISIS
    heard = actions.add_line(turn.store, found, turn.asked.text, turn.now, lane)
    turn.say(screens.line_kept(heard=heard, staff=turn.person.is_staff), lane=Lane.CRISIS)
    turn.note("alarm.person_wrote", sight.about(found), found.family_id)
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
                "cases": cases.ask,
                "case": cases.show,
                "mistake": own.mistake,
                "safe": own.safe,
                "wish": own.wish,
                "take": oncall.take,
                "pass": oncall.pass_on,
                "join": oncall.join,
                "over": oncall.take_over,
                "back": oncall.hand_on,
                "way": oncall.on_my_way,
                "now": oncall.calls_now,
                "at": oncall.calls_at,
                "still": oncall.still,
                "finish": oncall.end,
                "end": oncall.end,
                "write": oncall.write,
                "who": oncall.who,
                "lines": oncall.lines,
                "open": oncall.open_one,
                "keep": oncall.keep,
                "board": oncall.board,
                "all": oncall.all_alarms,
            },
        ),
    ),
    dialogues={"write": oncall.written},
    overhears=overhears,
    due={
        paging.ESCALATE: due.escalate,
        paging.REMIND: due.remind,
        paging.JOIN: due.joins,
        boards.BOARD: boards.refresh,
        arriving.TELL: due.tell,
        LOOK: due.look,
    },
    opens=due.opens,
    settled={"alarm": arriving.page, "board": arriving.board, "line": arriving.line},
)
