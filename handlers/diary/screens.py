"""Days and weeks as lists, who has not answered, and how often nobody came."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.calendar import brief
from handlers.callback import press
from handlers.diary import rules
from handlers.diary.rules import Rate, State
from handlers.fitting import page, turning
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Day, Hour, Items, Phrase, S
from locales.translator import Voice
from storage.diary import Entry
from storage.records import Answer, AppointmentKind, Offer, OfferKind

ROOM = "diary"
PICTURE = "plan"
NOT_DRAWN = S("diary.picture_failed")  # the list shows the same
MOST, MOST_OF_WEEK = 11, 9  # lines: more nobody reads at a glance
LABEL = 22
Group = Sequence[Entry]  # what is one line: an appointment, or all families of a session
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
    """One day: a line for each appointment and each session, and a button for what can be opened."""
    groups = rules.together(entries)
    shown = groups[:MOST]
    text = S("diary.day", day=at, lines=_lines(shown)) if entries else S("diary.day_empty", day=at)
    rest = (S("diary.more", n=len(groups) - MOST),) if len(groups) > MOST else ()
    back, on = at - timedelta(days=1), at + timedelta(days=1)
    turn = (_to("◀️", "day", back), _to(S("diary.today.button"), "day", "now"), _to("▶️", "day", on))
    ways = (_to(S("diary.week.button"), "week", at), _to(S("diary.picture.button"), "draw", "day", at))
    return screen(text, *rest, buttons=(*_opening(shown, voice), turn, ways))


def week(first: date, entries: Sequence[Entry]) -> Screen:
    """Monday to Sunday: how many stand how, then the lines of each day that has any."""
    days = [(at, rules.together(some)) for at, some in rules.by_day(entries).items()]
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


def _to_days(days: Sequence[tuple[date, Sequence[Group]]]) -> tuple[Row, ...]:
    shown = [Button(f"{at:%d.%m.} · {len(some)}", press(ROOM, "day", at.isoformat())) for at, some in days]
    return in_rows(shown, 4)


def unanswered(entries: Sequence[Entry], asked: int, voice: Voice) -> Screen:
    """Whose answer is missing, the next appointment first, page by page; a family is named even in a session."""
    shown = page(entries, asked, MOST)
    turn = turning(shown, lambda number: press(ROOM, "open", number))
    opening = _opening([[one] for one in shown.items], voice)
    rows = (*opening, *turn, (_to(S("diary.week.button"), "week", "now"),))
    if not entries:
        return screen(S("diary.unanswered_none"), buttons=rows)
    unclear = any(rules.state(one) is State.UNCLEAR for one in shown.items)
    said = S("diary.unanswered", n=len(entries), lines=_dated(shown.items))
    return screen(said, *([S("diary.unclear_sign")] if unclear else []), buttons=rows)


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


def _lines(groups: Sequence[Group]) -> Items:
    return Items(*(_line(some[0]) if len(some) == 1 else _line_together(some) for some in groups))


def _line_together(some: Group) -> Phrase:
    """A session of several families is one line: a long one hides nothing else of the day."""
    return S(
        "diary.line_together",
        sign=SIGNS[rules.worst(some)],
        hour=Hour(some[0].starts_at),
        kind=S(f"kind.{some[0].kind}"),
        n=len(some),
        counts=_counted(rules.counts(some)),
    )


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
            S(
                "diary.dated",
                sign=SIGNS[rules.state(one)],
                day=Day(one.starts_at),
                hour=Hour(one.starts_at),
                family=brief(one.label, LABEL),
            )
            for one in entries
        )
    )


def _opening(groups: Sequence[Group], voice: Voice) -> tuple[Row, ...]:
    """A session of several families opens for whoever leads it; for anybody else it has no sheet."""
    shown = [some for some in groups if len(some) == 1 or some[0].led]
    return in_rows([Button(brief(_named(some, voice)), _sheet_of(some)) for some in shown], 2)


def _named(some: Group, voice: Voice) -> str:
    one = some[0]
    label = one.label if len(some) == 1 else f"{voice.say(S(f'kind.{one.kind}'))} ({len(some)})"
    return f"{voice.time(one.starts_at)} {label}"


def _sheet_of(some: Group) -> str:
    one = some[0]
    if len(some) == 1 and not one.is_session:
        return press("appointments", "open", one.id)
    id = one.session_id or one.id
    return press("courses", "session", id) if one.syllabus else press("training", "open", id)


def _to(label: Phrase | str, *carries: object) -> Button:
    return Button(label, press(ROOM, *(str(one) for one in carries)))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    long, at = "Familie Abdelrahman-Kowalczyk-Özdemir aus der Bonner Straße", rules.today(now)
    first, over = rules.monday(at), rules.months(now)
    seat = Entry("s", "f", long, AppointmentKind.PARENT_TRAINING_SESSION, now, 60, None, None, ("p",))
    entries = [_planned(n, kind, seat) for n, kind in enumerate([*AppointmentKind] * 2)]
    session = replace(entries[0], family_id="", session_id="s", syllabus="x", led=True)
    invited = [replace(seat, session_id=f"{n:016}", led=n == 0) for n in range(12)] * 12
    unclear = replace(entries[0], answers={"p": Answer.UNCLEAR})
    many = {kind: [Rate(99, 199)] * len(over) for kind in AppointmentKind}
    stand = rules.counts(entries)
    offer = Offer("o" * 16, "s", OfferKind.ASSISTED_LIVING_COMBINED)
    return [
        day(at, entries, Voice("de")),
        day(at, [session, replace(session, session_id="t", syllabus="")], Voice("de")),
        day(at, [], Voice("de")),
        day(at, invited, Voice("de")),
        week(first, entries),
        week(first, invited),
        week(first, []),
        unanswered([unclear, *entries], 0, Voice("de")),
        unanswered([unclear, *entries], 1, Voice("de")),
        unanswered([], 0, Voice("de")),
        rates(many, over),
        rates({}, over),
        offers([(offer, long, stand, Rate(99, 199))] * 6, first),
        offers([], first),
        screen(NOT_DRAWN),
    ]


def _planned(n: int, kind: AppointmentKind, like: Entry) -> Entry:
    at = like.starts_at
    return replace(
        like,
        id=f"{n % len(AppointmentKind):016}",
        kind=kind,
        starts_at=at + timedelta(hours=3 * n),
        moved_from=at if n % 2 else None,
    )
