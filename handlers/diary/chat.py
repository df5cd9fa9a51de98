"""What is pressed to look at days, weeks and months."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from handlers import access, undrawn
from handlers.access import Act
from handlers.calendar import a_day
from handlers.diary import drawings, rules, screens
from handlers.given import number, part
from handlers.room import Room, on_command, on_presses
from handlers.turn import Turn
from locales import syllabi
from locales.languages import SOURCE
from locales.phrase import S
from locales.zone import on
from storage.diary import Entry


def today(turn: Turn) -> None:
    _day(turn, rules.today(turn.now))


def this_week(turn: Turn) -> None:
    _week(turn, rules.monday(rules.today(turn.now)))


def day(turn: Turn) -> None:
    access.check(turn, Act.LIST_APPOINTMENTS)
    _day(turn, _wanted(turn))


def week(turn: Turn) -> None:
    access.check(turn, Act.LIST_APPOINTMENTS)
    _week(turn, rules.monday(_wanted(turn)))


def _day(turn: Turn, at: date) -> None:
    turn.show(screens.day(at, _listed(turn, *rules.span(at, 1)), turn.voice))


def _week(turn: Turn, first: date) -> None:
    turn.show(screens.week(first, _listed(turn, *rules.span(first, 7))))


def unanswered(turn: Turn) -> None:
    """Everything ahead, however far, to which somebody has said nothing yet: a limit would make "all" untrue."""
    ahead = _listed(turn, turn.now, turn.now + rules.YEARS)
    turn.show(screens.unanswered(rules.unanswered(ahead), number(part(turn)), turn.voice))


def rates(turn: Turn) -> None:
    over = rules.months(turn.now)
    turn.show(screens.rates(rules.rates(_noted(turn, over), over), over))


def draw(turn: Turn) -> None:
    """A picture in a message of its own: the list stays whatever becomes of the drawing."""
    access.check(turn, Act.LIST_APPOINTMENTS)
    DRAWN.get(part(turn), _draw_week)(turn)


def _draw_day(turn: Turn) -> None:
    at = _wanted(turn, 1)
    turn.say(
        drawings.week(at, 1, _listed(turn, *rules.span(at, 1)), turn.voice), about=f"{screens.PICTURE}:day"
    )


def _draw_week(turn: Turn) -> None:
    first = rules.monday(_wanted(turn, 1))
    drawn = drawings.week(first, 7, _listed(turn, *rules.span(first, 7)), turn.voice)
    turn.say(drawn, about=f"{screens.PICTURE}:week")


def _draw_rates(turn: Turn) -> None:
    over = rules.months(turn.now)
    drawn = drawings.rates(rules.rates(_noted(turn, over), over), over, turn.voice)
    turn.say(drawn, about=f"{screens.PICTURE}:rates")


DRAWN: dict[str, Callable[[Turn], None]] = {"day": _draw_day, "week": _draw_week, "rates": _draw_rates}


def offers(turn: Turn) -> None:
    """For leads: every offer in numbers, and no family's name."""
    access.authorise(turn, Act.SEE_OFFERS_WEEK)
    first = rules.monday(_wanted(turn))
    over = rules.months(turn.now)
    names = {site.id: site.name for site in turn.store.agency.sites()}
    found = []
    for offer in turn.store.agency.offers():
        of_week = turn.store.diary.of_offer(offer.id, *rules.span(first, 7))
        noted = turn.store.diary.of_offer(offer.id, on(over[0]), turn.now)
        rate = rules.altogether(one for some in rules.rates(noted, over).values() for one in some)
        if of_week or rate.noted:
            found.append((offer, names.get(offer.site_id, ""), rules.counts(of_week), rate))
    turn.show(screens.offers(found, first))


def _noted(turn: Turn, over: list[date]) -> list[Entry]:
    return _listed(turn, on(over[0]), turn.now)


def _listed(turn: Turn, since: datetime, until: datetime) -> list[Entry]:
    access.authorise(turn, Act.LIST_APPOINTMENTS)
    found = turn.store.diary.of(turn.person.id, since, until, turn.now)
    access.has_listed(turn, Act.LIST_APPOINTMENTS, (one.family_id for one in found if not one.is_session))
    return [_named(turn, one) for one in found]


def _named(turn: Turn, one: Entry) -> Entry:
    """A session is named by the title of its course, or by its kind."""
    if not one.is_session:
        return one
    title = syllabi.title(one.syllabus, SOURCE) if one.syllabus else ""
    return replace(one, label=title or turn.voice.say(S(f"kind.{one.kind}")))


def _wanted(turn: Turn, at: int = 0) -> date:
    """The day a button carries, or the nearest one may look at; today for anything else."""
    return rules.within(a_day(part(turn, at)) or rules.today(turn.now), turn.now)


room = Room(
    name=screens.ROOM,
    handlers=(
        on_command("today", today),
        on_command("heute", today),
        on_command("week", this_week),
        on_command("woche", this_week),
        on_presses(
            screens.ROOM,
            {"day": day, "week": week, "open": unanswered, "rates": rates, "draw": draw, "offers": offers},
        ),
    ),
    settled={screens.PICTURE: undrawn.says(screens.NOT_DRAWN)},
)
