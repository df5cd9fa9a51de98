"""Into which languages somebody can translate at an appointment: more than families can read here."""

from collections.abc import Iterable

from handlers.desk import voice_of
from locales.languages import SOURCE
from storage.records import Person

LANGUAGES = (
    *("tr", "ar", "uk", "ru", "ku", "fa", "ps", "ti", "so"),
    *("sq", "sr", "pl", "ro", "bg", "it", "es", "fr", "en"),
)


def offered(parents: Iterable[Person]) -> list[str]:
    """The codes to choose from, those of the family first."""
    own = [code for code in dict.fromkeys(voice_of(parent).language for parent in parents) if code != SOURCE]
    return [*own, *(code for code in LANGUAGES if code not in own)]
