"""Who was there: the list of the evening, one appointment, and the answers of who was not."""

from handlers import access, attending
from handlers.access import Act as Right
from handlers.attendance import actions, due, screens
from handlers.attendance.rules import Reply
from handlers.given import number, part
from handlers.room import Act, Room, on_command, on_presses
from handlers.turn import Turn
from locales.phrase import S


def menu(turn: Turn) -> None:
    turn.say(screens.listed(actions.listed(turn)))


def listed(turn: Turn) -> None:
    turn.show(screens.listed(actions.listed(turn), number(part(turn))))


def later(turn: Turn) -> None:
    """Asks again at the end of the next working day."""
    access.authorise(turn, Right.LIST_ATTENDANCE)
    at = attending.next_evening(turn.now)
    turn.store.timers.set(attending.LATER, turn.person.id, at)
    turn.show(screens.later(at))


def opened(turn: Turn) -> None:
    sheet = actions.opened(turn, part(turn))
    turn.show(screens.opened(sheet), about=f"family:{sheet.appointment.family_id}")


def noting(*, came: bool, back: Act) -> Act:
    """The act of noting it for one parent; `back` shows where the button stood."""

    def act(turn: Turn) -> None:
        actions.note(turn, part(turn), part(turn, 1), came=came)
        turn.flash(S("attendance.came.toast") if came else S("attendance.missed.toast"))
        back(turn)

    return act


def replying(reply: Reply) -> Act:
    """The act of one answer of somebody who did not come."""

    def act(turn: Turn) -> None:
        circle = actions.replied(turn, part(turn), reply)
        turn.show(screens.thanks(circle.appointment, reply))

    return act


def _list_anew(turn: Turn) -> None:
    turn.show(screens.listed(actions.listed(turn)))


room = Room(
    screens.ROOM,
    handlers=(
        *(on_command(word, menu) for word in ("attendance", "anwesenheit")),
        on_presses(
            screens.ROOM,
            {
                "list": listed,
                "later": later,
                "open": opened,
                "note": opened,
                screens.CAME: noting(came=True, back=_list_anew),
                screens.MISSED: noting(came=False, back=_list_anew),
                screens.WAS: noting(came=True, back=opened),
                screens.WAS_NOT: noting(came=False, back=opened),
                **{reply.value: replying(reply) for reply in Reply},
            },
        ),
    ),
    due={
        attending.ASK: due.ask,
        attending.TELL: due.tell,
        attending.LATER: due.tell,
        attending.FOLLOW: due.follow,
        attending.SILENCE: due.silence,
    },
    opens=due.opens,
)
