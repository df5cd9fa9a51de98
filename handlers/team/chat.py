"""What a lead presses about the team, the codes and the table of rights."""

from handlers.access import Act, authorise
from handlers.given import number, part
from handlers.refusal import Refusal
from handlers.room import Room, on_presses
from handlers.team import actions, rules, screens
from handlers.team.actions import SWEEP
from handlers.turn import Turn
from locales.phrase import S
from storage.records import STAFF, Role


def person(turn: Turn) -> None:
    turn.show(screens.member(actions.member(turn, part(turn))))


def taking(turn: Turn) -> None:
    """Says what happens before it does; the code is asked for here already."""
    shown = actions.member(turn, part(turn), Act.REVOKE_ROLE)
    role = _role(turn)
    hindered = actions.hindrance(turn.store, shown.person, role, turn.now)
    turn.show(screens.hindered(shown, hindered) if hindered else screens.sure(shown, role))


def taken(turn: Turn) -> None:
    role = _role(turn)
    after = actions.revoke(turn, part(turn), role)
    turn.flash(S("team.revoked.toast"))
    if after.id == turn.person.id:
        return  # their own chat has just been cleared
    if after.is_staff:
        turn.show(screens.member(actions.member(turn, after.id)))
    else:
        turn.show(screens.gone(after))


def resetting(turn: Turn) -> None:
    turn.show(screens.sure_to_reset(actions.member(turn, part(turn), Act.RESET_CODE)))


def reset(turn: Turn) -> None:
    actions.reset(turn, part(turn))
    turn.flash(S("team.reset.toast"))
    turn.show(screens.member(actions.member(turn, part(turn))))


def show_rules(turn: Turn) -> None:
    """🔐: the table as the code reads it."""
    authorise(turn, Act.SEE_RULES)
    turn.show(screens.table(list(rules.lines()), number(part(turn))))


def show_codes(turn: Turn) -> None:
    authorise(turn, Act.OVERSEE)
    turn.show(screens.codes(on=turn.store.settings.asks_for_codes))


def codes_on(turn: Turn) -> None:
    actions.switch_codes(turn, on=True)
    _show_switched(turn)


def codes_off(turn: Turn) -> None:
    actions.switch_codes(turn, on=False)
    _show_switched(turn)


def _show_switched(turn: Turn) -> None:
    turn.flash(S("team.codes.toast"))
    turn.show(screens.codes(on=turn.store.settings.asks_for_codes))


def _role(turn: Turn) -> Role:
    found = next((role for role in STAFF if role == part(turn, 1)), None)
    if found is None:
        raise Refusal(S("door.stale.toast"))
    return found


room = Room(
    screens.ROOM,
    handlers=(
        on_presses(
            screens.ROOM,
            {
                "person": person,
                "take": taking,
                "taken": taken,
                "lost": resetting,
                "reset": reset,
                "rules": show_rules,
                "codes": show_codes,
                "on": codes_on,
                "off": codes_off,
            },
        ),
    ),
    due={SWEEP: actions.sweep},
)
