"""Words of distress are found inside any sentence, and ordinary answers hold none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.distress import WORDS, says_no, says_yes, sounds_distressed
from locales.sos import lines, sounds_like_sos
from locales.spelling import Spelling, is_one_slip

WRITTEN = [line.removesuffix(".") for line in lines(WORDS)]
ORDINARY = [
    "Hilfeplangespräch am Montag", "Das hat uns geholfen", "Danke für die Hilfe", "Es hilft", "Frau Hilde Autor",
    "Ich habe keine Angst", "Er schlägt Montag vor", "Ich kann nicht mehr am Montag kommen", "Schlagerabend",
    "Wir warten auf den Krippenplatz", "Heute war es gut, danke", "Bonner Straße 7", "Sommerberg, 3. Stock",
    "yardımcı oldu, teşekkürler", "Artık korkmuyorum", "Yarın gelirim", "Dayanıyorum, iyiyim", "otobüs dönüyor",
    "Randevuyu unuttum", "Mardin", "Çocuk doğuyor", "ساعدتني كثيرا شكرا", "في قاعة الانتظار", "شركة السعادة",
    "نحن بخير والحمد لله", "أحتاج موعدا", "الضرب والقسمة", "it helped a lot", "he hit the road", "I am fine",
    "Köln-Porz", "Ahmet", "Amina", "Nadja", "Fatma", "خالد", "نجدت",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_answers_ask_for_nothing(text: str) -> None:
    assert not sounds_distressed(text)
    assert not sounds_like_sos(text)


@settings(deadline=None)
@given(
    st.sampled_from(WRITTEN),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.sampled_from(["", "Heute. ", "also, ", "😭 ", "bugün ", "اليوم، "]),
    st.sampled_from(["", "!!!", " 😭", ", bitte", "...", "؟"]),
)
def test_they_are_found_in_a_sentence(words, shout, before, after) -> None:  # type: ignore[no-untyped-def]
    assert sounds_distressed(before + shout(words) + after)


@settings(deadline=None)
@given(st.sampled_from(WRITTEN), st.data())
def test_a_key_held_too_long_does_not_matter(words: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([at for at, sign in enumerate(words) if sign.isalpha()]))
    assert sounds_distressed(words[:at] + words[at] * 3 + words[at:])


@pytest.mark.parametrize(
    "text", ["er schlaegt mich", "kocam beni dovuyor", "dayanamiyorum artik", "وهو يضربني", "I cant go on"]
)
def test_as_people_type_them(text: str) -> None:
    assert sounds_distressed(text)


def test_yes_and_no() -> None:
    assert all(map(says_yes, ["Ja!", "JA BITTE", "evet", "Evet.", "نعم", "yes"]))
    assert all(map(says_no, ["Nein", "nein, danke", "Hayır", "hayir", "لا", "No!"]))
    assert not any(map(says_yes, ["Ja, ich komme am Montag", "Jan", "", "?"]))


@settings(deadline=None)
@given(st.text("abc", min_size=1, max_size=7), st.text("abc", min_size=1, max_size=7))
def test_one_slip_is_one_slip_both_ways(one: str, other: str) -> None:
    assert is_one_slip(one, other) == is_one_slip(other, one)
    expected = one != other and _distance_is_one(one, other)
    if one != other:
        assert is_one_slip(one, other) == expected
        assert (one in Spelling([other], 1)) == expected


def _distance_is_one(one: str, other: str) -> bool:
    letters = "abc"
    near = {one[:at] + one[at + 1 :] for at in range(len(one))}
    near |= {one[:at] + sign + one[at:] for at in range(len(one) + 1) for sign in letters}
    near |= {one[:at] + sign + one[at + 1 :] for at in range(len(one)) for sign in letters}
    near |= {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1)}
    return other in near
