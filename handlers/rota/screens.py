"""Who is on call, and the switch."""

from collections.abc import Sequence
from datetime import datetime

from handlers.callback import press
from handlers.screen import Button, Screen, screen
from locales.phrase import Items, S
from storage.records import Duty, Person


def duties(on_now: Sequence[tuple[Duty, Person]], viewer: Person) -> Screen:
    """The list by step, and the button that puts the viewer on or takes them off."""
    if any(duty.person_id == viewer.id for duty, _ in on_now):
        switch = Button(S("rota.off.button"), press("rota", "off"))
    else:
        switch = Button(S("rota.on.button"), press("rota", "on"))
    if not on_now:
        return screen(S("rota.nobody"), buttons=[(switch,)])
    lines = Items(*(S("rota.line", step=duty.step, name=person.name) for duty, person in on_now[:20]))
    return screen(S("rota.on_call", people=lines), buttons=[(switch,)])


def nobody_left() -> Screen:
    """For the leads: the phone has just been put down by the last one."""
    return screen(S("rota.nobody"))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room with the longest it may show."""
    person = Person("p" * 16, 2**50, "Ü" * 40, "de", "", blocked=False)
    other = Person("q" * 16, 2**50, "Ü" * 40, "de", "", blocked=False)
    duty = Duty(person.id, 3, now)
    return [
        duties([], person),
        duties([(duty, person)] * 12, person),
        duties([(duty, person)], other),
        nobody_left(),
    ]
