"""The log tells who did what, and never the name of a family."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.alarms import rules, screens
from handlers.alarms.actions import Sheet
from handlers.alarms.rules import BOT, PERSON
from handlers.screen import words
from locales.translator import voice
from storage.records import Alarm, AlarmState, Happening, Logged

THEN = datetime(2026, 11, 24, 2, 12, tzinfo=UTC)
MOTHER, STAFF = "p" * 16, ("k" * 16, "l" * 16)
ALARM = Alarm("a" * 16, 412, MOTHER, "f" * 16, AlarmState.ENDED, THEN, {"minutes": [5]}, 1, 1, None, None, 1)
logs = st.lists(
    st.builds(
        Logged,
        st.integers(0, 9000).map(lambda n: THEN + timedelta(seconds=n)),
        st.sampled_from(Happening),
        st.sampled_from([None, MOTHER, *STAFF]),
        st.sampled_from([None, 0, 1, 2]),
    ),
    max_size=60,
)


@given(logs)
def test_every_line_is_read_and_whoever_cried_has_no_name(log: list[Logged]) -> None:
    read = rules.entries(ALARM, log)
    assert [(one.at, one.what) for one in read] == [(one.at, one.what) for one in log]
    assert {one.who for one in read} <= {PERSON, BOT, *STAFF}
    assert set(rules.staff(read)) <= set(STAFF)
    assert sum(map(len, rules.rows(read).values())) == len(log)
    assert set(rules.kinds(read)) == {one.what for one in log}


@settings(deadline=None)  # the first one reads the catalogs
@given(logs)
def test_all_pages_together_show_every_line_once(log: list[Logged]) -> None:
    names = {MOTHER: "Amina", STAFF[0]: "Frau Koch"}
    sheet = Sheet(ALARM, rules.entries(ALARM, log), names, 0, False)
    pages = max(1, -(-len(log) // rules.IN_LOG))
    said = [words(screens.log(sheet, number), voice("de")) for number in range(pages)]
    assert sum(page.count("• ") for page in said) == len(log)
    assert "Amina" not in "".join(said)


@settings(deadline=None)
@given(logs)
def test_the_picture_has_a_row_for_each_and_the_mothers_name_in_none(log: list[Logged]) -> None:
    sheet = Sheet(ALARM, rules.entries(ALARM, log), {MOTHER: "Amina"}, 0, False)
    drawn = screens.timeline(sheet, voice("en"))
    assert "Amina" not in str(drawn)
    assert sum(len(row["marks"]) for row in drawn["rows"]) == len(log)
    assert {what for what, _ in drawn["legend"]} == {one.what for one in log}
