"""The team and oversight buttons of a lead."""

from handlers.given import number, one_line, part
from handlers.oversight import actions, rules, screens
from handlers.room import Room, on_blocking, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Role


def menu(turn: Turn) -> None:
    """The team in a new message, and out of whatever was going on."""
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.team(actions.team(turn)))


def team(turn: Turn) -> None:
    people = actions.team(turn)
    turn.leaves("oversight")
    turn.show(screens.team(people, number(part(turn))))


def invite(turn: Turn) -> None:
    """A role was chosen, for on-call duty perhaps its step too."""
    steps = actions.steps(turn)
    role = rules.staff_role(part(turn))
    step = number(part(turn, 1)) or None
    if role is None or (step is not None and step not in steps):
        turn.flash(S("door.stale.toast"))
        team(turn)
    elif role is Role.ON_CALL and step is None and len(steps) > 1:
        turn.show(screens.choose_step(steps))
    else:
        _ask_name(turn, role, (step or steps[0]) if role is Role.ON_CALL else None)


def name(turn: Turn) -> None:
    """The invited colleague's name was typed."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    role = rules.staff_role(str(dialogue.content["role"])) if dialogue else None
    if dialogue is None or role is None:
        menu(turn)
        return
    typed = one_line(turn.asked.text, rules.LONGEST_NAME, S("team.too_long", most=rules.LONGEST_NAME))
    step = number(str(dialogue.content["step"])) or None
    made = actions.invite(turn, role, step, typed)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.invited(made))


def oversee(turn: Turn) -> None:
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.oversight(actions.stuck(turn)))


def look(turn: Turn) -> None:
    turn.show(screens.oversight(actions.stuck(turn)))


def blocking(turn: Turn) -> None:
    """Somebody blocked the bot or came back: nobody should have to find out with a message."""
    change = actions.unreachable if turn.asked.gone else actions.reachable_again
    change(turn.store, turn.person, turn.now)


def _ask_name(turn: Turn, role: Role, step: int | None) -> None:
    turn.store.dialogues.put(turn.person.id, "oversight", "name", {"role": role, "step": step}, turn.now)
    turn.show(screens.ask_name(role, step))


room = Room(
    "oversight",
    handlers=(
        on_words({"team.menu.button": menu, "team.oversight.button": oversee}),
        on_presses("oversight", {"team": team, "invite": invite, "look": look}),
        on_blocking(blocking),
    ),
    dialogues={"name": name},
)
