"""Every screen of the room at its fullest."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.calendar import MOST_OF_PLACE, Draft
from handlers.courses import graduates, paper, rules, screens, sheets, wizard
from handlers.courses.graduates import Graduate
from handlers.courses.rules import Counts, Presence, Standing
from handlers.courses.screens import View
from handlers.courses.sheets import Chair, Named, Overview
from handlers.picking import specimens
from handlers.screen import Paper, Screen
from locales.languages import SOURCE, shipped
from locales.syllabi import Syllabus
from storage.records import Course, CourseState, Family, Offer, OfferKind, Person, SeatState, Session

LONG = "W" * 40  # a title as long as a course may have
FAMILY = "Familie Abdelrahman-Kowalczyk-Özdemir"
UNPRINTABLE = chr(0x1230) * 40  # a letter of Ethiopic


def samples(now: datetime) -> list[Screen]:
    return [*_family(now), *_making(now), *_leading(now)]


def _course(now: datetime) -> Course:
    place, codes = "W" * MOST_OF_PLACE, shipped("families")
    at = now + timedelta(days=3)
    return Course("c" * 16, "o", "s", LONG, place, None, at, 90, 20, True, codes, CourseState.OPEN, now)


def _sessions(now: datetime, n: int = rules.MOST_SESSIONS) -> tuple[Session, ...]:
    course = _course(now)
    return tuple(
        Session(
            f"{at:016}", "o", "s", course.starts_at + timedelta(weeks=at), course.place, course.id, at + 1
        )
        for at in range(n)
    )


def _family(now: datetime) -> list[Screen]:
    course, sessions, shown = _course(now), _sessions(now), list[Screen]()
    parent, family = Person("p" * 16, 1, FAMILY, "de", "de", False), Family("f" * 16, FAMILY, "s")
    for state in SeatState:
        view = View(course, sessions, SOURCE, state, 99)
        shown += [screens.card(view, now), screens.card(view, now, moved_up=True)]
    off = replace(view, course=replace(course, state=CourseState.CANCELLED))
    return [
        *shown,
        screens.card(off, now),
        screens.card(view, now + timedelta(days=999)),
        screens.sure_to_leave(view),
        screens.rung_cancelled(view),
        screens.rung_session_cancelled(view, sessions[0]),
        screens.rung_left(view),
        screens.told_taken(course, family),
        screens.told_left(course, family),
        screens.told_moved_up(course, family),
        screens.told_unclear(course, family, parent),
    ]


def _making(now: datetime) -> list[Screen]:
    course, sessions, key = _course(now), _sessions(now), "k" * 6
    offers = [Offer("o" * 16, "s", kind) for kind in OfferKind]
    about = wizard.about_draft(offers[-1], LONG, LONG)
    days = [session.starts_at for session in sessions]
    choice = [wizard.Offered(one, LONG, 99) for one in offers]
    at = days[0]
    draft = Draft(key, day=at.date(), hour=14, minute=30, place=course.place)
    views = [View(course, sessions, code, SeatState.INVITED) for code in shipped("families")]
    return [
        wizard.which_offer(key, choice, ["W" * 60] * len(choice)),
        wizard.which_offer(key, [], []),
        wizard.which_content(key, [Syllabus("x" * 24, 40, 99)] * 12),
        wizard.which_content(key, []),
        *specimens(screens.ROOM, about, draft),
        wizard.these_days(key, about, at - timedelta(weeks=5), days),
        wizard.child_care(key, about),
        wizard.which_languages(key, about, ("tr",)),
        wizard.how_many(key, about),
        wizard.preview(key, views, 99, [FAMILY] * 99),
    ]


def _leading(now: datetime) -> list[Screen]:
    course, sessions = _course(now), _sessions(now)
    many = Presence(20, 20, 20)
    one = Overview(
        course, LONG, sessions, Counts(20, 99, 99, 99), {s.id: many for s in sessions}, Standing.OPEN, 99
    )
    off = replace(one, how=Standing.CANCELLED)
    chairs = [Chair("a" * 16, "p" * 16, FAMILY, came) for came in (True, False, None) * 12]
    chairs += [Chair("a" * 16, "p" * 16, FAMILY, None, off=True)] * 3
    earned = [Graduate("p" * 16, FAMILY, 40, earned, not earned) for earned in (True, False) * 16]
    earned += [Graduate("p" * 16, FAMILY, 40, True, False, unprintable=UNPRINTABLE)] * 8
    plan = ["W" * 100] * 4
    named = [Named("f" * 16, FAMILY)] * 20
    called_off = replace(sessions[0], cancelled_at=now)
    later = now + timedelta(days=200)
    return [
        *_sheets(one, off, now),
        sheets.sheet(replace(one, marked={}, sessions=(called_off, *sessions[1:])), now),
        sheets.session(sessions[0], LONG, chairs, later, plan),
        sheets.session(sessions[0], LONG, [], later, plan),
        sheets.session(sessions[0], LONG, chairs, now, plan),
        sheets.session(replace(sessions[0], course_id=None), LONG, chairs, later),
        sheets.session(called_off, LONG, chairs, now),
        sheets.sure_session(sessions[0], LONG),
        sheets.sure_course(one),
        sheets.families(one, named, named),
        sheets.families(one, [], []),
        sheets.sure_out(one, named[0]),
        sheets.others(one, [*named, *named, *named]),
        sheets.others(one, []),
        graduates.papers(one, earned, 40, for_oneself=False),
        graduates.papers(one, earned, 40, for_oneself=True),
        graduates.papers(one, [], 40, for_oneself=True),
        sheets.course_over(course.id, LONG),
        sheets.not_delivered(LONG),
        *_papers(course),
    ]


def _sheets(one: Overview, off: Overview, now: datetime) -> list[Screen]:
    later = now + timedelta(days=200)
    listed = [sheets.listed([one] * 20), sheets.listed([off]), sheets.listed([])]
    return [*listed, sheets.sheet(one, later), sheets.sheet(off, now)]


def _papers(course: Course) -> list[Screen]:
    made = Paper("2026-11-24.pdf", {"pages": []})
    return [paper.for_parent(made, course, SOURCE), paper.for_staff(made, course)]
