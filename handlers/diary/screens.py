"""Days and weeks as lists, who has not answered, and how often nobody came."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.calendar import brief
from handlers.callback import press
from handlers.diary import rules
from handlers.diary.rules import Rate, State
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Day, Hour, Items, Phrase, S
from locales.translator import Voice
from storage.diary import Entry
from storage.records import AppointmentKind, Offer, OfferKind

ROOM = "diary"
PICTURE = "plan"
NOT_DRAWN = S("diary.picture_failed")  # the list shows the same
MOST, MOST_OF_WEEK = 11, 9  # lines: more nobody reads at a glance
LABEL = 22
SIGNS = {
    State.CONFIRMED: "✅",
    State.OPEN: "⏳",
    State.DECLINED: "❌",
    State.MISSED: "➖",
    State.MOVE: "🔁",
    State.UNCLEAR: "❓",
}
LEGEND = {
    State.CONFIRMED: S("diary.legend.confirmed"),
    State.OPEN: S("diary.legend.open"),
    State.DECLINED: S("diary.legend.declined"),
    State.MISSED: S("diary.legend.missed"),
    State.MOVE: S("diary.legend.move"),
    State.UNCLEAR: S("diary.legend.unclear"),
}


def day(at: date, entries: Sequence[Entry], voice: Voice) -> Screen:
    """One day: a line and a button for each appointment."""
    shown = entries[:MOST]
    text = S("diary.day", day=at, lines=_lines(shown)) if entries else S("diary.day_empty", day=at)
    rest = (S("diary.more", n=len(entries) - MOST),) if len(entries) > MOST else ()
    back, on = at - timedelta(days=1), at + timedelta(days=1)
    turn = (_to("◀️", "day", back), _to(S("diary.today.button"), "day", "now"), _to("▶️", "day", on))
    ways = (_to(S("diary.week.button"), "week", at), _to(S("diary.picture.button"), "draw", "day", at))
    return screen(text, *rest, buttons=(*_opening(shown, voice), turn, ways))


def week(first: date, entries: Sequence[Entry]) -> Screen:
    """Monday to Sunday: how many stand how, then the lines of each day that has any."""
    days = list(rules.by_day(entries).items())
    text = [S("diary.week", day=first, until=first + timedelta(days=6)), _counted(rules.counts(entries))]
    left = MOST_OF_WEEK
    for at, some in days:
        if left > 0:
            text.append(S("diary.week_day", day=at, lines=_lines(some[:left])))
        left -= len(some)
    if left < 0:
        text.append(S("diary.more", n=-left))
    if not entries:
        text = [text[0], S("diary.week_empty")]
    back, on = first - timedelta(days=7), first + timedelta(days=7)
    turn = (_to("◀️", "week", back), _to(S("diary.this_week.button"), "week", "now"), _to("▶️", "week", on))
    return screen(*text, buttons=(*_to_days(days), turn, *_ways(first)))


def _ways(first: date) -> tuple[Row, ...]:
    return (
        (_to(S("diary.picture.button"), "draw", "week", first), _to(S("diary.unanswered.button"), "open")),
        (_to(S("diary.rates.button"), "rates"),),
    )


def _to_days(days: Sequence[tuple[date, Sequence[Entry]]]) -> tuple[Row, ...]:
    shown = [Button(f"{at:%d.%m.} · {len(some)}", press(ROOM, "day", at.isoformat())) for at, some in days]
    return in_rows(shown, 4)


def unanswered(entries: Sequence[Entry], voice: Voice) -> Screen:
    """Whose answer is missing, the next appointment first."""
    shown = entries[:MOST]
    rows = (*_opening(shown, voice), (_to(S("diary.week.button"), "week", "now"),))
    if not entries:
        return screen(S("diary.unanswered_none"), buttons=rows)
    return screen(S("diary.unanswered", n=len(entries), lines=_dated(shown)), buttons=rows)


def rates(found: Mapping[AppointmentKind, Sequence[Rate]], over: Sequence[date]) -> Screen:
    """How often nobody came, by kind; to learn from, and about nobody in particular."""
    lines = [_rate(S(f"kind.{kind}"), rules.altogether(some)) for kind, some in found.items()]
    rows = ((_to(S("diary.picture.button"), "draw", "rates"), _to(S("diary.week.button"), "week", "now")),)
    if not lines:
        return screen(S("diary.rates_none"), buttons=(rows[0][1:],))
    return screen(S("diary.rates", since=over[0], lines=Items(*lines)), S("diary.rates_why"), buttons=rows)


def _rate(what: Phrase, rate: Rate) -> Phrase:
    return S("diary.rate", what=what, missed=rate.missed, noted=rate.noted, percent=round(100 * rate.share))


def offers(found: Sequence[tuple[Offer, str, Mapping[State, int], Rate]], first: date) -> Screen:
    """For leads: each offer's week and how often nobody came; no family is named."""
    text = [
        S(
            "diary.offer",
            offer=S(f"offer.{offer.kind}"),
            site=brief(site, 40),
            counts=_counted(stand),
            missed=rate.missed,
            noted=rate.noted,
            percent=round(100 * rate.share),
        )
        for offer, site, stand, rate in found
    ]
    back, on = first - timedelta(days=7), first + timedelta(days=7)
    turn = (
        _to("◀️", "offers", back),
        _to(S("diary.this_week.button"), "offers", "now"),
        _to("▶️", "offers", on),
    )
    said = S("diary.offers", day=first, until=first + timedelta(days=6))
    return screen(said, *(text or [S("diary.offers_none")]), S("diary.rates_why"), buttons=(turn,))


