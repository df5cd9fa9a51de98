"""Going on call and off again."""

from handlers.access import Act, authorise
from handlers.room import Room, on_command, on_presses, on_words
from handlers.rota import screens
from handlers.turn import Turn
from handlers.watch import look_at_alarms
from locales.phrase import S
from storage.records import Duty, Lane, Person, Role


def show(turn: Turn) -> None:
    _require(turn)
    turn.show(screens.duties(_on_now(turn), turn.person))


def on(turn: Turn) -> None:
    _switch(turn, on=True)


def off(turn: Turn) -> None:
    """The last one to go is no reason to forbid it; the leads are told at once."""
    _switch(turn, on=False)
    look_at_alarms(turn.store, turn.now)
    if not turn.store.duties.on_now(turn.now):
        for lead in turn.store.people.with_role(Role.LEAD):
            turn.tell(lead, screens.nobody_left(), lane=Lane.CRISIS)


def _switch(turn: Turn, *, on: bool) -> None:
    _require(turn)
    turn.store.duties.switch(turn.person.id, on, turn.now)
    turn.note("duty.on" if on else "duty.off", f"person:{turn.person.id}")
    turn.flash(S("rota.on.toast") if on else S("rota.off.toast"))
    turn.show(screens.duties(_on_now(turn), turn.person))


def _on_now(turn: Turn) -> list[tuple[Duty, Person]]:
    met = [(duty, turn.store.people.known(duty.person_id)) for duty in turn.store.duties.on_now(turn.now)]
    return [(duty, person) for duty, person in met if person is not None]


def _require(turn: Turn) -> None:
    authorise(turn, Act.GO_ON_DUTY, turn.person)


room = Room(
    "rota",
    handlers=(
        on_words({"rota.menu.button": show}),
        on_command("oncall", show),
        on_presses("rota", {"on": on, "off": off}),
    ),
)
