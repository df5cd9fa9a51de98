"""The table as a file: a line for everybody, and nothing in it that a spreadsheet would calculate."""

import csv
import io
from datetime import UTC, datetime, timedelta
from itertools import chain

from hypothesis import example, given
from hypothesis import strategies as st

from handlers.drills import screens
from handlers.drills.screens import Table
from locales.translator import voice
from storage.records import Drill, Probe

THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def rows(*names: str) -> list[list[str]]:
    heard = Probe("q", "p", "d", THEN, THEN + timedelta(seconds=2), THEN + timedelta(seconds=61))
    shown = Table(Drill("d", "p", THEN, THEN + timedelta(minutes=15), None), [(n, heard) for n in names], "")
    file = screens.file(shown, voice("en")).document
    assert file is not None
    assert file.name == "drill-2026-11-24.csv"
    return list(csv.reader(file.text.splitlines(), delimiter=";"))


def test_every_line_has_all_that_is_known() -> None:
    head, line = rows("Koch; Anna")
    assert head == ["Person", "delivered at", "answered after (min:sec)", "Result"]
    assert line == ["Koch; Anna", "10:00", "01:01", "answered"]


def test_a_name_is_never_a_formula() -> None:
    for name in ("=1+1", "+49", "-1", "@SUM(A1)"):
        assert rows(name)[1][0] == f"'{name}"


CALCULATES = "=+-@\t\r\n＝＋－＠"


@given(st.text(st.sampled_from(CALCULATES + " ;,\"'aä"), max_size=8))
@example(";=1+1")
@example('";=1+1')
@example(",=1+1")
@example("\n=1+1")
@example("a\r\n=1+1")
@example("\t=1+1")
@example("＝1+1")
@example(" =1+1")
def test_no_cell_begins_as_a_formula_wherever_a_spreadsheet_cuts(name: str) -> None:
    heard = Probe("q", "p", "d", THEN, THEN + timedelta(seconds=2), THEN + timedelta(seconds=61))
    shown = Table(Drill("d", "p", THEN, THEN + timedelta(minutes=15), None), [(name, heard)], "")
    file = screens.file(shown, voice("en")).document
    assert file is not None
    for cut in ";,\t":
        for cell in chain.from_iterable(csv.reader(io.StringIO(file.text, newline=""), delimiter=cut)):
            assert not cell.lstrip(" ").startswith(tuple(CALCULATES)), (cut, cell)
