"""Codes that are said aloud: whatever people make of them on the way, and what is none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.spoken import LENGTH, SIGNS, SURE_DIGITS, SURE_LETTERS, as_spoken, grouped, new_spoken

codes = st.text(SIGNS, min_size=LENGTH, max_size=LENGTH).filter(
    lambda code: bool(set(code) & SURE_DIGITS and set(code) & SURE_LETTERS)
)
gaps = st.lists(
    st.sampled_from(["", " ", "-", " - ", ".", "\n", "\u00a0", "\u2013", "\u2014", "\u200f", ", "]),
    max_size=9,
)


@given(codes)
def test_what_is_shown_is_understood(code: str) -> None:
    assert len(code) == LENGTH
    assert set(code) <= set(SIGNS)
    assert as_spoken(grouped(code)) == code


@given(codes, gaps, st.data())
def test_groups_capitals_and_look_alikes_do_not_matter(
    code: str, between: list[str], data: st.DataObject
) -> None:
    alike = {"0": "0Oo", "1": "1IiLl\u0131\u0130"}
    typed = ""
    for n, sign in enumerate(code):
        typed += data.draw(st.sampled_from(alike.get(sign, sign + sign.lower())))
        typed += between[n] if n < len(between) else ""
    assert as_spoken(typed) == code


@given(codes, st.sampled_from(["\u0660", "\u06f0", "\uff10"]))
def test_digits_of_any_script_count(code: str, zero: str) -> None:
    typed = "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in code)
    assert as_spoken(typed) == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from("U!?\u00fc\u0639@"))
def test_one_sign_that_is_none_makes_no_code(code: str, at: int, odd: str) -> None:
    assert as_spoken(code[:at] + odd + code[at + 1 :]) == ""
    assert as_spoken(code[:at] + code[at + 1 :]) == ""
    assert as_spoken(code + "A") == ""


@given(st.text())
def test_whatever_is_taken_for_a_code_is_one(text: str) -> None:
    meant = as_spoken(text)
    assert meant == "" or (len(meant) == LENGTH and as_spoken(meant) == meant)


@given(st.text(st.characters(categories=["Nd", "Zs", "Pd"]), max_size=40))
def test_no_phone_number_is_a_code(text: str) -> None:
    assert as_spoken(text) == ""


@given(st.text(st.characters(codec="ascii", categories=["Lu", "Ll", "Zs"]), max_size=40))
def test_no_words_are_a_code(text: str) -> None:
    assert as_spoken(text) == ""


@pytest.mark.parametrize("text", ["", "Hilfe bitte", "0221 55 12 34", "x" * 10_000, "7K3M9" * 1_000])
def test_these_are_none(text: str) -> None:
    assert as_spoken(text) == ""
    assert unicodedata.is_normalized("NFC", as_spoken(text))


def test_codes_differ() -> None:
    drawn = {new_spoken() for _ in range(1_000)}
    assert len(drawn) == 1_000
    assert all(as_spoken(code) == code for code in drawn)
