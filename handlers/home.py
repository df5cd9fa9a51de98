"""The keyboard below every chat: the red button first, then what this person's roles open."""

from handlers.screen import Screen, screen
from locales.phrase import F, Phrase, S
from storage.records import Person, Role

Keys = tuple[tuple[Phrase, ...], ...]
KEYBOARD = "keyboard"  # what a card is about whose message carries one

GUEST: Keys = ((F("crisis.sos.button"),), (F("preferences.language.button"),))
PARENT: Keys = (
    (F("crisis.sos.button"),),
    (F("appointments.menu.button"), F("checkins.menu.button")),
    (F("preferences.language.button"), F("preferences.more.button")),
)
# what gives nothing away to whoever looks over a shoulder; the red button keeps its sign
DISCREET: Keys = (
    (F("discreet.sos.button"),),
    (F("discreet.dates.button"), F("discreet.words.button")),
    (F("preferences.language.button"), F("preferences.more.button")),
)
DISCREET_GUEST: Keys = ((F("discreet.sos.button"),), (F("preferences.language.button"),))
# in this order, two to a row, whoever has several roles has each once; all else is found behind these
OF_STAFF: dict[Role, tuple[Phrase, ...]] = {
    Role.CASEWORKER: (
        S("appointments.new.button"),
        S("appointments.menu.button"),
        S("training.menu.button"),
        S("checkins.menu.button"),
        S("caseload.menu.button"),
        S("calls.menu.button"),
    ),
    Role.ON_CALL: (S("crisis.alarms.button"), S("rota.menu.button"), S("places.menu.button")),
    Role.LEAD: (
        S("crisis.alarms.button"),
        S("rota.menu.button"),
        S("team.menu.button"),
        S("team.oversight.button"),
    ),
}
FOR_ALL_STAFF: tuple[Phrase, ...] = (S("preferences.more.button"), S("crisis.sos.button"))


def keyboard(person: Person) -> Keys:
    """The reply keyboard of this person. There is none without the red button."""
    if not person.is_staff:
        known, guest = (DISCREET, DISCREET_GUEST) if person.discreet else (PARENT, GUEST)
        return known if Role.PARENT in person.roles else guest
    opened = dict.fromkeys(key for role, keys in OF_STAFF.items() if role in person.roles for key in keys)
    keys = (*opened, *FOR_ALL_STAFF)
    return tuple(keys[at : at + 2] for at in range(0, len(keys), 2))


def home(person: Person) -> Screen:
    """Where everybody starts and can always come back to."""
    if person.is_staff:
        return screen(S("home.staff"), keyboard=keyboard(person))
    if person.discreet:
        return at_hand(person)
    text = F("home.parent") if Role.PARENT in person.roles else F("home.guest")
    return screen(text, keyboard=keyboard(person))


def at_hand(person: Person) -> Screen:
    """A line that says nothing, so that the keys have something to stand below."""
    return Screen((F("discreet.home"),), keyboard=keyboard(person), harmless=True)
