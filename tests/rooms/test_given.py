"""What people type is on one line, short and visible, or refused with fitting words."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given as holds
from hypothesis import strategies as st

from handlers.given import can_be_seen, one_line, some_lines
from handlers.refusal import Refusal
from locales.phrase import S

TOO_LONG = S("calendar.place_length", most=80)
NOTHING = ["", " \n\t", "\u200b\ufeff", "\u2800\u2800", "\u3164 \u115f", "\u00ad\u202e", "\ufe0f\u0336"]


@holds(st.text(max_size=120))
def test_what_is_taken_is_one_short_line_somebody_can_see(typed: str) -> None:
    with suppress(Refusal):
        line = one_line(typed, 80, TOO_LONG)
        assert 0 < len(line) <= 80
        assert len(line.splitlines()) == 1
        assert line == line.strip()
        assert can_be_seen(line)


@pytest.mark.parametrize("typed", NOTHING)
def test_what_nobody_sees_is_not_called_too_long(typed: str) -> None:
    for take, domain in ((one_line, "staff"), (some_lines, "families")):
        with pytest.raises(Refusal) as no:
            take(typed, 80, TOO_LONG)
        assert (no.value.phrase.domain, no.value.phrase.key) == (domain, "given.empty")


@pytest.mark.parametrize("typed", ["x" * 81, "ü" * 81])
def test_what_is_too_long_is_called_so(typed: str) -> None:
    with pytest.raises(Refusal) as no:
        one_line(typed, 80, TOO_LONG)
    assert no.value.phrase == TOO_LONG


@holds(st.characters())
def test_every_letter_digit_and_sign_counts(sign: str) -> None:
    if sign.isalnum() and not unicodedata.name(sign, "").endswith(("FILLER", "CHOSEONG", "JUNGSEONG")):
        assert can_be_seen(sign)


@pytest.mark.parametrize("sign", ["🙂", "❤️", "👩\u200d👧", "ş", "ء", "5", "?"])
def test_a_single_sign_is_enough(sign: str) -> None:
    assert can_be_seen(sign)
