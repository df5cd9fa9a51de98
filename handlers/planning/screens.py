"""What a caseworker sees while she plans: for whom, what, and how the family will read it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers import picking
from handlers.appointment_cards import family_text, named, staff_text, unreachable
from handlers.calendar import AT_HOME, MOST_OF_PLACE, Draft, brief, days
from handlers.callback import press
from handlers.desk import voice_of
from handlers.fitting import page, turning
from handlers.screen import Button, Screen, in_rows, screen
from locales.phrase import Endonym, Phrase, S
from locales.translator import voice
from storage.records import Appointment, AppointmentKind, AppointmentState, Family, Person

ROOM = "planning"
ON_A_PAGE = 20
NEW = S("appointments.new.button")


def about_draft(kind: str, family: str) -> Phrase:
    return S("appointments.subject", kind=S(f"kind.{kind}"), family=family)


def which_family(key: str, families: Sequence[Family], number: int = 0) -> Screen:
    """The families to choose from, a page of them."""
    if not families:
        return screen(S("appointments.no_families"))
    on_page = page(families, number, ON_A_PAGE)
    shown = [Button(brief(one.label), press(ROOM, "family", key, one.id)) for one in on_page.items]
    turn = turning(on_page, lambda to: press(ROOM, "page", key, to))
    return screen(S("appointments.which_family"), buttons=(*in_rows(shown, 2), *turn))


def which_kind(key: str, family: str) -> Screen:
    shown = [Button(S(f"kind.{kind}"), press(ROOM, "kind", key, kind)) for kind in AppointmentKind]
    return screen(S("appointments.which_kind", family=family), buttons=in_rows(shown, 2))


def preview(draft: Draft, family: str, starts_at: datetime, parents: Sequence[Person]) -> Screen:
    """The staff's words, then the family's as each of the parents will read them, or who will not."""
    kind, place = AppointmentKind(draft.kind), draft.place or AT_HOME
    text = staff_text(S(f"kind.{kind}"), family, starts_at, place)
    said = family_text(
        Appointment("", "", "", kind, starts_at, place, AppointmentState.PLANNED, 0, None)
    )
    lost = [parent for parent in parents if parent.blocked]
    readers = [parent for parent in parents if not parent.blocked] or parents[:1]
    codes = dict.fromkeys(voice_of(parent).language for parent in readers)
    read = [
        S("appointments.preview_reads", language=Endonym(code), text=voice(code).say(said)) for code in codes
    ]
    send = Button(S("appointments.send.button"), press(ROOM, "send", draft.key))
    return screen(text, *(read or [S("appointments.nobody")]), *map(unreachable, lost), buttons=((send,),))


def pauses(parent: Person) -> Screen:
    """For the caseworker: this one reads it later."""
    return screen(S("appointments.pauses", name=named(parent)))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    long, place = "Familie Abdelrahman-Kowalczyk-Özdemir aus der Bonner Straße", "W" * MOST_OF_PLACE
    at = now + timedelta(days=3)
    tongues = ("de", "tr", "ar")
    parents = tuple(Person(code * 8, n, long, code, code, False) for n, code in enumerate(tongues))
    draft = Draft("k" * 6, kind=AppointmentKind.HOSPITATION, day=at.date(), hour=14, minute=30, place=place)
    labels = {day: voice("de").day_short(day) for day in days(now)}
    families = [Family(f"{n:016}", long, "c") for n in range(3 * ON_A_PAGE)]
    return [
        *picking.specimens(ROOM, about_draft(draft.kind, long), draft, labels),
        which_family(draft.key, families, 1),
        which_family(draft.key, []),
        which_kind(draft.key, long),
        preview(draft, long, at, parents),
        preview(draft, long, at, [replace(parent, blocked=True) for parent in parents]),
        preview(draft, long, at, []),
        pauses(parents[0]),
    ]
