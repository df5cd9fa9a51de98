"""What is heard in a crisis, from anybody, at any time, in any language."""

from telegram import Message
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

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
from storage.records import Alarm, AlarmState, CrisisNumber, Lane, Role


class _Sos(MessageFilter):
    """A cry for help typed by hand."""

    def filter(self, message: Message) -> bool:
        said = message.text or message.caption
        return said is not None and sounds_like_sos(said)


def help_now(turn: Turn) -> None:
    """Numbers first, whoever asks and whatever they were doing."""
    numbers = _open_numbers(turn, first_only=True)
    turn.say(screens.help_now(numbers, staff=turn.person.is_staff), lane=Lane.CRISIS)
    turn.note("crisis.help_shown", f"person:{turn.person.id}")


def more_numbers(turn: Turn) -> None:
    numbers = _open_numbers(turn, first_only=False)
    turn.say(screens.more_numbers(numbers, staff=turn.person.is_staff), lane=Lane.CRISIS)


def _open_numbers(turn: Turn, *, first_only: bool) -> list[CrisisNumber]:
    return for_families(known(turn.store), turn.now.astimezone(turn.voice.zone), first_only=first_only)


def back(turn: Turn) -> None:
    turn.say(home(turn.person))


def alarm(turn: Turn) -> None:
    """Stored in this very transaction; what the person reads is sent only after it has been committed."""
    raised, is_new = actions.raise_alarm(turn.store, turn.person, turn.now)
    paging.retire(turn.store, raised, turn.person, turn.now)
    turn.say(paging.seen_by(turn.store, raised, turn.person), lane=Lane.CRISIS, about=paging.about(raised))
    turn.note("alarm.raised" if is_new else "alarm.repeated", paging.about(raised))


def alarm_by_command(turn: Turn) -> None:
    """Whoever types it may never have seen the numbers nor the keyboard."""
    help_now(turn)
    alarm(turn)


def mistake(turn: Turn) -> None:
    found = _alarm(turn)
    if found.person_id != turn.person.id:
        raise Refusal(F("crisis.not_yours"))
    if actions.withdraw(turn.store, found, turn.now):
        turn.note("alarm.withdrawn", paging.about(found))
    turn.flash(F("crisis.withdrawn.toast"))


def take(turn: Turn) -> None:
    """One winner, however many press; whoever was later sees who was first."""
    found = _of_somebody_else(turn)
    if actions.acknowledge(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken", paging.about(found))
        return turn.flash(S("alarm.yours.toast", number=found.called))
    return _show_as_it_is(turn, found)


def pass_on(turn: Turn) -> None:
    found = _of_somebody_else(turn)
    shown_for = _parts(turn)[1:3]
    if shown_for == (str(found.step), str(found.round)) and actions.pass_on(turn.store, found, turn.now):
        turn.note("alarm.passed_on", paging.about(found))
        return turn.flash(S("alarm.passed_on.toast"))
    return _show_as_it_is(turn, found)


def end(turn: Turn) -> None:
    found = _of_taker(turn)
    if actions.stand_down(turn.store, found, turn.now):
        turn.note("alarm.ended", paging.about(found))
    turn.flash(S("alarm.ended.toast", number=found.called))


def take_over(turn: Turn) -> None:
    """From somebody who took it and may have forgotten it."""
    found = _of_somebody_else(turn)
    if found.taken_by != turn.person.id and actions.take_over(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken_over", paging.about(found))
        return turn.flash(S("alarm.yours.toast", number=found.called))
    return _show_as_it_is(turn, found)


def write(turn: Turn) -> None:
    found = _of_taker(turn)
    turn.store.dialogues.put(turn.person.id, "crisis", "write", {"alarm": found.id}, turn.now)
    turn.say(screens.write_now(found))


def written(turn: Turn) -> None:
    """What the taker typed goes to the person who raised the alarm: one text for each press of the button."""
    found = _of_dialogue(turn)
    turn.store.dialogues.drop(turn.person.id)
    if found is None or found.taken_by != turn.person.id or found.state is AlarmState.ENDED:
        raise Refusal(S("alarm.over"))
    person = turn.store.people.get(found.person_id)
    for piece in pieces(turn.asked.text, actions.SIDE_BY_SIDE):
        shown = screens.from_staff(turn.person.name, piece)
        turn.tell(person, shown, lane=Lane.CRISIS, about=f"line:{found.id}")
    turn.say(screens.written(found))
    turn.note("alarm.staff_wrote", paging.about(found))


def cry(turn: Turn) -> None:
    """A cry typed by hand: the numbers, and whoever is on an open alarm of this person reads it."""
    overhears(turn)
    help_now(turn)


def overhears(turn: Turn) -> bool:
    """What somebody types while their alarm is open is for the team, whatever else they are in the middle of."""
    found = turn.store.alarms.current_of(turn.person.id)
    if found is None or not turn.asked.text or not still_listens(found, turn.now):
        return False
    heard = actions.add_line(turn.store, found, turn.asked.text, turn.now)
    turn.say(screens.line_kept(heard=heard, staff=turn.person.is_staff), lane=Lane.CRISIS)
    turn.note("alarm.person_wrote", paging.about(found))
    return True


def open_alarms(turn: Turn) -> None:
    _require_duty(turn)
    turn.say(screens.open_alarms(turn.store.alarms.not_ended()))


def open_one(turn: Turn) -> None:
    _require_duty(turn)
    found = _alarm(turn)
    turn.say(paging.seen_by(turn.store, found, turn.person), lane=Lane.CRISIS, about=paging.about(found))


def _show_as_it_is(turn: Turn, found: Alarm) -> None:
    current = paging.fresh(turn.store, found)
    taker = paging.taker_of(turn.store, current)
    turn.flash(S("alarm.was_first.toast", name=taker.name) if taker else S("door.stale.toast"))
    turn.show(screens.page(current, taker, turn.person), lane=Lane.CRISIS)


def _parts(turn: Turn) -> tuple[str, ...]:
    return turn.asked.press.parts if turn.asked.press else ()


def _alarm(turn: Turn) -> Alarm:
    parts = _parts(turn)
    found = turn.store.alarms.get(parts[0]) if parts else None
    if found is None:
        raise Refusal(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))
    return found


def _of_somebody_else(turn: Turn) -> Alarm:
    """Nobody comes to help themselves: one's own alarm stays open for others."""
    found = _alarm(turn)
    _require_duty(turn)
    if found.person_id == turn.person.id:
        raise Refusal(S("alarm.your_own"))
    return found


def _of_taker(turn: Turn) -> Alarm:
    found = _of_somebody_else(turn)
    if found.taken_by != turn.person.id:
        raise Refusal(S("alarm.not_yours"))
    return found


def _of_dialogue(turn: Turn) -> Alarm | None:
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    return turn.store.alarms.get(str(dialogue.content["alarm"])) if dialogue else None


def _require_duty(turn: Turn) -> None:
    """On-call staff act on alarms; leads too, for when nobody is on duty."""
    if not turn.person.roles & {Role.ON_CALL, Role.LEAD}:
        raise Refusal(S("refusal.role") if turn.person.is_staff else F("refusal.role"))


room = Room(
    "crisis",
    handlers=(
        on_words(
            {
                "crisis.sos.button": help_now,
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
                "open": open_one,
            },
        ),
    ),
    dialogues={"write": written},
    overhears=overhears,
    due={paging.ESCALATE: due.escalate, LOOK: due.look},
    settled={"alarm": due.page_settled, "line": due.line_settled},
)
