"""What a caseworker sees while she plans: for whom, what, and the pages beside the preview."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers import bringing, picking
from handlers.appointment_words import named
from handlers.calendar import MOST_OF_PLACE, Draft, brief
from handlers.callback import press
from handlers.fitting import page, turning
from handlers.planning import lines
from handlers.planning.previews import preview
from handlers.planning.rules import LENGTHS, TIMES, Plan, unsaved
from handlers.screen import Button, Screen, in_rows, screen
from locales.phrase import Language, Phrase, S
from storage.records import AppointmentKind, Family, Person, Span

ROOM = "planning"
ON_A_PAGE = 20
EVERYBODY = "all"
NOBODY = "none"
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


def which_parents(key: str, family: str, parents: Sequence[Person]) -> Screen:
    """For all of the family or for one parent alone: two who live apart may each have an appointment."""
    everybody = Button(S("planning.everybody.button"), press(ROOM, "who", key, EVERYBODY))
    rows = [
        (Button(S("planning.only.button", name=_short(one)), press(ROOM, "who", key, one.id)),)
        for one in parents
    ]
    return screen(S("planning.who", family=family), buttons=((everybody,), *rows))


def _short(parent: Person) -> str | Phrase:
    return brief(parent.name, 18) or S("appointments.parent")


def which_kind(key: str, family: str) -> Screen:
    shown = [Button(S(f"kind.{kind}"), press(ROOM, "kind", key, kind)) for kind in AppointmentKind]
    return screen(S("appointments.which_kind", family=family), buttons=in_rows(shown, 2))


def which_length(draft: Draft) -> Screen:
    shown = [Button(S("planning.minutes.button", n=n), press(ROOM, "length", draft.key, n)) for n in LENGTHS]
    return screen(S("planning.which_length", n=draft.minutes), buttons=in_rows(shown, 4))


def which_interpreter(draft: Draft, codes: Sequence[str]) -> Screen:
    """Nobody, or the languages, those of the family first."""
    nobody = Button(S("planning.no_interpreter.button"), press(ROOM, "interpreter", draft.key, NOBODY))
    shown = [
        Button(
            S("planning.language.button", language=Language(code)),
            press(ROOM, "interpreter", draft.key, code),
        )
        for code in codes
    ]
    return screen(S("planning.which_interpreter"), buttons=((nobody,), *in_rows(shown, 2)))


def which_things(draft: Draft) -> Screen:
    """The list to tick off, two in a row."""
    shown = [_thing(draft, word) for word in bringing.WORDS]
    ready = Button(S("planning.ready.button"), press(ROOM, "back", draft.key))
    return screen(S("planning.which_things", most=bringing.MOST), buttons=(*in_rows(shown, 2), (ready,)))


def _thing(draft: Draft, word: str) -> Button:
    named = bringing.thing(word)
    chosen = S("planning.thing_on.button", thing=named)
    label = chosen if word in draft.bring else S("planning.thing_off.button", thing=named)
    return Button(label, press(ROOM, "bring", draft.key, word))


def how_often(draft: Draft) -> Screen:
    shown = [
        Button(
            S("planning.once.button") if n == 1 else S("planning.times.button", n=n),
            press(ROOM, "times", draft.key, n),
        )
        for n in TIMES
    ]
    return screen(S("planning.how_often"), buttons=((shown[0],), *in_rows(shown[1:], 2)))


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
    full = replace(draft, interpreter="ar", bring=bringing.WORDS[: bringing.MOST], times=TIMES[-1])
    families = [Family(f"{n:016}", long, "c") for n in range(3 * ON_A_PAGE)]
    weekly = tuple(at + timedelta(weeks=n) for n in range(TIMES[-1]))
    feasts = (at.date(), at.date() + timedelta(weeks=1))
    taken = (Span(at, at + timedelta(hours=1)),) * 9
    crowded = Plan(unsaved(full, at), weekly, taken, (), feasts)
    plain, festive = Plan(unsaved(draft, at), (at,)), Plan(unsaved(draft, at), (at,), taken, feasts[:1])
    gone = [replace(parent, blocked=True) for parent in parents]
    return [
        *picking.specimens(ROOM, about_draft(draft.kind, long), draft),
        which_family(draft.key, families, 1),
        which_family(draft.key, []),
        which_parents(draft.key, long, parents),
        which_kind(draft.key, long),
        which_length(draft),
        which_interpreter(draft, tongues[1:]),
        which_things(full),
        how_often(draft),
        preview(draft, plain, long, parents, now),
        preview(draft, festive, long, parents[:2], now),
        preview(full, crowded, long, parents[:1], now),
        preview(draft, plain, long, gone, now),
        preview(draft, plain, long, [], now),
        preview(replace(draft, only_for="x"), plain, long, [replace(parents[0], paused=True)], now),
        pauses(parents[0]),
        *lines.specimens(now),
    ]
