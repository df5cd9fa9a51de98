"""How a course is made by buttons: offer, content, first day and time, the days that follow, place, who, how many."""

from dataclasses import replace
from datetime import datetime

from handlers import consenting
from handlers.calendar import Draft, a_number, weekly
from handlers.courses import actions, leading, rules, screens, wizard
from handlers.courses.screens import View
from handlers.feasts import FEASTS
from handlers.picking import TAKES_WHEN, Picking, asks_when
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.turn import Turn
from locales import syllabi
from locales.languages import SOURCE, shipped
from locales.phrase import Phrase, S
from storage.records import Course, CourseState, Offer, OfferKind, SeatState, Session

YES, NO = "yes", "no"


def _offers(turn: Turn) -> list[Offer]:
    """Parent training, and whatever own families take part in."""
    store = turn.store
    own = frozenset[str]().union(
        *(store.families.offers_of(family.id) for family in store.families.caseload(turn.person.id))
    )
    return [one for one in store.agency.offers() if one.kind is OfferKind.PARENT_TRAINING or one.id in own]


def _offer(turn: Turn, draft: Draft) -> Offer:
    found = next((one for one in _offers(turn) if one.id == draft.subject), None)
    if found is None:
        raise Refusal(S("training.no_offers"))
    return found


def _ask_offer(turn: Turn, draft: Draft) -> Screen:
    sites = {site.id: site.name for site in turn.store.agency.sites()}
    choice = [
        wizard.Offered(one, sites.get(one.site_id, ""), len(turn.store.families.enrolled(one.id)))
        for one in _offers(turn)
    ]
    labels = [f"{turn.voice.say(S(f'offer.{at.offer.kind}'))}, {at.site}" for at in choice]
    return wizard.which_offer(draft.key, choice, labels)


def _take_offer(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    position, choice = a_number(carried), _offers(turn)
    if position is None or position >= len(choice):
        return None
    if not turn.store.families.enrolled(choice[position].id):
        raise Refusal(S("training.nobody"))
    return replace(draft, subject=choice[position].id)


def _ask_content(turn: Turn, draft: Draft) -> Screen:
    return wizard.which_content(draft.key, syllabi.syllabi())


def _take_content(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    found = syllabi.syllabus(carried)
    if found is None:
        return None
    return replace(draft, kind=found.id, times=found.sessions, length=rules.MINUTES)


def _days(turn: Turn, draft: Draft) -> list[datetime]:
    return weekly(draft.starts_at(turn.now), draft.times, FEASTS)


def _ask_days(turn: Turn, draft: Draft) -> Screen:
    first = draft.starts_at(turn.now)
    return wizard.these_days(draft.key, _about(turn, draft), first, _days(turn, draft))


def _take_days(turn: Turn, draft: Draft, carried: str) -> Draft:
    return draft


def _ask_care(turn: Turn, draft: Draft) -> Screen:
    return wizard.child_care(draft.key, _about(turn, draft))


def _take_care(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    return replace(draft, child_care=carried == YES) if carried in {YES, NO} else None


def _ask_tongues(turn: Turn, draft: Draft) -> Screen:
    return wizard.which_languages(draft.key, _about(turn, draft), draft.tongues)


def _take_tongue(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    """A tap adds a language, or takes it away again."""
    if carried not in shipped("families"):
        return None
    picked = {*draft.tongues} ^ {carried}
    return replace(draft, tongues=tuple(code for code in shipped("families") if code in picked))


def _take_tongues(turn: Turn, draft: Draft, carried: str) -> Draft:
    if not draft.tongues:
        raise Refusal(S("courses.no_language"))
    return draft


def _ask_seats(turn: Turn, draft: Draft) -> Screen:
    return wizard.how_many(draft.key, _about(turn, draft))


def _take_seats(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    seats = a_number(carried)
    return replace(draft, seats=seats) if seats in rules.SEATS and seats is not None else None


def _about(turn: Turn, draft: Draft) -> Phrase:
    offer = _offer(turn, draft)
    site = next((one.name for one in turn.store.agency.sites() if one.id == offer.site_id), "")
    return wizard.about_draft(offer, site, syllabi.title(draft.kind, SOURCE) if draft.kind else "")


def _wanted(turn: Turn, draft: Draft) -> Course:
    offer = _offer(turn, draft)
    return Course(
        id="",
        offer_id=offer.id,
        caseworker_id=turn.person.id,
        syllabus=draft.kind,
        place=draft.place or "",
        meeting_place_id=draft.place_id or None,
        starts_at=_days(turn, draft)[0],
        minutes=rules.MINUTES,
        seats=draft.seats,
        child_care=draft.child_care,
        languages=draft.tongues,
        state=CourseState.OPEN,
        made_at=turn.now,
    )


def _preview(turn: Turn, draft: Draft) -> Screen:
    """How staff and each language read it, and whom it would reach."""
    course, days = _wanted(turn, draft), _days(turn, draft)
    sessions = tuple(
        Session(str(n), course.offer_id, course.caseworker_id, at, course.place, "", n)
        for n, at in enumerate(days, start=1)
    )
    codes = dict.fromkeys((SOURCE, *course.languages))
    views = [View(course, sessions, code, SeatState.INVITED) for code in codes]
    readers, others = actions.who_reads(turn.store, _offer(turn, draft), course.languages)
    unread = [leading.name_of(turn, family) for family in others]
    return wizard.preview(draft.key, views, len(readers), unread)


def _sent(turn: Turn, draft: Draft) -> Screen:
    return leading.shown(turn, leading.known(turn, id=draft.became))


_when = asks_when(screens.ROOM, _about, home=False)
picking = Picking(
    room=screens.ROOM,
    asks={
        "offer": _ask_offer,
        "content": _ask_content,
        **{step: ask for step, ask in _when.items() if step != "place"},
        "days": _ask_days,
        "place": _when["place"],
        "care": _ask_care,
        "tongues": _ask_tongues,
        "seats": _ask_seats,
        "preview": _preview,
    },
    takes={
        "offer": ("offer", _take_offer),
        "content": ("content", _take_content),
        **TAKES_WHEN,
        "days": ("days", _take_days),
        "care": ("care", _take_care),
        "tongue": ("tongues", _take_tongue),
        "tongues": ("tongues", _take_tongues),
        "seats": ("seats", _take_seats),
    },
    done=_sent,
    new=wizard.NEW,
    stays=frozenset({"month", "tongue"}),
)


def send(turn: Turn) -> None:
    """The course is made, every family that reads one of its languages is invited."""
    found = picking.open(turn, "preview")
    if found is None:
        return
    draft, offer = found[0], _offer(turn, found[0])
    wanted, days = _wanted(turn, draft), _days(turn, draft)
    course = actions.make(turn.store, wanted, days, offer, by=turn.person, now=turn.now)
    picking.sent(turn, draft, course.id)
    turn.flash(S("courses.sent.toast"))
    _tell_whom_to_call(turn, course)
    turn.show(leading.shown(turn, course))


def _tell_whom_to_call(turn: Turn, course: Course) -> None:
    for seat in turn.store.courses.seats(course.id):
        family = turn.store.families.get(seat.family_id)
        to_call = consenting.by_phone(turn.store, turn.store.people.of_family(seat.family_id))
        if family is not None and to_call:
            shown = consenting.call_them(to_call, family.label)
            if family.caseworker_id == turn.person.id:
                turn.say(shown)
            else:  # a colleague's family: its name is not for whoever planned
                turn.tell(turn.store.people.get(family.caseworker_id), shown)
