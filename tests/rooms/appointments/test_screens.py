"""Every screen in every language: inside the limits, and no button without an answer."""

from datetime import datetime

import pytest

from handlers.appointments import room, screens
from handlers.screen import markup, words
from locales.translator import voice
from tests.rooms.appointments.cast import act_of


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("language", ["de", "en", "tr", "ar"])
def test_every_screen_fits(now: datetime, language: str) -> None:
    for shown in screens.specimens(now):
        said = words(shown, voice(language))
        assert units(said) <= 900, said
        assert "…" not in said.replace("Özdemir au…", "")
        for row in (markup(shown, voice(language)) or {"inline_keyboard": []})["inline_keyboard"]:
            assert all(units(button["text"]) <= 30 for button in row), row


async def test_every_button_is_answered(now: datetime) -> None:
    for shown in screens.specimens(now):
        for row in shown.buttons:
            for button in row:
                assert button.copies or callable(await act_of(room, button.carries))
