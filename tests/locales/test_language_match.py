"""Which language a person is met in."""

import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.languages import LANGUAGES, TABLE, endonym, locale, match, shipped


@pytest.mark.parametrize(
    ("sent", "spoken"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("tr", "tr"),
        ("TR", "tr"),
        ("tr_CY", "tr"),
        ("ar", "ar"),
        ("ar-SY", "ar"),
        ("ar-Latn-EG", "ar"),
        ("en", "de"),
        ("tru", "de"),
        ("xx-ar", "de"),
        ("", "de"),
        ("-", "de"),
        (None, "de"),
    ],
)
def test_the_closest_shipped_language_is_chosen(sent: str | None, spoken: str) -> None:
    assert match(sent) == spoken


def test_staff_have_languages_of_their_own() -> None:
    assert match("en-GB", "staff") == "en"
    assert match("tr", "staff") == "de"
    assert shipped("families") == ("de", "tr", "ar")
    assert shipped("staff") == ("de", "en")


@given(st.text(max_size=12))
def test_any_tag_leads_to_a_shipped_language(tag: str) -> None:
    assert match(tag) in shipped("families")


@pytest.mark.parametrize("language", TABLE, ids=lambda language: language.code)
def test_the_plural_rule_counts_as_unicode_does(language) -> None:  # type: ignore[no-untyped-def]
    forms, _, rule = language.plurals.partition("; plural=")
    form = gettext.c2py(rule.rstrip(";"))
    pairs = {(locale(language.code).plural_form(n), form(n)) for n in range(201)}
    assert len(pairs) == len({tag for tag, _ in pairs}) == len({index for _, index in pairs})
    assert forms == f"nplurals={len(pairs)}"


def test_languages_call_themselves_by_their_own_name() -> None:
    assert [endonym(code) for code in LANGUAGES] == ["Deutsch", "Türkçe", "العربية", "English"]
    assert [language.code for language in TABLE if language.direction == "rtl"] == ["ar"]
