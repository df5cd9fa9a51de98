"""Every screen in both staff languages: inside the limits, and no button without an answer."""

from datetime import datetime

import pytest

from handlers.screen import markup, words
from handlers.training import room, screens
from locales.translator import voice
from tests.rooms.appointments.cast import act_of


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_screen_fits(now: datetime, language: str) -> None:
    for shown in screens.specimens(now):
        said = words(shown, voice(language))
        assert units(said) <= 900, said
        assert "{" not in said
        for row in (markup(shown, voice(language)) or {"inline_keyboard": []})["inline_keyboard"]:
            assert all(units(button["text"]) <= 30 for button in row), row


async def test_every_button_is_answered(now: datetime) -> None:
    for shown in screens.specimens(now):
        for row in shown.buttons:
            for button in row:
                assert callable(await act_of(room, button.carries))
