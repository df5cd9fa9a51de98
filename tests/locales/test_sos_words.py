"""A cry for help is heard, whatever the spelling; a sentence about help is not one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.languages import shipped
from locales.sos import core, sos_words, sounds_like_sos
from locales.translator import text_of

WRITTEN = [
    line
    for code in shipped("families")
    for line in (text_of("families", code, "crisis.words") or "").split("\n")
]


@pytest.mark.parametrize(
    "text",
    [
        "Hilfe", "HILFE!!!", "hilfeeee", "Hilfe 🆘", "sos", "S.O.S.", "ＳＯＳ", "Hilf mir",
        "yardım", "YARDIM", "yardim", "Yardım!", "İMDAT", "imdat", "ACİL",
        "مساعدة", "مساعده", "النجدة", "النَّجْدَة", "أنقذوني", "انقذوني", "ســـاعدوني", "أحتاج المساعدة",
        "help", "Помогите!", "کمک", "112",
        "🆘", " 🆘! ", "🆘🆘", "🆘\ufe0f",
    ],
)  # fmt: skip
def test_it_is_heard(text: str) -> None:
    assert sounds_like_sos(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "!", "🙂", "Danke für die Hilfe", "Das ist kein Notfall", "Hilfeplan", "12", "10", "1112", "so",
     "yardımcı", "Teşekkürler, yardım gerekmiyor", "شكرا على المساعدة", "🆘 nein", "ja"],
)  # fmt: skip
def test_it_is_not_mistaken(text: str) -> None:
    assert not sounds_like_sos(text)


@settings(deadline=None)
@given(
    st.sampled_from(WRITTEN),
    st.sampled_from([str, str.upper, str.lower, str.title, str.casefold]),
    st.text(alphabet=" !?.…🆘\n\u200f\ufe0f,", max_size=4),
    st.text(alphabet=" !?.…🆘\n\u2069🙏,", max_size=4),
)
def test_case_and_punctuation_do_not_matter(word, shout, before, after) -> None:  # type: ignore[no-untyped-def]
    assert sounds_like_sos(before + shout(word) + after)


@settings(deadline=None)
@given(st.sampled_from(WRITTEN), st.data())
def test_a_key_held_too_long_does_not_matter(word: str, data: st.DataObject) -> None:
    places = [at for at, sign in enumerate(word) if sign.isalpha()]
    if places:
        at = data.draw(st.sampled_from(places))
        assert sounds_like_sos(word[:at] + word[at] * 3 + word[at:])


@settings(deadline=None)
@given(st.text(max_size=30))
def test_what_is_heard_is_a_listed_word_or_the_sign(text: str) -> None:
    assert core(core(text)) == core(text)
    assert sounds_like_sos(text) == (core(text) in sos_words() or (not core(text) and "🆘" in text))


@settings(deadline=None)
@given(st.sampled_from(WRITTEN), st.text(alphabet="qw 7", min_size=1).filter(str.strip))
def test_a_longer_sentence_is_left_to_people(word: str, more: str) -> None:
    assert not sounds_like_sos(f"{word} {more}")


def test_every_language_brings_words_of_its_own() -> None:
    for code in shipped("families"):
        assert len((text_of("families", code, "crisis.words") or "").split("\n")) > 20
