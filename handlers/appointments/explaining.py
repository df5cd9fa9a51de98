"""Somebody has not understood: a caseworker explains by voice, has it translated, or calls."""

from collections.abc import Mapping
from typing import Any

from handlers import appointed, calling, desk, interpreting
from handlers.access import Act, authorise
from handlers.appointment_rules import may_change
from handlers.appointments import actions, screens, staff
from handlers.appointments.answering import pressed
from handlers.given import part
from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.phrase import S
from storage.appointments import Circle
from storage.records import Answer, Lane, Person, Why

VOICE = "voice"  # the step in which the bot waits for what she says


def explain(turn: Turn) -> None:
    """Asks for a voice message, once it is clear for whom; says beforehand who will hear it."""
    circle = _explained(turn)
    if circle is None:
        return
    parent = circle.parent(part(turn, 2)) or _only_one(circle)
    if parent is None:
        turn.show(staff.for_whom(circle))
    elif parent.blocked or not desk.passes(turn.store, parent, Lane.NEWS):
        turn.show(staff.better_call(circle, parent))
    else:
        _waits(turn, circle, parent)
        turn.show(staff.speak_now(circle, parent))


def _only_one(circle: Circle) -> Person | None:
    """The one who is asking; else the only one there is."""
    asking = [one for one in circle.parents if circle.answers.get(one.id) is Answer.UNCLEAR]
    some = asking or list(circle.parents)
    return some[0] if len(some) == 1 else None


def _waits(turn: Turn, circle: Circle, parent: Person) -> None:
    content = {
        "appointment": circle.appointment.id,
        "revision": circle.appointment.revision,
        "parent": parent.id,
    }
    turn.store.dialogues.put(turn.person.id, screens.ROOM, VOICE, content, turn.now)


def spoke(turn: Turn) -> None:
    """A voice message came while one was waited for: it goes to that parent, and is kept nowhere."""
    said, circle, parent = turn.asked.voice, *_waited_for(turn)
    if said is None or circle is None or parent is None:
        raise Refusal(S("appointments.gone"))
    authorise(turn, Act.EXPLAIN_APPOINTMENT, circle)
    if said.seconds > staff.LONGEST:
        turn.say(staff.too_long(circle, parent))
        return
    turn.store.dialogues.drop(turn.person.id)
    if parent.blocked or not desk.passes(turn.store, parent, Lane.NEWS):
        turn.say(staff.better_call(circle, parent))
        return
    actions.explain(turn.store, circle, parent, said, by=turn.person, now=turn.now)
    turn.say(staff.sent_on(circle, parent))


def typed(turn: Turn) -> None:
    """A text came instead: what is waited for is said again."""
    circle, parent = _waited_for(turn)
    if circle is None or parent is None:
        turn.store.dialogues.drop(turn.person.id)
        raise Refusal(S("appointments.gone"))
    authorise(turn, Act.EXPLAIN_APPOINTMENT, circle)
    turn.say(staff.speak_now(circle, parent))


def _waited_for(turn: Turn) -> tuple[Circle | None, Person | None]:
    """For whom a voice message is waited for; nobody once the appointment has changed."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    content: Mapping[str, Any] = dialogue.content if dialogue is not None else {}
    circle = turn.store.appointments.circle(str(content.get("appointment", "")))
    if circle is None or not may_change(circle.appointment, int(content.get("revision", -1)), turn.now):
        return None, None
    return circle, circle.parent(str(content.get("parent", "")))


def stop(turn: Turn) -> None:
    """No voice message after all."""
    circle = _explained(turn)
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is not None and (dialogue.room, dialogue.step) == (screens.ROOM, VOICE):
        turn.store.dialogues.drop(turn.person.id)
    if circle is not None:
        turn.show(appointed.seen(circle, turn.person, turn.now))


def interpret(turn: Turn) -> None:
    """Which language somebody should translate into."""
    circle = _explained(turn)
    if circle is not None:
        turn.show(staff.which_language(circle, interpreting.offered(circle.parents)))


def speaks(turn: Turn) -> None:
    """A language was picked, or none."""
    circle = _explained(turn)
    if circle is None:
        return
    language = part(turn, 2) or None
    if language is not None and language not in interpreting.offered(circle.parents):
        turn.flash(S("appointments.stale.toast"))
    elif language != circle.appointment.interpreter:
        turn.flash(S("appointments.interpreted.toast"))
        shown_on = turn.asked.message_id
        circle = actions.interpret(
            turn.store, circle, language, by=turn.person, now=turn.now, pressed=shown_on
        )
    turn.show(appointed.seen(circle, turn.person, turn.now))


def call(turn: Turn) -> None:
    """Puts whoever has not understood on the call list."""
    circle = _explained(turn)
    parent = circle.parent(part(turn, 2)) if circle is not None else None
    if circle is not None and parent is not None:
        calling.owe(turn.store, circle.appointment, parent.id, Why.UNCLEAR, turn.now, told=True)
        turn.flash(S("appointments.on_call_list.toast"))


def _explained(turn: Turn) -> Circle | None:
    """The appointment behind the button; None when it has changed, which is said and shown instead."""
    circle, revision = pressed(turn)
    if circle is None:
        authorise(turn, Act.LIST_APPOINTMENTS)
        raise Refusal(S("appointments.gone"))
    authorise(turn, Act.EXPLAIN_APPOINTMENT, circle)
    if may_change(circle.appointment, revision, turn.now):
        return circle
    turn.flash(S("appointments.stale.toast"))
    turn.show(appointed.seen(circle, turn.person, turn.now))
    return None


PRESSES = {"explain": explain, "stop": stop, "interpret": interpret, "speaks": speaks, "call": call}
