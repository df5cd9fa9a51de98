"""The words to which people say yes don't change under them."""

import hashlib

import pytest

from handlers import consenting
from handlers.consent import screens
from locales.languages import shipped
from locales.translator import voice
from storage.records import Purpose

# Whoever changes these words raises the version in handlers/consenting.py and writes down the new marks here:
# then every parent is asked anew. The first eight signs of each mark tell the words apart well enough.
KNOWN = {
    (Purpose.CONTACT, 1, "de"): "80ebc2d2",
    (Purpose.CONTACT, 1, "tr"): "631964cf",
    (Purpose.CONTACT, 1, "ar"): "c9c485bd",
    (Purpose.CHECKINS, 1, "de"): "f57d392b",
    (Purpose.CHECKINS, 1, "tr"): "00d0cab3",
    (Purpose.CHECKINS, 1, "ar"): "fd59cd15",
}


@pytest.mark.parametrize("language", shipped("families"))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_changed_words_need_a_new_version(purpose: Purpose, language: str) -> None:
    version = consenting.VERSIONS[purpose]
    assert KNOWN.get((purpose, version, language)) == consenting.text_hash(purpose, language)[:8]


@pytest.mark.parametrize("language", shipped("families"))
def test_the_mark_is_that_of_the_words_on_the_screens(language: str) -> None:
    for purpose in Purpose:
        pages = [
            consenting.question(purpose, page, consenting.ALONE, language)
            for page in range(len(consenting.PAGES[purpose]))
        ]
        shown = "\n\n".join(voice(language).say(phrase) for page in pages for phrase in page.text)
        assert hashlib.sha256(shown.encode()).hexdigest() == consenting.text_hash(purpose, language)


@pytest.mark.parametrize("language", shipped("families"))
def test_what_must_be_said_is_said_before_the_yes(language: str) -> None:
    for purpose in Purpose:
        said = consenting.words(purpose, language)
        # what for, what is stored, who sees it, how long, what Telegram sees, the phone, help without, taking back
        for sign in "🎯💾👤⏳👁📞🤝↩":
            assert sign in said, (purpose, sign)
        assert "Telegram" in said


def test_yes_and_no_stand_below_the_last_page_alone() -> None:
    for purpose in Purpose:
        last = len(consenting.PAGES[purpose]) - 1
        for page in range(last + 1):
            shown = consenting.question(purpose, page, consenting.BOTH, "ar")
            verbs = {button.carries.split(":")[1] for row in shown.buttons for button in row}
            assert ({"yes", "no"} <= verbs) == (page == last)


@pytest.mark.parametrize("language", shipped("families"))
def test_a_screen_has_five_lines_at_most(language: str) -> None:
    phrases = [phrase for pages in consenting.PAGES.values() for page in pages for phrase in page]
    for phrase in (*phrases, *screens.MORE):
        assert len(voice(language).say(phrase).split("\n")) <= 5, phrase.key
