"""What is heard in a crisis, from anybody, at any time, in any language."""

from telegram import Message
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from handlers import codes
from handlers.access import Act, Asking, authorise
from handlers.crisis import actions, due, paging, screens
from handlers.crisis.numbers import known
from handlers.crisis.rules import for_families, pieces, still_listens
from handlers.home import home
from handlers.refusal import Refusal
from handlers.room import Room, on_command, on_presses, on_words, runs
from handlers.turn import Turn
from handlers.watch import LOOK
from locales.phrase import F, S
from locales.sos import sounds_like_sos
from storage.records import Alarm, AlarmState, CrisisNumber, Lane


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
    turn.say(paging.seen_by(turn.store, raised, turn.person), lane=Lane.CRISIS, about=paging.about(raised))
    turn.note("alarm.raised" if is_new else "alarm.repeated", paging.about(raised), raised.family_id)


def alarm_by_command(turn: Turn) -> None:
    """Whoever types it may never have seen the numbers nor the keyboard."""
    help_now(turn)
    alarm(turn)


def mistake(turn: Turn) -> None:
    found = _alarm(turn)
    authorise(turn, Act.WITHDRAW_ALARM, found)
    if actions.withdraw(turn.store, found, turn.now):
        turn.note("alarm.withdrawn", paging.about(found), found.family_id)
    turn.flash(S("crisis.withdrawn.toast") if turn.person.is_staff else F("crisis.withdrawn.toast"))


def take(turn: Turn) -> None:
    """One winner, however many press; whoever was later sees who was first."""
    found = _on(turn, Act.TAKE_ALARM)
    if actions.acknowledge(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken", paging.about(found), found.family_id)
        return turn.flash(S("alarm.yours.toast", number=found.called))
    return _show_as_it_is(turn, found)


def pass_on(turn: Turn) -> None:
    found = _on(turn, Act.PASS_ALARM_ON)
    shown_for = _parts(turn)[1:3]
    if shown_for == (str(found.step), str(found.round)) and actions.pass_on(turn.store, found, turn.now):
        turn.note("alarm.passed_on", paging.about(found), found.family_id)
        return turn.flash(S("alarm.passed_on.toast"))
    return _show_as_it_is(turn, found)


def end(turn: Turn) -> None:
    found = _on(turn, Act.END_ALARM)
    if actions.stand_down(turn.store, found, turn.now):
        turn.note("alarm.ended", paging.about(found), found.family_id)
    turn.flash(S("alarm.ended.toast", number=found.called))


def take_over(turn: Turn) -> None:
    """From somebody who took it and may have forgotten it."""
    found = _on(turn, Act.TAKE_ALARM)
    if found.taken_by != turn.person.id and actions.take_over(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken_over", paging.about(found), found.family_id)
        return turn.flash(S("alarm.yours.toast", number=found.called))
    return _show_as_it_is(turn, found)


def write(turn: Turn) -> None:
    found = _on(turn, Act.WRITE_IN_ALARM)
    turn.store.dialogues.put(turn.person.id, "crisis", "write", {"alarm": found.id}, turn.now)
    turn.say(screens.write_now(found))


def written(turn: Turn) -> None:
    """What the taker typed goes to the person who raised the alarm: one text for each press of the button."""
    found = _of_dialogue(turn)
    turn.store.dialogues.drop(turn.person.id)
    if found is None or found.state is AlarmState.ENDED or found.taken_by != turn.person.id:
        raise Refusal(S("alarm.over"))
    authorise(turn, Act.WRITE_IN_ALARM, found)
    person = turn.store.people.get(found.person_id)
    for piece in pieces(turn.asked.text, actions.SIDE_BY_SIDE):
        shown = screens.from_staff(turn.person.name, piece)
        turn.tell(person, shown, lane=Lane.CRISIS, about=f"line:{found.id}")
    turn.say(screens.written(found))
    turn.note("alarm.staff_wrote", paging.about(found), found.family_id)


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


def who(turn: Turn) -> None:
    """❓: whose alarm it is, for whoever has taken it."""
    actions.tell_who(Asking(turn.store, turn.person, turn.now), _alarm(turn))


def lines(turn: Turn) -> None:
    """❓: what the person has written."""
    if not actions.tell_lines(Asking(turn.store, turn.person, turn.now), _alarm(turn)):
        turn.flash(S("door.stale.toast"))


def open_alarms(turn: Turn) -> None:
    authorise(turn, Act.SEE_ALARMS)
    turn.say(screens.open_alarms(turn.store.alarms.not_ended()))


def open_one(turn: Turn) -> None:
    found = _on(turn, Act.SEE_ALARMS)
    paging.retire(turn.store, found, turn.person, turn.now)
    turn.say(paging.seen_by(turn.store, found, turn.person), lane=Lane.CRISIS, about=paging.about(found))


def _show_as_it_is(turn: Turn, found: Alarm) -> None:
    current = paging.fresh(turn.store, found)
    taker = paging.taker_of(turn.store, current)
    turn.flash(S("alarm.was_first.toast", name=taker.name) if taker else S("door.stale.toast"))
    turn.show(paging.seen_by(turn.store, current, turn.person), lane=Lane.CRISIS)


def _parts(turn: Turn) -> tuple[str, ...]:
    return turn.asked.press.parts if turn.asked.press else ()


def _alarm(turn: Turn) -> Alarm:
    parts = _parts(turn)
    found = turn.store.alarms.get(parts[0]) if parts else None
    if found is None:
        raise Refusal(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))
    return found


def _on(turn: Turn, act: Act) -> Alarm:
    """The alarm behind the button. Raises Refusal unless the person may do this to it."""
    found = _alarm(turn)
    authorise(turn, act, found)
    return found


def _of_dialogue(turn: Turn) -> Alarm | None:
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    return turn.store.alarms.get(str(dialogue.content["alarm"])) if dialogue else None


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
                "crisis.alarms.button": open_alarms,
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
                "take": take,
                "pass": pass_on,
                "over": take_over,
                "end": end,
                "write": write,
                "who": who,
                "lines": lines,
                "open": open_one,
            },
        ),
    ),
    dialogues={"write": written},
    overhears=overhears,
    due={paging.ESCALATE: due.escalate, LOOK: due.look},
    settled={"alarm": due.page_settled, "line": due.line_settled},
)
