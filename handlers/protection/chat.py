"""🛡: what is pressed and typed about a child that may be in danger."""

from datetime import timedelta

from handlers import access, noting
from handlers.access import Act
from handlers.given import number, part
from handlers.protection import actions, due, paper, rules, screens
from handlers.protection.actions import ASKED, REMIND, TAKE_AWAY
from handlers.refusal import Refusal
from handlers.room import Room, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import S
from locales.zone import here

# the document must not stay in a chat
STAYS = timedelta(hours=12)


def menu(turn: Turn) -> None:
    """All open checklists in a new message, and out of whatever was going on."""
    found = actions.listed(turn)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.listed(found, actions.numbers(turn.store)))


def listed(turn: Turn) -> None:
    turn.show(screens.listed(actions.listed(turn), actions.numbers(turn.store)))


def of_family(turn: Turn) -> None:
    """From a family's card."""
    _of_family(turn, part(turn), 0)


def of_alarm(turn: Turn) -> None:
    """From an alarm, for whoever has taken it."""
    family_id, alarm_number = actions.family_of_alarm(turn, part(turn))
    turn.asked.message_id = None  # the alarm's own message stays what it is
    _of_family(turn, family_id, alarm_number)


def _of_family(turn: Turn, family_id: str, alarm_number: int) -> None:
    found = actions.of_family(turn, family_id)
    if found.current is not None:
        return _show(turn, found.current.id)
    card = access.may(turn, Act.OPEN_FAMILY, found.family)
    shown = screens.start(found.family, found.closed, actions.numbers(turn.store), alarm_number, card=card)
    return turn.show(shown, about=f"family:{found.family.id}")


def begin(turn: Turn) -> None:
    made = actions.begin(turn, part(turn), number(part(turn, 1)))
    _show(turn, made.id)


def opened(turn: Turn) -> None:
    turn.leaves(screens.ROOM)
    _show(turn, part(turn))


def _show(turn: Turn, concern_id: str) -> None:
    found = actions.read(turn, concern_id)
    turn.show(screens.card(found), about=actions.about(found.concern.id))


def point(turn: Turn) -> None:
    """One point: what it is about, who has marked it, and what they noted."""
    turn.leaves(screens.ROOM)
    _show_point(turn, part(turn), part(turn, 1), part(turn, 2))


def _show_point(turn: Turn, concern_id: str, word: str, page: str = "") -> None:
    found = actions.read(turn, concern_id)
    wanted = rules.point_of(word)
    if wanted is None:
        raise Refusal(S("door.stale.toast"))
    turn.show(screens.point(found, wanted, number(page)), about=actions.about(found.concern.id))


def mark(turn: Turn) -> None:
    actions.mark(turn, part(turn), part(turn, 1))
    turn.flash(S("protection.marked.toast"))
    _show_point(turn, part(turn), part(turn, 1))


def check(turn: Turn) -> None:
    """The day on which the team looks again."""
    day = rules.check_day(part(turn, 1), turn.now, here())
    if day is None:
        raise Refusal(S("door.stale.toast"))
    actions.mark(turn, part(turn), rules.NEXT_CHECK, day.isoformat())
    turn.flash(S("protection.marked.toast"))
    _show_point(turn, part(turn), rules.NEXT_CHECK)


def note(turn: Turn) -> None:
    """A mark with words: they are typed next."""
    way = part(turn, 1)
    concern = actions.may_mark(turn, part(turn), way)
    content = {"concern": concern.id, "way": way}
    turn.store.dialogues.put(turn.person.id, screens.ROOM, "note", content, turn.now)
    turn.show(screens.ask_note(concern, way, actions.numbers(turn.store)), about=actions.about(concern.id))


def typed(turn: Turn) -> None:
    """The words were typed: they are sealed, and go from the chat."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is None:
        raise Refusal(S("door.stale.toast"))
    concern_id, way = str(dialogue.content["concern"]), str(dialogue.content["way"])
    too_long = S("protection.too_long", most=rules.LONGEST_NOTE)
    made = noting.keep(
        turn, rules.LONGEST_NOTE, too_long, lambda text: actions.mark(turn, concern_id, way, text)
    )
    if made is not None:
        _show_point(turn, concern_id, way)


def ask(turn: Turn) -> None:
    done = actions.ask_others(turn, part(turn))
    turn.flash(S("protection.asked.toast") if done else S("protection.asked_before.toast"))


def close(turn: Turn) -> None:
    """Says what has not been gone through, and asks once more."""
    turn.show(screens.sure(actions.read(turn, part(turn))), about=actions.about(part(turn)))


def closed(turn: Turn) -> None:
    actions.close(turn, part(turn))
    turn.flash(S("protection.closed.toast"))
    _show(turn, part(turn))


def file(turn: Turn) -> None:
    """The document for the family's file; it leaves the chat again by itself."""
    found = actions.exported(turn, part(turn))
    shown = screens.document(paper.written(found, turn.now))
    card = turn.say(shown, about=actions.about(found.concern.id))
    turn.store.timers.set(TAKE_AWAY, card.id, turn.now + STAYS)


room = Room(
    screens.ROOM,
    handlers=(
        on_words({"protection.menu.button": menu}),
        on_presses(
            screens.ROOM,
            {
                "list": listed,
                "family": of_family,
                "alarm": of_alarm,
                "begin": begin,
                "open": opened,
                "point": point,
                "mark": mark,
                "check": check,
                "note": note,
                "ask": ask,
                "close": close,
                "closed": closed,
                "file": file,
            },
        ),
    ),
    dialogues={"note": typed},
    secrets=frozenset({"note"}),
    due={REMIND: due.remind, ASKED: due.may_ask_again, TAKE_AWAY: actions.take_away},
)
