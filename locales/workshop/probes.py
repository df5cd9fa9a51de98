"""Values that stand in for real ones when texts are tried out: the longest, and the most awkward."""

import datetime as dt

from locales.phrase import Address, Endonym, Items, Number, Slot

THURSDAY = dt.date(2026, 11, 19)
STREET = Address("Bahnhofstr. 12, 51143 Köln (Porz)")
AWKWARD: tuple[Slot, ...] = (
    Number("+49 221 12-34"),
    Number("0800 111 0 550"),
    STREET,
    "Anna 2",
    "محمد علي",
    "C/O (Büro) 3-4",
    THURSDAY,
    dt.time(9, 5),
    42,
)

_BY_WORD: dict[str, Slot] = {
    "date": THURSDAY,
    "day": THURSDAY,
    "time": dt.time(20, 30),
    "phone": Number("0800 111 0 550"),
    "number": Number("0800 111 0 550"),
    "place": STREET,
    "address": STREET,
    "language": Endonym("ar"),
    "items": Items("Wechselkleidung", "Krankenkarte", "Kontoauszug", "Hausschuhe", "Gelbes Heft"),
    "mood": "🙂",
    "n": 120,
    "minutes": 120,
    "hours": 120,
    "count": 120,
    "share": 100,
}


def longest(slot: str, room: int) -> Slot:
    """What a slot of this name holds at its longest; a text of `room` signs when the name says nothing."""
    known = (_BY_WORD[word] for word in slot.split("_") if word in _BY_WORD)
    return next(known, "Maximiliane Friederike Schmitz-Yılmazoğlu"[:room])
