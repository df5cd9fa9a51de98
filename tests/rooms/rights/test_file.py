"""The family's file is read by people: what was gone through has its name in it, and no word of our code."""

from datetime import UTC, datetime

import pytest

from handlers.protection.rules import WAYS
from handlers.rights.file import Known, readable
from locales.phrase import S
from locales.translator import voice
from storage.disclosure import PARTS, Disclosed
from storage.records import Family, Person, Role

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MARKS = next(part for part in PARTS if part.table == "concern_marks")


@pytest.mark.parametrize("way", WAYS)
def test_a_mark_on_a_checklist_has_a_name(way: str) -> None:
    reader = Person("p" * 16, 1, "Frau Klein", "de", "de", blocked=False, roles=frozenset({Role.CASEWORKER}))
    rows = Disclosed([(MARKS, [{"point": way, "at": AT}])])
    known = Known(reader, Family("f" * 16, "Ahorn 12", "c" * 16), rows, [], {}, AT, for_file=True)
    text = readable(known, voice("de")).text
    assert f"<dd>{voice('de').say(S(f'protection.way.{way}'))}</dd>" in text
    assert f"<dd>{way}</dd>" not in text
