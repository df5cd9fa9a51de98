"""What a caseworker types in one line is given back as it was meant, or left open; nothing else is taken for it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.calendar import moment
from handlers.planning.understanding import Known, Understood, understood
from locales.translator import everywhere
from locales.zone import here
from storage.records import AppointmentKind, Family

K = AppointmentKind
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Köln
LABELS = ("F. Demir", "Familie Yılmaz", "Öztürk-Kaya", "Linde", "Birke 6", "Familie Nguyễn Van", "Freitag")
FAMILIES = [Family(f"{n}", label, "c") for n, label in enumerate(LABELS)]
PLACES = [("b", "Bonner Straße"), ("g", "Goethestraße"), ("p", "Sozialraumbüro Poll")]
KINDS = {kind: everywhere(f"kind.{kind}") for kind in AppointmentKind}
KNOWN = Known(FAMILIES, PLACES, KINDS)


def read(text: str, now: datetime = MONDAY) -> Understood:
    found = understood(text, KNOWN, now)
    assert found is not None, text
    return found


def told(found: Understood) -> tuple[list[str], date | None, time | None, AppointmentKind | None]:
    return [family.label for family in found.families], found.day, found.at, found.kind


THURSDAY, AT_HALF_PAST_TWO = date(2026, 11, 26), time(14, 30)


@pytest.mark.parametrize(
    ("text", "family", "day", "at", "kind"),
    [
        ("F. Demir Do 14:30 Hausbesuch", "F. Demir", THURSDAY, AT_HALF_PAST_TWO, K.HOME_VISIT),
        ("Demir morgen 9 Uhr Amt", "F. Demir", date(2026, 11, 24), time(9), K.AUTHORITY),
        (
            "Familie Yılmaz 3.12. 10.15 Beratung Jobcenter",
            "Familie Yılmaz",
            date(2026, 12, 3),
            time(10, 15),
            K.COUNSELLING,
        ),
        ("Demir übermorgen 14h", "F. Demir", date(2026, 11, 25), time(14), None),
        ("Demir Thu 2:30pm home visit", "F. Demir", THURSDAY, AT_HALF_PAST_TWO, K.HOME_VISIT),
        ("yilmaz do. 14.30", "Familie Yılmaz", THURSDAY, AT_HALF_PAST_TWO, None),
        ("Oeztuerk in 2 Wochen 10:00 HPG", "Öztürk-Kaya", date(2026, 12, 7), time(10), K.HELP_PLAN_MEETING),
        ("Do in einer Woche 14 Uhr 30 LINDE", "Linde", date(2026, 12, 3), AT_HALF_PAST_TWO, None),
        ("Linde Do nächste Woche 9 Uhr", "Linde", date(2026, 12, 3), time(9), None),
        ("Linde 24. November um 10 Uhr Arzt", "Linde", date(2026, 11, 24), time(10), K.DOCTOR),
        ("Linde day after tomorrow 10am", "Linde", date(2026, 11, 25), time(10), None),
        ("Linde 3.12 um 14:30", "Linde", date(2026, 12, 3), AT_HALF_PAST_TWO, None),
        ("Linde Do 14-15 Uhr", "Linde", THURSDAY, time(14), None),
        (
            "Hausbesuch bei Linde am Donnerstag um 14:30 Uhr",
            "Linde",
            THURSDAY,
            AT_HALF_PAST_TWO,
            K.HOME_VISIT,
        ),
        ("Linde Mo 11 Uhr", "Linde", date(2026, 11, 23), time(11), None),
        ("Linde Mo 9:30", "Linde", date(2026, 11, 30), time(9, 30), None),
        ("Linde 14:30", "Linde", None, AT_HALF_PAST_TWO, None),
        ("Linde Do", "Linde", THURSDAY, None, None),
        ("Linde 1.2.", "Linde", date(2027, 2, 1), None, None),
        ("Fr. Demir Do 14:30", "F. Demir", THURSDAY, AT_HALF_PAST_TWO, None),
        ("Freitag Fr 10 Uhr", "Freitag", date(2026, 11, 27), time(10), None),
    ],
)
def test_what_is_clear_is_understood(
    text: str, family: str, day: date | None, at: time | None, kind: AppointmentKind | None
) -> None:
    assert told(read(text)) == ([family], day, at, kind)


@pytest.mark.parametrize(
    "said", ["halb vier", "halb 4 Uhr", "viertel nach 3", "10 nach 3 Uhr", "ab 14 Uhr", "3:30"]
)
def test_a_time_with_two_meanings_is_asked(said: str) -> None:
    assert told(read(f"Linde Do {said}")) == (["Linde"], THURSDAY, None, None)


@pytest.mark.parametrize(
    "said", ["nächsten Do", "Do Fr", "Fr 26.11.", "Fr 22.11.2026", "nächste Woche", "30.2."]
)
def test_a_day_with_two_meanings_is_asked(said: str) -> None:
    assert told(read(f"Linde {said} 14:30")) == (["Linde"], None, AT_HALF_PAST_TWO, None)


@pytest.mark.parametrize(
    "line",
    [
        "Demir übernächste Woche Do 14:30 Hausbesuch",
        "Demir uebernaechsten Do 14:30 Hausbesuch",
        "Demir Do KW 50 14:30 Hausbesuch",
        "Demir KW50 Do 14:30 Hausbesuch",
        "Demir Do 50. KW 14:30 Hausbesuch",
        "Demir Thursday after next 14:30 home visit",
        "Demir Thursday week 14:30 home visit",
        "Demir Thursday week 50 14:30 home visit",
        "Demir Do drauf 14:30 Hausbesuch",
        "Demir Ende Dezember Do 14:30 Hausbesuch",
        "Demir Do im Januar 14:30 Hausbesuch",
        "Demir Do 3. Woche im Januar 14:30 Hausbesuch",
        "Demir Anfang Januar Mo 14:30 Hausbesuch",
        "Demir Do nächsten Monat 14:30 Hausbesuch",
        "Demir letzten Do 14:30 Hausbesuch",
        "Demir vorige Woche Do 14:30 Hausbesuch",
        "Demir last Thu 14:30 home visit",
        "Demir jeden Do 14:30 Hausbesuch",
        "Demir jeden zweiten Do 14:30 Hausbesuch",
        "Demir alle 2 Wochen Do 14:30 Hausbesuch",
        "Demir every Thu 14:30 home visit",
    ],
)
def test_a_weekday_of_another_week_is_asked(line: str) -> None:
    assert told(read(line)) == (["F. Demir"], None, AT_HALF_PAST_TWO, K.HOME_VISIT)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Linde Do KW 50 10.12. 14:30", date(2026, 12, 10)),
        ("Linde Do kommender Woche 14:30", date(2026, 12, 3)),
        ("Linde letzte Beratung Do 14:30", THURSDAY),
        ("Linde Do 14:30 August-Bebel-Straße", THURSDAY),
        ("Linde Do 3. Dezember 14:30", date(2026, 12, 3)),
    ],
)
def test_a_day_that_is_clear_beside_such_words_is_understood(line: str, day: date) -> None:
    assert told(read(line))[:3] == (["Linde"], day, AT_HALF_PAST_TWO)


def test_a_familys_name_is_no_month_and_no_last_week() -> None:
    for label in ("Jan Mai", "Last", "August"):
        found = understood(f"{label} Do 14:30", Known([Family("1", label, "c")]), MONDAY)
        assert found is not None
        assert found.day == THURSDAY, label


def test_a_woman_is_not_taken_for_a_friday() -> None:
    assert read("Fr Demir 14:30").day is None


def test_what_is_past_today_is_asked() -> None:
    found = read("Linde heute 9 Uhr")
    assert (found.day, found.at) == (date(2026, 11, 23), None)


def test_a_time_that_the_clocks_skip_is_asked() -> None:
    march = datetime(2027, 3, 25, 9, tzinfo=UTC)
    assert read("Linde 28.3. 2:30 am", march).at is None


@pytest.mark.parametrize(
    "text",
    [
        "Do 14:30 Hausbesuch",
        "Demir",
        "Demir Hausbesuch",
        "Guten Morgen",
        "Hallo, morgen um 9 bin ich nicht da",
        "Demir morgen 9 Uhr nicht",
        "Demir war heute da",
        "Demir Do 14:30 absagen",
        "6 morgen 9 Uhr",
        "Heute hat mir Demir lange von der Arbeit und den Nachbarn erzählt",
        "Demir Do 14:30\nLinde Fr 9 Uhr",
        "Schmidt Do 14:30 Hausbesuch",
    ],
)
def test_what_is_no_clear_plan_is_not_swallowed(text: str) -> None:
    assert understood(text, KNOWN, MONDAY) is None


def test_several_families_of_a_name_are_all_found_and_a_number_tells_them_apart() -> None:
    known = Known([Family("1", "Demir Poll", "c"), Family("2", "Demir", "c"), Family("3", "Demir 7", "c")])
    several = understood("Demir Do 14:30", known, MONDAY)
    one = understood("Demir 7 Do 14:30", known, MONDAY)
    assert several is not None
    assert [family.id for family in several.families] == ["1", "2", "3"]
    assert one is not None
    assert [family.id for family in one.families] == ["3"]


def test_a_place_of_the_register_is_known_and_a_familys_name_is_none() -> None:
    assert read("Linde Do 14:30 Bonner Str.").place_id == "b"
    assert read("Linde Do 14:30 Goethestr").place_id == "g"
    named = Known([Family("1", "Bonner Straße", "c")], PLACES, KINDS)
    found = understood("Bonner Straße Do 14:30", named, MONDAY)
    assert found is not None
    assert found.place_id is None


Written = Callable[[date, datetime], str | None]
SHORT_DAYS, LONG_DAYS = (
    ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)
GERMAN = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
NEAR = {0: "heute", 1: "Morgen", 2: "übermorgen"}


def _near(day: date, today: date, words: tuple[str, ...], end: str) -> str | None:
    return words[day.weekday()] + end if 0 < (day - today).days < 7 else None


DAYS: list[Callable[[date, date], str | None]] = [
    lambda day, today: f"{day:%d.%m.}",
    lambda day, today: f"{day.day}.{day.month}.",
    lambda day, today: f"{day:%d.%m.%Y}",
    lambda day, today: f"{day:%d.%m.%y}",
    lambda day, today: day.isoformat(),
    lambda day, today: f"{SHORT_DAYS[day.weekday()]}, {day.day}.{day.month}.",
    lambda day, today: _near(day, today, SHORT_DAYS, ""),
    lambda day, today: _near(day, today, SHORT_DAYS, "."),
    lambda day, today: _near(day, today, LONG_DAYS, ""),
    lambda day, today: _near(day, today, GERMAN, ""),
    lambda day, today: NEAR.get((day - today).days),
    lambda day, today: f"in {(day - today).days} Tagen" if 1 < (day - today).days < 60 else None,
]
TIMES: list[Callable[[time], str | None]] = [
    lambda at: f"{at:%H:%M}",
    lambda at: f"{at.hour}:{at:%M} Uhr",
    lambda at: f"{at.hour} Uhr {at:%M}",
    lambda at: f"{at.hour}h{at:%M}",
    lambda at: f"{at:%H.%M} Uhr",
    lambda at: f"{at.hour} Uhr" if at.minute == 0 else None,
    lambda at: f"{at.hour}h" if at.minute == 0 else None,
    lambda at: f"{at.hour - 12}:{at:%M}pm" if at.hour > 12 else None,
    lambda at: f"{at.hour - 12} pm" if at.hour > 12 and at.minute == 0 else None,
]
WORDS = [(kind, word) for kind in AppointmentKind for word in KINDS[kind]]
NO_DAYS = [family for family in FAMILIES if family.label != "Freitag"]  # beside it "Freitag" is no clear day
NAMES = [family.label for family in NO_DAYS]


@given(
    days=st.integers(0, 364),
    at=st.times(time(7), time(21)).map(lambda at: at.replace(second=0, microsecond=0)),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),
    kind=st.sampled_from(WORDS),
    name=st.sampled_from(NAMES),
    data=st.data(),
)
def test_whatever_is_written_in_a_known_way_is_given_back(
    days: int, at: time, now: datetime, kind: tuple[AppointmentKind, str], name: str, data: st.DataObject
) -> None:
    now = now.replace(tzinfo=UTC)
    today = now.astimezone(here()).date()
    day = today + timedelta(days=days)
    starts_at = moment(day, at.hour, at.minute)
    if starts_at is None or starts_at <= now:
        return
    written_day = data.draw(st.sampled_from([said for one in DAYS if (said := one(day, today))]))
    written_at = data.draw(st.sampled_from([said for one in TIMES if (said := one(at))]))
    parts = data.draw(st.permutations([name, written_day, written_at, kind[1]]))
    found = understood(" ".join(parts), Known(NO_DAYS, PLACES, KINDS), now)
    assert found is not None, parts
    followed = parts[parts.index(written_day) + 1 :][:1]
    woman = written_day in {"Fr", "Fr."} and followed == [name] and "." not in name
    expected = None if woman else day
    assert told(found) == ([name], expected, at, kind[0]), parts


@given(st.text(max_size=60), st.sampled_from([*LABELS, ""]), st.text(max_size=30))
def test_no_text_at_all_makes_it_stumble(before: str, name: str, after: str) -> None:
    for text in (f"{before} {name} {after}", before + after):
        found = understood(text, KNOWN, MONDAY)
        assert found is None or found.families


PIECES = [
    "Linde",
    "Do",
    "fr",
    "morgen",
    "in",
    "2",
    "Wochen",
    "halb",
    "14",
    ":",
    ".",
    "30",
    "Uhr",
    "h",
    "pm",
    "am",
    "24.11.",
]
PIECES += ["2026", "-", "bis", "nächsten", "so", "So", "٣", "Amt", "99", "00", "31.", "mai"]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["", " "]))
def test_no_heap_of_days_and_times_makes_it_stumble(pieces: list[str], between: str) -> None:
    found = understood(between.join(pieces), KNOWN, MONDAY)
    if found is not None and found.day is not None:
        assert found.day >= date(2026, 11, 23)
        starts = found.at and moment(found.day, found.at.hour, found.at.minute)
        assert starts is None or starts > MONDAY
