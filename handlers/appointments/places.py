"""Where an appointment is, as a parent finds it: in words, on a map, or at home."""

from handlers.appointments import screens
from handlers.calendar import AT_HOME
from handlers.screen import Screen
from storage.records import Appointment
from storage.store import Store


def shown(store: Store, appointment: Appointment, language: str) -> list[Screen]:
    """One message, or two where a pin follows. The way is told in the language, or as a whole in German."""
    if appointment.place == AT_HOME:
        return [screens.at_home()]
    known = store.agency.meeting_place(appointment.meeting_place_id)
    if known is None:
        return [screens.typed_place(appointment.place)]
    told = [screens.way_to(known, language)]
    if known.latitude and known.longitude:
        told.append(screens.pinned(known, float(known.latitude), float(known.longitude)))
    return told
