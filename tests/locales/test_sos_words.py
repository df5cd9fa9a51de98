"""A cry for help is heard, whatever the spelling; a sentence about help is not one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.languages import shipped
from locales.sos import ORDINARY, listed, sounds_like_sos
from locales.spelling import core
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
        "hilffe", "Hlife", "hlfe!!", "H.I.L.F.E.", "h i l f e", "Hilfe hilfe hilfe", "bitte schnell Hilfe",
        "yardm edin", "yadrim", "lütfen yardım edin çabuk", "İmdaaat", "yrdm", "Yardım yardım 🙏",
        "مسعادة", "النجده", "ساعدوني أرجوكم بسرعة", "يا الله ساعدوني", "pls help me", "please help",
        "Helpp", "PLZ HELP!!",
        "🆘", " 🆘! ", "🆘🆘", "🆘\ufe0f",
    ],
)  # fmt: skip
def test_it_is_heard(text: str) -> None:
    assert sounds_like_sos(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "!", "🙂", "Danke für die Hilfe", "Das ist kein Notfall", "Hilfeplan", "12", "10", "1112", "so",
     "لا أحتاج مساعدة", "ما أحتاج مساعدة", "لا أريد المساعدة", "kein Notfall",
     "Ich brauche keine Hilfe",
     "yardım istemiyorum", "Hilfeplangespräch", "geholfen", "hilft", "Hilde", "Krippe", "Auto", "Autor", "Nadja",
     "notfalls", "ambulant",
     "länger", "bitte", "please", "now", "bitte jetzt", "helped", "Policy", "yarın", "yardımcı oldu", "yarım", "vardım",
     "korkmuyorum", "Yardımcı", "الشركة", "مساعدتي", "ساعدتني", "الأسعار", "الآن", "أرجوك", "بسرعة", "سعادة", "الجدة",
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
def test_folding_twice_is_folding_once(text: str) -> None:
    assert core(core(text)) == core(text)


@settings(deadline=None)
@given(st.sampled_from([line for line in WRITTEN if len(core(line)) > 5 and core(line).isalpha()]), st.data())
def test_one_slip_of_the_finger_does_not_matter(word: str, data: st.DataObject) -> None:
    letters = core(word)
    at = data.draw(st.integers(0, len(letters) - 2))
    slip = data.draw(st.sampled_from(["missing", "swapped", "more", "other"]))
    typed = {
        "missing": letters[:at] + letters[at + 1 :],
        "swapped": letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :],
        "more": letters[:at] + "x" + letters[at:],
        "other": letters[:at] + "x" + letters[at + 1 :],
    }[slip]
    # a slip may make two letters alike stand side by side, or another word altogether
    if core(typed) == typed and typed not in listed(ORDINARY):
        assert sounds_like_sos(typed)


@settings(deadline=None)
@given(st.sampled_from(WRITTEN), st.sampled_from(["qw", "wqw 7", "7 qwq", "7", "kein qwert"]))
def test_a_longer_sentence_is_left_to_people(word: str, more: str) -> None:
    assert not sounds_like_sos(f"{word} {more}")


def test_every_language_brings_words_of_its_own() -> None:
    for code in shipped("families"):
        assert len((text_of("families", code, "crisis.words") or "").split("\n")) > 20
