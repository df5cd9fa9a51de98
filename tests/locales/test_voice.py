"""Phrases said in German, Turkish and Arabic."""

import datetime as dt
import logging
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales import loading, translator
from locales.bidi import FSI, LRI, NBSP, PDI, RLI, RLM
from locales.phrase import Address, Day, Endonym, F, Hour, Items, Moment, Number, Phrase, S
from locales.text import BrokenTextError, take_apart
from locales.translator import Voice, everywhere, voice

LATE = dt.datetime(2026, 11, 19, 23, 30, tzinfo=dt.UTC)
THURSDAY = dt.date(2026, 11, 19)


@pytest.fixture
def small(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small catalog in place of the shipped one."""
    monkeypatch.setattr(translator, "_catalog", lambda code, domain: loading.catalog(code, domain, root))
    return root


def test_a_phrase_is_equal_and_hashed_by_value() -> None:
    assert F("visit.coming", date=THURSDAY) == F("visit.coming", date=THURSDAY)
    assert F("visit.coming") != S("visit.coming")
    assert len({F("a.b", x=Items("1", F("c.d"))), F("a.b", x=Items("1", F("c.d"))), F("a.b", x="1")}) == 2


def test_a_phrase_cannot_be_changed() -> None:
    phrase = F("visit.coming", date=THURSDAY)
    with pytest.raises(TypeError):
        phrase.slots["date"] = "x"  # type: ignore[index]
    with pytest.raises(AttributeError):
        phrase.key = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("de", "🏠 Wir kommen zu Ihnen.\n🗓 Donnerstag, 19.11.2026\n📞 116 117"),
        ("tr", "🏠 Size geliyoruz.\n🗓 Perşembe, 19.11.2026\n📞 116 117"),
        (
            "ar",
            f"🏠 سنأتي إليكم.\n{RLM}🗓 {RLI}الخميس، {LRI}19.11.2026{PDI}{PDI}\n{RLM}📞 {LRI}116{NBSP}117{PDI}",
        ),
    ],
)
def test_it_speaks_three_languages(small: Path, code: str, said: str) -> None:
    assert Voice(code).say(F("visit.coming", date=THURSDAY)) == said


def test_a_missing_translation_is_said_in_german_as_a_whole(small: Path, edit: Callable[..., None]) -> None:
    edit("ar/LC_MESSAGES/families.po", "🏠 سنأتي إليكم.", "")
    edit("ar/LC_MESSAGES/families.po", 'msgstr ""\n"\\n"\n"🗓 {date}\\n"\n"📞 116 117"', 'msgstr ""')
    assert Voice("ar").say(F("visit.coming", date=THURSDAY)).splitlines()[1] == "🗓 Donnerstag, 19.11.2026"


def test_german_that_changed_is_no_longer_said_in_its_old_translation(
    small: Path, edit: Callable[..., None]
) -> None:
    edit("de/LC_MESSAGES/families.po", '"Schlecht"', '"Nicht gut"')
    assert Voice("tr").say(F("mood.bad")) == "Nicht gut"


def test_one_untranslated_part_makes_the_whole_message_german(small: Path, edit: Callable[..., None]) -> None:
    edit("tr/LC_MESSAGES/families.po", '"Kötü"', '""')
    assert Voice("tr").say(F("visit.coming", date=F("mood.good"))).startswith("🏠 Size")
    for part in (F("mood.bad"), Items(F("mood.good"), F("mood.bad")), F("visit.coming", date=F("mood.bad"))):
        assert Voice("tr").say(F("visit.coming", date=part)).startswith("🏠 Wir")


def test_a_broken_translation_is_said_in_german(
    small: Path, edit: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    edit("tr/LC_MESSAGES/families.po", "Size geliyoruz.\\n", "Size {0} geliyoruz.\\n")
    assert Voice("tr").say(F("visit.coming", date=THURSDAY)).startswith("🏠 Wir")
    assert "visit.coming in tr" in caplog.text


def test_staff_languages_do_not_speak_to_families(small: Path) -> None:
    assert Voice("en").say(S("visit.planned", family="Yılmaz")) == "Planned: Yılmaz"
    assert Voice("en").say(F("mood.good")) == "Gut"
    assert Voice("tr").say(S("visit.planned", family="Yılmaz")) == "Geplant: Yılmaz"


@pytest.mark.parametrize("code", ["de", "tr", "ar"])
@pytest.mark.parametrize("key", ["no.such_key", ""])
def test_an_unknown_key_is_shown_and_logged_and_never_the_header(
    small: Path, caplog: pytest.LogCaptureFixture, code: str, key: str
) -> None:
    assert Voice(code).say(Phrase("families", key)) == key
    assert caplog.records[0].levelno == logging.ERROR


def test_an_unfilled_slot_is_a_visible_gap_and_logged(small: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert Voice("tr").say(F("visit.coming")).splitlines()[1] == "🗓 …"
    assert "visit.coming was said without date" in caplog.text


def test_one_utc_moment_is_shown_at_the_clock_of_koeln() -> None:
    german = voice("de")
    assert german.show(Day(LATE)) == "Freitag, 20.11.2026"
    assert german.show(Hour(LATE)) == "00:30"
    assert german.show(Moment(LATE)) == german.show(LATE) == "Freitag, 20.11.2026, 00:30"
    assert german.show(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)) == "Mittwoch, 01.07.2026, 14:00"
    assert german.day_short(LATE) == "Fr 20.11."
    assert german.weekday_short(LATE) == "Fr"
    assert voice("tr").day_short(THURSDAY) == "Per 19.11."


@pytest.mark.parametrize("wrap", [Day, Hour, Moment, lambda at: at])
def test_a_naive_moment_is_refused(wrap: Callable[[dt.datetime], Day]) -> None:
    with pytest.raises(ValueError, match="time zone"):
        voice("de").show(wrap(LATE.replace(tzinfo=None)))


def test_values_of_other_kinds_are_refused() -> None:
    for odd in (True, 1.5, None, object()):
        with pytest.raises(TypeError, match="slot cannot hold"):
            voice("ar").show(odd)  # type: ignore[arg-type]


def test_an_enum_of_strings_is_a_string() -> None:
    class Colour(StrEnum):
        RED = "rot"

    assert voice("de").show(Colour.RED) == "rot"


def test_plain_german_stays_plain_and_a_foreign_name_is_isolated() -> None:
    german = voice("de")
    assert german.show("Jürgen Groß (Porz)") == "Jürgen Groß (Porz)"
    assert german.show("محمد") == f"{FSI}محمد{PDI}"
    assert german.show(Endonym("tr")) == "Türkçe"
    assert german.show(Address("Goethestraße 12")) == "Goethestraße 12"
    assert german.show(Number("0800 111 0 550")) == f"0800{NBSP}111{NBSP}0{NBSP}550"


def test_items_stand_one_below_the_other() -> None:
    things = Items("Ausweis", "Brief", 3)
    assert voice("de").show(things) == "• Ausweis\n• Brief\n• 3"
    assert voice("ar").show(things) == (
        f"{RLM}• {FSI}Ausweis{PDI}\n{RLM}• {FSI}Brief{PDI}\n{RLM}• {LRI}3{PDI}"
    )


def test_for_a_page_everything_is_escaped() -> None:
    page = voice("de", html=True)
    assert page.fill(take_apart("{a}"), {"a": "<b>&"}) == "&lt;b&gt;&amp;"
    assert page.show(Number("<1>")) == "&lt;1&gt;"
    assert voice("de").show("<b>") == "<b>"


@pytest.mark.parametrize(
    "text",
    [
        "{x.__class__}",
        "{x[0]}",
        "{x!r}",
        "{x:>10}",
        "{}",
        "{0}",
        "{x",
        "x}",
        "{ x}",
        "{x y}",
        "{größe}",
        "{{x}",
    ],
)
def test_clever_braces_are_refused(text: str) -> None:
    with pytest.raises(BrokenTextError):
        take_apart(text)


@settings(deadline=None)
@given(st.text(alphabet="{}xy.!:0[] ab", max_size=12))
def test_a_text_is_refused_or_holds_only_plain_names(text: str) -> None:
    try:
        parts = take_apart(text)
    except BrokenTextError:
        return
    assert all(name.isidentifier() for name in parts.names)
    same = parts.start + "".join("{" + name + "}" + more for name, more in parts.rest)
    assert same == text.replace("{{", "{").replace("}}", "}")


def test_a_button_is_known_in_every_language_as_shown_and_as_written() -> None:
    heard = everywhere("kind.doctor")
    assert {"Arzt-Termin", "Arzttermin", "Doctor's appointment", "Doktor randevusu", "موعد طبي"} <= heard
    with pytest.raises(KeyError):
        everywhere("no.such_key")


def test_a_voice_is_made_once_and_german_is_the_last_resort() -> None:
    assert voice("tr") is voice("tr")
    assert voice("xx").language == voice(None).language == "de"
    assert voice("ar-EG").language == "ar"
