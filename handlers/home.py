"""The keyboard below every chat: the red button first, then what this person's roles open."""

from handlers.screen import Screen, screen
from locales.phrase import F, Phrase, S
from storage.records import Person, Role

Keys = tuple[tuple[Phrase, ...], ...]

GUEST: Keys = ((F("crisis.sos.button"),), (F("preferences.language.button"),))
PARENT: Keys = (
    (F("crisis.sos.button"),),
    (F("appointments.menu.button"), F("checkins.menu.button")),
    (F("preferences.language.button"),),
)
OF_STAFF: dict[Role, Keys] = {
    Role.CASEWORKER: (
        (S("appointments.new.button"), S("appointments.menu.button")),
        (S("training.menu.button"), S("checkins.menu.button")),
        (S("caseload.menu.button"),),
    ),
    Role.ON_CALL: ((S("crisis.alarms.button"), S("rota.menu.button")),),
    Role.LEAD: ((S("team.menu.button"), S("team.oversight.button")),),
}
FOR_ALL_STAFF: Keys = ((S("crisis.sos.button"), S("preferences.language.button")),)


def keyboard(person: Person) -> Keys:
    """The reply keyboard of this person. There is none without the red button."""
    if not person.is_staff:
        return PARENT if Role.PARENT in person.roles else GUEST
    opened = tuple(row for role, rows in OF_STAFF.items() if role in person.roles for row in rows)
    return opened + FOR_ALL_STAFF


def home(person: Person) -> Screen:
    """Where everybody starts and can always come back to."""
    if person.is_staff:
        return screen(S("home.staff"), keyboard=keyboard(person))
    text = F("home.parent") if Role.PARENT in person.roles else F("home.guest")
    return screen(text, keyboard=keyboard(person))
