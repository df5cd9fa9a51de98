"""What the caseworker sees of parent training."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import picking
from handlers.calendar import MOST_OF_PLACE, Draft, brief
from handlers.callback import press
from handlers.screen import Button, Screen, screen
from handlers.training.actions import Reach
from handlers.training.rules import Counts, Standing
from locales.phrase import Address, Day, Endonym, Hour, Items, Phrase, S
from storage.records import Family, Offer, OfferKind, Session

ROOM, COURSES = "training", "courses"
NEW = S("training.new.button")
MOST = 8


@dataclass(frozen=True, slots=True)
class Place:
    """An offer, the name of the site where it runs and how many families take part."""

    offer: Offer
    site: str
    families: int = 0


def about_draft(at: Place) -> Phrase:
    return S("training.subject", offer=_kind(at), site=brief(at.site, 60))


def which_offer(key: str, choice: Sequence[Place], labels: Sequence[str]) -> Screen:
    """`labels` name each offer in the reader's language; a button shows as much of it as fits."""
    if not choice:
        return screen(S("training.no_offers"))
    lines = Items(*map(_offer, choice[:MOST]))
    rows = [
        (Button(brief(label), press(ROOM, "offer", key, n)),)
        for n, (_, label) in enumerate(zip(choice, labels, strict=True))
    ]
    return screen(S("training.which_offer", offers=lines), buttons=rows)


def preview(draft: Draft, at: Place, starts_at: datetime, whom: Reach) -> Screen:
    """Who would be invited to what; nobody to invite means nothing to send."""
    text = _text(at, starts_at, draft.place or "")
    if not whom.families:
        return screen(text, S("training.nobody"))
    told = [S("training.reach", families=len(whom.families), parents=whom.parents)]
    if whom.languages:
        told.append(S("training.languages", languages=Items(*map(Endonym, whom.languages))))
    send = Button(S("training.send.button"), press(ROOM, "send", draft.key))
    return screen(text, *told, buttons=((send,),))


def sheet(session: Session, at: Place, said: Counts, how: Standing, *, doors: bool = False) -> Screen:
    """One session and how many parents said what; once its doors are open one may note who is there."""
    counted = S("training.counts", yes=said.yes, no=said.no, move=said.move, open=said.open)
    text = [_text(at, session.starts_at, session.place)]
    rows = [(Button(S("training.list.button"), press(ROOM, "list")),)]
    if doors and how is not Standing.CANCELLED:
        rows.insert(0, (Button(S("training.presence.button"), press(COURSES, "session", session.id)),))
    if how is Standing.PLANNED:
        again = Button(S("training.refresh.button"), press(ROOM, "open", session.id))
        gone = Button(S("training.cancel.button"), press(ROOM, "cancel", session.id))
        return screen(*text, counted, buttons=((again,), (gone,), *rows))
    if how is Standing.OVER:
        return screen(*text, counted, S("training.sheet_over"), buttons=rows)
    return screen(*text, S("training.sheet_cancelled"), buttons=rows)


def sure(session: Session, at: Place) -> Screen:
    rows = (
        (Button(S("training.sure.button"), press(ROOM, "sure", session.id)),),
        (Button(S("training.keep.button"), press(ROOM, "open", session.id)),),
    )
    return screen(_text(at, session.starts_at, session.place), S("training.sure"), buttons=rows)


def overview(ahead: Sequence[tuple[Session, Counts]], labels: Sequence[str], courses: int = 0) -> Screen:
    """The next sessions with their counts; `labels` say the day and hour of each in the reader's language.

    Courses have a list of their own: here it is said how many there are.
    """
    rows = [
        (Button(brief(label), press(ROOM, "open", session.id)),)
        for (session, _), label in zip(ahead, labels, strict=True)
    ]
    lines = Items(*(_line(session, said) for session, said in ahead))
    text = [S("training.list", sessions=lines)] if ahead else [] if courses else [S("training.none")]
    if courses:
        text.append(S("training.courses", n=courses))
    makes = (Button(NEW, press(ROOM, "new")), Button(S("courses.new.button"), press(COURSES, "new")))
    return screen(*text, buttons=(*rows, makes, (Button(S("courses.list.button"), press(COURSES, "list")),)))


def _line(session: Session, said: Counts) -> Phrase:
    day, hour = Day(session.starts_at), Hour(session.starts_at)
    return S("training.line", day=day, hour=hour, yes=said.yes, no=said.no, move=said.move, open=said.open)


def _offer(at: Place) -> Phrase:
    return S("training.offer", offer=_kind(at), site=brief(at.site, 40), n=at.families)


def _kind(at: Place) -> Phrase:
    return S(f"offer.{at.offer.kind}")


def _text(at: Place, starts_at: datetime, place: str) -> Phrase:
    return S(
        "training.preview",
        offer=_kind(at),
        site=brief(at.site, 60),
        day=Day(starts_at),
        hour=Hour(starts_at),
        place=Address(place),
    )


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    at, place = now + timedelta(days=3), "W" * MOST_OF_PLACE
    where = [Place(Offer("o" * 16, "s", kind), "W" * MOST_OF_PLACE, 99) for kind in OfferKind]
    draft = Draft("k" * 6, day=at.date(), hour=14, minute=30, place=place)
    session = Session("s" * 16, "o" * 16, "c", at, place)
    many, family = Counts(999, 999, 999, 999), Family("f" * 16, "Familie", "c")
    whom = Reach((family,) * 99, 199, ("de", "tr", "ar"))
    return [
        which_offer(draft.key, where, ["W" * 60] * len(where)),
        which_offer(draft.key, [], []),
        *picking.specimens(ROOM, about_draft(where[-1]), draft),
        *(preview(draft, one, at, whom) for one in where),
        preview(draft, where[-1], at, Reach((), 0, ())),
        *(sheet(session, one, many, how, doors=True) for one in where for how in Standing),
        sure(session, where[-1]),
        overview([(session, many)] * MOST, ["Do 19.11. 14:30"] * MOST, 12),
        overview([], []),
    ]