def _counted(stand: Mapping[State, int]) -> Phrase:
    missed = stand[State.MISSED]
    return S(
        "diary.counts_missed" if missed else "diary.counts",
        confirmed=stand[State.CONFIRMED],
        open=stand[State.OPEN] + stand[State.UNCLEAR],
        declined=stand[State.DECLINED],
        move=stand[State.MOVE],
        **({"missed": missed} if missed else {}),
    )


def _lines(entries: Sequence[Entry]) -> Items:
    return Items(*(_line(one) for one in entries))


def _line(one: Entry) -> Phrase:
    sign, kind = SIGNS[rules.state(one)], S(f"kind.{one.kind}")
    if one.is_session:
        return S("diary.line_session", sign=sign, hour=Hour(one.starts_at), what=brief(one.label, LABEL))
    if one.moved_from is not None:
        return S(
            "diary.line_moved", sign=sign, hour=Hour(one.starts_at), family=brief(one.label, LABEL), kind=kind
        )
    return S("diary.line", sign=sign, hour=Hour(one.starts_at), family=brief(one.label, LABEL), kind=kind)


def _dated(entries: Sequence[Entry]) -> Items:
    return Items(
        *(
            S("diary.dated", day=Day(one.starts_at), hour=Hour(one.starts_at), family=brief(one.label, LABEL))
            for one in entries
        )
    )


def _opening(entries: Sequence[Entry], voice: Voice) -> tuple[Row, ...]:
    shown = [Button(brief(f"{voice.time(one.starts_at)} {one.label}"), _sheet_of(one)) for one in entries]
    return in_rows(shown, 2)


def _sheet_of(one: Entry) -> str:
    if not one.is_session:
        return press("appointments", "open", one.id)
    return press("courses", "session", one.id) if one.syllabus else press("training", "open", one.id)


def _to(label: Phrase | str, *carries: object) -> Button:
    return Button(label, press(ROOM, *(str(one) for one in carries)))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    long, at = "Familie Abdelrahman-Kowalczyk-Özdemir aus der Bonner Straße", rules.today(now)
    first, over = rules.monday(at), rules.months(now)
    entries = [
        Entry(
            f"{n:016}",
            "f",
            long,
            kind,
            now + timedelta(hours=3 * n),
            60,
            None,
            now if n % 2 else None,
            ("p",),
        )
        for n, kind in enumerate(AppointmentKind)
    ] * 2
    session = replace(entries[0], family_id="", session_id="s", syllabus="x")
    many = {kind: [Rate(99, 199)] * len(over) for kind in AppointmentKind}
    stand = rules.counts(entries)
    offer = Offer("o" * 16, "s", OfferKind.ASSISTED_LIVING_COMBINED)
    return [
        day(at, entries, Voice("de")),
        day(at, [session, replace(session, syllabus="")] * 3, Voice("de")),
        day(at, [], Voice("de")),
        week(first, entries),
        week(first, []),
        unanswered(entries, Voice("de")),
        unanswered([], Voice("de")),
        rates(many, over),
        rates({}, over),
        offers([(offer, long, stand, Rate(99, 199))] * 6, first),
        offers([], first),
        screen(NOT_DRAWN),
    ]
