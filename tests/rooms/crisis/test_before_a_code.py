"""What staff see of an alarm before a code: no name of whoever needs help, none of their words, and little text."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.crisis import pages
from handlers.screen import as_edit, as_new
from locales.languages import shipped
from locales.translator import voice
from storage.records import Alarm, AlarmState, Outcome, Person, Promise, Wish

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORDS = st.text(alphabet="ÄÖÜ ßşğıأبت<>&*_`€", min_size=8, max_size=40).filter(
    lambda said: said.strip() == said
)

alarms = st.builds(
    Alarm,
    id=st.just("a" * 16),
    number=st.integers(1, 99_999),
    person_id=st.just("p" * 16),
    family_id=st.sampled_from([None, "f" * 16]),
    state=st.sampled_from(list(AlarmState)),
    opened_at=st.just(NOW),
    policy=st.sampled_from([{"minutes": [5, 5]}, {"minutes": [5, 5], "needed": [3, 9]}]),
    step=st.integers(0, 9),
    round=st.integers(0, 99),
    taken_by=st.sampled_from([None, "t" * 16]),
    withdrawn_at=st.sampled_from([None, NOW]),
    revision=st.just(1),
    promise=st.sampled_from([None, *Promise]),
    promised_for=st.sampled_from([None, NOW]),
    wish=st.sampled_from([None, *Wish]),
    safe_at=st.sampled_from([None, NOW]),
    outcome=st.sampled_from([None, *Outcome]),
    reminded_at=st.sampled_from([None, NOW]),
    forgotten_at=st.sampled_from([None, NOW]),
)
TAKER = Person("t" * 16, 1, "Frau Koch-Großmann", "de", "de", blocked=False)


@pytest.mark.parametrize("language", shipped("staff"))
@settings(max_examples=150, deadline=None)
@given(alarm=alarms, name=WORDS, label=WORDS, mine=st.booleans(), joined=st.booleans())
def test_no_name_no_free_text_no_markup_under_300_signs(
    language: str, alarm: Alarm, name: str, label: str, mine: bool, joined: bool
) -> None:
    viewer = replace(TAKER, id="t" * 16 if mine else "v" * 16, name=name)
    taker = TAKER if alarm.taken_by else None
    there = [viewer.id] if joined else []
    for shown in pages.before_code(alarm, taker, viewer, [alarm] * 20, there):
        for method, body in (as_new(shown, voice(language)), as_edit(shown, voice(language))):
            said = json.dumps(body, ensure_ascii=False)
            assert name not in said
            assert label not in said
            assert "parse_mode" not in said
            assert "entities" not in said
            assert len(str(body["text"])) < 300, method


@pytest.mark.parametrize("language", shipped("staff"))
def test_the_first_page_names_nobody_at_all(language: str) -> None:
    alarm = Alarm(
        "a" * 16, 7, "p" * 16, "f" * 16, AlarmState.OPEN, NOW, {"minutes": [5]}, 1, 1, None, None, 1
    )
    said = json.dumps(as_new(pages.page(alarm, None, TAKER), voice(language)), ensure_ascii=False)
    assert TAKER.name not in said
