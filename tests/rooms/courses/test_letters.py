"""Which names a certificate can be printed with, as the font itself says."""

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from bot.certificate import FACES, fonts
from handlers.courses.letters import lacking


def test_the_table_is_what_the_font_holds() -> None:
    held = set.intersection(*(set(TTFont(fonts() / file).getBestCmap()) for file in FACES.values()))
    asked = [n for n in range(0x20, 0x110000) if unicodedata.category(chr(n))[0] in "LMN"]
    wrong = [hex(n) for n in asked if bool(lacking(chr(n))) is (n in held)]
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["Amina Yılmaz-Şahin أمينة", "Ольга О’Коннор", "Nguyễn Thị", "მარიამი", "José", ""]
)
def test_these_are_printed(name: str) -> None:
    assert lacking(name) == ""


@pytest.mark.parametrize("name", ["ሰላም", "陈伟", "दीपा", "শিউলি", "பிரியா", "😀", "สมชาย"])
def test_these_would_be_boxes(name: str) -> None:
    assert set(lacking(f"A {name}")) == set(name)
