"""The commands behind the menu button: for everybody, and for chats that give nothing away."""

from locales.phrase import F, Phrase
from locales.translator import Voice

Commands = tuple[tuple[str, Phrase], ...]

COMMANDS: Commands = (
    ("sos", F("command.sos")),
    ("menu", F("command.menu")),
    ("termine", F("command.appointments")),
    ("checkin", F("command.checkin")),
    ("language", F("command.language")),
    ("wipe", F("command.wipe")),
    ("help", F("command.help")),
)
DISCREET: Commands = (
    ("sos", F("discreet.command.sos")),
    ("menu", F("command.menu")),
    ("wipe", F("command.wipe")),
    ("language", F("command.language")),
)


def menu(commands: Commands, speak: Voice) -> list[dict[str, str]]:
    """The commands with their descriptions in one language, as Telegram takes them."""
    return [{"command": name, "description": speak.say(phrase)} for name, phrase in commands]
