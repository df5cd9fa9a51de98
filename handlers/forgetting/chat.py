"""What is pressed about being forgotten, by parents, guests, caseworkers and leads."""

from handlers import access
from handlers.access import Act
from handlers.forgetting import actions, due, farewell, holds, screens
from handlers.forgetting.rules import Reason
from handlers.given import one_line, part
from handlers.refusal import Refusal
from handlers.room import Room, on_presses
from handlers.turn import Turn
from locales.phrase import F, S
from storage.records import Request


def wish(turn: Turn) -> None:
    """Says what it means, or where the wish stands."""
    if turn.person.is_staff:
        raise Refusal(S("forgetting.ask_lead"))
    known = actions.own_wish(turn)
    if known is not None:
        _show_asked(turn, known)
    elif turn.person.roles:
        turn.show(screens.sure())
    else:
        turn.show(screens.sure_guest())


def yes(turn: Turn) -> None:
    """A parent's wish is passed on; a guest is forgotten at once."""
    if turn.person.roles:
        _show_asked(turn, actions.wish(turn))
    else:
        actions.forget_guest(turn)


def _show_asked(turn: Turn, known: Request) -> None:
    hold = turn.store.legal_holds.of(known.family_id or "")
    turn.show(screens.asked(known, held=hold is not None))


def withdraw(turn: Turn) -> None:
    if not actions.withdraw(turn):
        turn.flash(F("door.stale.toast"))
    turn.show(screens.withdrawn())


def listed(turn: Turn) -> None:
    access.authorise(turn, Act.SEE_REQUESTS)
    store = turn.store
    found = [(one, store.families.get(one.family_id or "")) for one in store.requests.open()]
    held = [store.families.get(hold.family_id) for hold in store.legal_holds.all()]
    turn.show(
        screens.listed(
            [(one, family) for one, family in found if family is not None],
            [family for family in held if family is not None],
        )
    )


def opened(turn: Turn) -> None:
    _show(turn, actions.to_be_seen(turn, part(turn)))


def begin(turn: Turn) -> None:
    """A caseworker proposes it herself: the family is no longer with us."""
    _show(turn, actions.begin(turn, part(turn)))


def propose(turn: Turn) -> None:
    found = actions.to_be_seen(turn, part(turn))
    actions.propose(turn, found)
    turn.flash(S("forgetting.proposed.toast"))
    _show(turn, turn.store.requests.get(found.id) or found)


def granting(turn: Turn) -> None:
    """Asks once more."""
    found = actions.to_be_seen(turn, part(turn))
    access.authorise(turn, Act.GRANT_ERASE, found)
    turn.show(screens.sure_grant(actions.opened(turn.store, found, turn.person)))


def erase(turn: Turn) -> None:
    actions.grant(turn, actions.to_be_seen(turn, part(turn)))
    turn.flash(S("forgetting.erased.toast"))


def refusing(turn: Turn) -> None:
    turn.show(screens.reasons(actions.to_be_seen(turn, part(turn))))


def refused(turn: Turn) -> None:
    found = actions.to_be_seen(turn, part(turn))
    reason = next((one for one in Reason if one == part(turn, 1)), None)
    if reason is None:
        raise Refusal(S("door.stale.toast"))
    actions.refuse(turn, found, reason)
    _show(turn, turn.store.requests.get(found.id) or found)


def hold(turn: Turn) -> None:
    family = access.family(turn, Act.SET_HOLD, part(turn))
    turn.store.dialogues.put(turn.person.id, screens.ROOM, "ground", {"family": family.id}, turn.now)
    turn.show(screens.ask_ground(family, holds.LONGEST_GROUND))


def ground(turn: Turn) -> None:
    """Why nothing may be erased was typed."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    family_id = str(dialogue.content["family"]) if dialogue else ""
    too_long = S("caseload.too_long", most=holds.LONGEST_GROUND)
    typed = one_line(turn.asked.text, holds.LONGEST_GROUND, too_long)
    found = holds.put(turn, family_id, typed)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.held(found), about=f"hold:{found.family.id}")


def held(turn: Turn) -> None:
    found = holds.of(turn, part(turn))
    turn.show(screens.held(found), about=f"hold:{found.family.id}")


def lift(turn: Turn) -> None:
    family = holds.lift(turn, part(turn))
    turn.show(screens.lifted(family), about=f"hold:{family.id}")


def _show(turn: Turn, found: Request) -> None:
    turn.show(screens.wish(actions.opened(turn.store, found, turn.person)), about=f"request:{found.id}")


room = Room(
    screens.ROOM,
    handlers=(
        on_presses(
            screens.ROOM,
            {
                "wish": wish,
                "yes": yes,
                "withdraw": withdraw,
                "list": listed,
                "open": opened,
                "begin": begin,
                "propose": propose,
                "grant": granting,
                "erase": erase,
                "refuse": refusing,
                "no": refused,
                "hold": hold,
                "held": held,
                "lift": lift,
            },
        ),
    ),
    dialogues={"ground": ground},
    due={actions.REMIND: due.remind, farewell.SWEEP: farewell.sweep},
    settled={farewell.FAREWELL: farewell.said},
)
