"""Going on call and off again by hand, and who is on at this moment."""

from handlers import oncall
from handlers.access import Act, authorise
from handlers.rota import making, screens, telling, watching
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.watch import look_at_alarms
from locales.phrase import S
from storage.records import Duty, Lane, Person, Role


def show(turn: Turn) -> None:
    authorise(turn, Act.SEE_ROTA)
    turn.show(_duties(turn))


def on(turn: Turn) -> None:
    _switch(turn, on=True)
    if turn.store.duties.tested_at(turn.person.id) is None:
        turn.store.timers.set(oncall.PROBE, turn.person.id, turn.now)
    look_at_alarms(turn.store, turn.now)
    watching.look(turn.store, turn.now)
    turn.flash(S("rota.on.toast"))
    turn.show(_duties(turn))


def off(turn: Turn) -> None:
    """The last who would hear a page may go too; the leads are told at once. It ends one's shift as well."""
    _switch(turn, on=False)
    for shift in making.running(turn.store, turn.now, turn.person.id):
        making.cut_short(turn.store, shift, turn.now)
    look_at_alarms(turn.store, turn.now)
    counted = watching.counting(turn.store)
    if not any(duty.person_id in counted for duty in turn.store.duties.on_now(turn.now)):
        for lead in turn.store.people.with_role(Role.LEAD):
            turn.tell(lead, screens.nobody_left(), lane=Lane.CRISIS)
    watching.look(turn.store, turn.now)
    turn.flash(S("rota.off.toast"))
    turn.show(_duties(turn))


def _switch(turn: Turn, *, on: bool) -> None:
    authorise(turn, Act.GO_ON_DUTY, turn.person)
    turn.store.duties.switch(turn.person.id, on, turn.now)
    turn.note("duty.on" if on else "duty.off", f"person:{turn.person.id}")


def _duties(turn: Turn) -> Screen:
    return screens.duties(_on_now(turn), telling.site_names(turn.store), turn.person)


def _on_now(turn: Turn) -> list[tuple[Duty, Person]]:
    # whoever is on by hand and by a shift as well is one person
    once = {(duty.step, duty.person_id, duty.site_id): duty for duty in turn.store.duties.on_now(turn.now)}
    met = [(duty, turn.store.people.known(duty.person_id)) for duty in once.values()]
    return [(duty, person) for duty, person in met if person is not None]
