"""What is heard in a crisis, from anybody, at any time, in any language."""

from telegram import Message
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from handlers.crisis import actions, due, screens
from handlers.crisis.numbers import known
from handlers.crisis.rules import for_families
from handlers.home import home
from handlers.refusal import Refusal
from handlers.room import Room, on_command, on_presses, on_words, runs
from handlers.turn import Turn
from locales.phrase import F, S
from locales.sos import sounds_like_sos
from storage.records import Alarm, AlarmState, CrisisNumber, Lane, Role

LONGEST_LINE = 500


class _Sos(MessageFilter):
    """A cry for help typed by hand."""

    def filter(self, message: Message) -> bool:
        return message.text is not None and sounds_like_sos(message.text)


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
    turn.say(actions.seen_by(turn.store, raised, turn.person), lane=Lane.CRISIS, about=actions.about(raised))
    turn.store.dialogues.put(turn.person.id, "crisis", "line", {"alarm": raised.id}, turn.now)
    turn.note("alarm.raised" if is_new else "alarm.repeated", actions.about(raised))


def mistake(turn: Turn) -> None:
    found = _alarm(turn)
    if found.person_id != turn.person.id:
        raise Refusal(F("crisis.not_yours"))
    if actions.withdraw(turn.store, found, turn.now):
        turn.note("alarm.withdrawn", actions.about(found))
    turn.flash(F("crisis.withdrawn.toast"))


def take(turn: Turn) -> None:
    """One winner, however many press; whoever was later sees who was first."""
    found = _alarm(turn)
    _require_duty(turn)
    if actions.acknowledge(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken", actions.about(found))
        return turn.flash(S("alarm.yours.toast", number=found.called))
    return _show_as_it_is(turn, found)


def pass_on(turn: Turn) -> None:
    found = _alarm(turn)
    _require_duty(turn)
    shown_for = _parts(turn)[1:3]
    if shown_for == (str(found.step), str(found.round)) and actions.pass_on(turn.store, found, turn.now):
        turn.note("alarm.passed_on", actions.about(found))
        return turn.flash(S("alarm.passed_on.toast"))
    return _show_as_it_is(turn, found)


def end(turn: Turn) -> None:
    found = _of_taker(turn)
    if actions.stand_down(turn.store, found, turn.now):
        turn.note("alarm.ended", actions.about(found))
    turn.flash(S("alarm.ended.toast", number=found.called))


def write(turn: Turn) -> None:
    found = _of_taker(turn)
    turn.store.dialogues.put(turn.person.id, "crisis", "write", {"alarm": found.id}, turn.now)
    turn.say(screens.write_now())


def written(turn: Turn) -> None:
    """What the taker typed goes to the person who raised the alarm."""
    found = _of_dialogue(turn)
    if found is None or found.taken_by != turn.person.id or found.state is AlarmState.ENDED:
        raise Refusal(S("alarm.over"))
    person = turn.store.people.get(found.person_id)
    shown = screens.from_staff(turn.person.name, turn.asked.text[:LONGEST_LINE])
    turn.tell(person, shown, lane=Lane.CRISIS)
    turn.say(screens.written())
    turn.note("alarm.staff_wrote", actions.about(found))


def line(turn: Turn) -> None:
    """What the person typed while their alarm is open goes to those who were paged."""
    found = _of_dialogue(turn)
    if found is None or found.person_id != turn.person.id or found.state is AlarmState.ENDED:
        turn.store.dialogues.drop(turn.person.id)
        turn.say(home(turn.person))
        return
    for listener in actions.listeners(turn.store, found):
        turn.tell(listener, screens.from_person(found, turn.asked.text[:LONGEST_LINE]), lane=Lane.CRISIS)
    turn.say(screens.line_passed_on(), lane=Lane.CRISIS)
    turn.note("alarm.person_wrote", actions.about(found))


def open_alarms(turn: Turn) -> None:
    _require_duty(turn)
    turn.say(screens.open_alarms(turn.store.alarms.not_ended()))


def open_one(turn: Turn) -> None:
    _require_duty(turn)
    found = _alarm(turn)
    turn.say(actions.seen_by(turn.store, found, turn.person), lane=Lane.CRISIS, about=actions.about(found))


def _show_as_it_is(turn: Turn, found: Alarm) -> None:
    current = actions.fresh(turn.store, found)
    taker = turn.store.people.get(current.taken_by) if current.taken_by else None
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


def _of_taker(turn: Turn) -> Alarm:
    found = _alarm(turn)
    _require_duty(turn)
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
        MessageHandler(_Sos(), runs(help_now)),
        on_command("sos", help_now),
        on_command("alarm", alarm),
        on_presses(
            "crisis",
            {
                "help": help_now,
                "mistake": mistake,
                "take": take,
                "pass": pass_on,
                "end": end,
                "write": write,
                "open": open_one,
            },
        ),
    ),
    dialogues={"line": line, "write": written},
    due={actions.ESCALATE: due.escalate},
    settled={"alarm": due.page_settled},
)
