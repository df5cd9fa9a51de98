"""What a caseworker sees while she makes a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.calendar import brief, left_out
from handlers.callback import press
from handlers.courses import rules, screens
from handlers.courses.screens import ROOM, View
from handlers.screen import Button, Screen, in_rows, screen
from locales import syllabi
from locales.languages import SOURCE, endonym, shipped
from locales.phrase import Day, Hour, Items, Phrase, S
from locales.syllabi import Syllabus
from storage.records import Offer

NEW = S("courses.new.button")
MOST_NAMED, MOST_OFFERS = 3, 8


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer, the name of the site where it runs and how many families take part."""

    offer: Offer
    site: str
    families: int


def about_draft(offer: Offer, site: str, title: str) -> Phrase:
    kind = S(f"offer.{offer.kind}")
    if not title:
        return S("training.subject", offer=kind, site=brief(site, 60))
    return S("courses.subject", title=title, site=brief(site, 60))


def which_offer(key: str, choice: Sequence[Offered], labels: Sequence[str]) -> Screen:
    """`labels` name each offer in the reader's language; a button shows as much of it as fits."""
    if not choice:
        return screen(S("training.no_offers"))
    lines = [
        S("training.offer", offer=S(f"offer.{one.offer.kind}"), site=brief(one.site, 40), n=one.families)
        for one in choice[:MOST_OFFERS]
    ]
    rows = [
        (Button(brief(label), press(ROOM, "offer", key, n)),)
        for n, (_, label) in enumerate(zip(choice, labels, strict=True))
    ]
    return screen(S("training.which_offer", offers=Items(*lines)), buttons=rows)


def which_content(key: str, choice: Sequence[Syllabus]) -> Screen:
    if not choice:
        return screen(S("courses.no_content"))
    lines = [
        S("courses.content", title=syllabi.title(one.id, SOURCE), n=one.sessions)
        for one in choice[:MOST_OFFERS]
    ]
    rows = [
        (Button(brief(syllabi.title(one.id, SOURCE)), press(ROOM, "content", key, one.id)),) for one in choice
    ]
    return screen(S("courses.which_content", courses=Items(*lines)), buttons=rows)


def these_days(key: str, about: Phrase, first: datetime, days: Sequence[datetime]) -> Screen:
    """All days that follow, and which weeks were left out because of a holiday."""
    shown = [Day(at) for at in days[: screens.MOST_DAYS]]
    more = [S("courses.more_days", n=len(days) - len(shown))] if len(days) > len(shown) else []
    text = [S("courses.days", about=about, hour=Hour(days[0]), days=Items(*shown, *more))]
    skipped = left_out(first, days)
    if skipped:
        text.append(S("courses.left_out", days=Items(*skipped[: screens.MOST_DAYS])))
    return screen(*text, buttons=((Button(S("courses.days_fit.button"), press(ROOM, "days", key)),),))


def child_care(key: str, about: Phrase) -> Screen:
    yes = Button(S("courses.care_yes.button"), press(ROOM, "care", key, "yes"))
    no = Button(S("courses.care_no.button"), press(ROOM, "care", key, "no"))
    return screen(S("courses.care", about=about), buttons=((yes,), (no,)))


def which_languages(key: str, about: Phrase, picked: Sequence[str]) -> Screen:
    """Languages spoken in the room: each is switched by a tap."""
    taps = [
        Button(f"{'✅' if code in picked else '▫️'} {endonym(code)}", press(ROOM, "tongue", key, code))
        for code in shipped("families")
    ]
    on = Button(S("courses.tongues_on.button"), press(ROOM, "tongues", key))
    return screen(S("courses.tongues", about=about), buttons=(*in_rows(taps, 2), (on,)))


def how_many(key: str, about: Phrase) -> Screen:
    taps = [Button(f"{n}", press(ROOM, "seats", key, n)) for n in rules.SEATS]
    return screen(S("courses.how_many", about=about), buttons=in_rows(taps, 5))


def preview(key: str, views: Sequence[View], readers: int, unread: Sequence[str]) -> Screen:
    """How each language reads the invitation, whom it reaches, and who reads none of the course's languages."""
    course = views[0].course
    told = [S("courses.reach", seats=course.seats, families=readers)]
    if unread:
        named = [brief(name, 26) for name in unread[:MOST_NAMED]]
        more = [S("courses.more_families", n=len(unread) - len(named))] if len(unread) > len(named) else []
        told.append(S("courses.unread", families=Items(*named, *more)))
    send = Button(S("courses.send.button"), press(ROOM, "send", key))
    return screen(*screens.read_in(views), *told, buttons=((send,),))
