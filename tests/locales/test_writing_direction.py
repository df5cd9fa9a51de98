"""What stands on the screen: an independent implementation of the Unicode algorithm is asked."""

import unicodedata

import pytest
from bidi import get_display  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.bidi import FSI, LRI, PDI, RLI, RLM, clean, first_strong, mixes, phone
from locales.phrase import Address, Number
from locales.text import take_apart
from locales.translator import voice
from locales.workshop.direction import misplaced, on_screen

CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NAMES = st.text(alphabet="AbzÜğ محدعلي\u06a9אב129 -.,", min_size=1, max_size=14).map(str.strip).filter(bool)
NUMBERS = st.from_regex(r"\A(\+49|0)[0-9]{2,4}([ -]?[0-9]{1,4}){1,4}\Z")
STREETS = st.from_regex(r"\A[A-Zäö][a-zßü]{2,9} [0-9]{1,3}, 5[0-9]{4} [A-Z][a-zö]{2,8}\Z")
AROUND = st.sampled_from(
    ["اتصال: {x}", "{x}", "📞 {x} الآن", "Kita: {x} في الساعة 5", "{x} {x}", "قبل {x} بعد\n• {x}\n1. {x}"]
)
SIGNS = st.one_of(st.sampled_from(CONTROLS), st.sampled_from("\r\n\t\x00\u2028 aب1"), st.characters())
ANY = st.lists(SIGNS, max_size=20).map("".join)


def said(around: str, slot: object) -> tuple[str, str]:
    arabic = voice("ar")
    shown = arabic.show(slot)  # type: ignore[arg-type]
    return arabic.fill(take_apart(around, rtl=True), {"x": slot}), shown  # type: ignore[dict-item]


@settings(deadline=None)
@given(AROUND, NUMBERS)
def test_a_phone_number_is_never_turned_round(around: str, number: str) -> None:
    for line in said(around, Number(number))[0].split("\n"):
        assert phone(number) in on_screen(line)


@settings(deadline=None)
@given(AROUND, STREETS)
def test_an_address_reads_as_on_the_letter_box(around: str, street: str) -> None:
    for line in said(around, Address(street))[0].split("\n"):
        assert street in on_screen(line)


@settings(deadline=None)
@given(AROUND, NAMES)
def test_a_name_looks_inside_a_sentence_as_it_looks_alone(around: str, name: str) -> None:
    alone = get_display(name, base_dir="R" if first_strong(name) in ("R", "AL") else "L")
    for line in said(around, name)[0].split("\n"):
        assert alone in on_screen(line)


@settings(deadline=None)
@given(AROUND, st.one_of(ANY, ANY.map(Number), ANY.map(Address)))
def test_every_line_begins_from_the_right_and_closes_what_it_opens(around: str, slot: object) -> None:
    for line in said(around, slot)[0].split("\n"):
        assert first_strong(line) in ("R", "AL")
        depth = 0
        for sign in line:
            depth += (sign in LRI + RLI + FSI) - (sign == PDI)
            assert depth >= 0
        assert depth == 0


@settings(deadline=None)
@given(ANY)
def test_nothing_invisible_gets_in_through_a_value(value: str) -> None:
    kept = clean(value)
    assert not set(kept) & set(CONTROLS)
    assert all(sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"} for sign in kept)
    assert clean(kept) == kept
    assert [sign for sign in value if sign.isalnum()] == [sign for sign in kept if sign.isalnum()]


@settings(deadline=None)
@given(ANY)
def test_german_shows_a_value_unchanged_unless_it_runs_from_the_right(value: str) -> None:
    shown = voice("de").show(value)
    assert shown.translate(dict.fromkeys(map(ord, FSI + PDI))) == clean(value)
    assert (FSI in shown) == mixes(clean(value))


@pytest.mark.parametrize(
    ("given_as", "shown"),
    [
        ("+49 221 12-34", "0221 1234"),
        ("+49 (0)221 12-34", "0221 1234"),
        ("0049 221/1234", "0221 1234"),
        ("(0221) 12 34", "0221 12 34"),
        ("0800 111 0 550", "0800 111 0 550"),
        ("116 117", "116 117"),
        ("0221 221\u201197999", "0221 22197999"),
        ("+90 212 555", "0090 212 555"),
        ("٠٢٢١ ١٢", "0221 12"),
        ("  112 ", "112"),
    ],
)
def test_a_number_is_given_in_national_form(given_as: str, shown: str) -> None:
    assert phone(given_as).replace("\u00a0", " ") == shown


@settings(deadline=None)
@given(st.text(alphabet="0123456789 +-()/\u2013\u00a0٣", max_size=20))
def test_a_number_keeps_its_digits_and_loses_plus_and_hyphen(number: str) -> None:
    shown = phone(number)
    assert not set(shown) & set("+-\u2013 ")
    assert phone(shown) == shown
    if not number.lstrip().startswith(("+", "00", "-", "\u2013", "(", "/")) and "+" not in number:
        digits = [unicodedata.digit(sign) for sign in number if sign.isdigit()]
        assert [int(sign) for sign in shown if sign.isdigit()] == digits or number.strip().startswith("0")


@pytest.mark.parametrize(
    ("line", "shown", "fault"),
    [
        ("اتصل 116 117", "116 117", "another order"),
        ("Kita: الروضة", "", "begin from the left"),
        (f"{RLM}Kita 116 117", "", "without isolate"),
        (f"{RLM}📞 0221-12", "", "without isolate"),
    ],
)
def test_the_lint_sees_what_would_be_turned_round(line: str, shown: str, fault: str) -> None:
    assert any(fault in sentence for sentence in misplaced(line, shown))


def test_the_lint_is_quiet_about_what_is_right() -> None:
    assert not list(misplaced(f"اتصل {LRI}116 117{PDI}\n{RLM}Kita", f"{LRI}116 117{PDI}"))
