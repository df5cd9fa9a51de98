"""Papers as the tests look at them: made from every state an operator can be in."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

from bot.papers import operator
from bot.papers.breaches import Log, Missing
from bot.papers.pages import Made, papers
from storage.records import CrisisNumber, Incident

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SAMPLE = Path(__file__).parents[1] / "docs" / "operator.toml"
VERSION = "9.8.7"
_SIGN = re.compile(r"\\([0-9a-f]+) ")
VOID = frozenset({"meta", "br", "col", "wbr"})
CLOSED = NOW - timedelta(days=9)


def incident(number: int, summary: str, **times: datetime | None) -> Incident:
    """An incident, noticed an hour ago unless told otherwise."""
    plain = Incident(f"i{number}", number, summary, NOW - timedelta(hours=1), "p", None, None)
    return replace(plain, **times)  # type: ignore[arg-type]


INCIDENTS = (
    incident(5, "Fresh one"),
    incident(4, "Forgotten one", noticed_at=NOW - timedelta(hours=75)),
    incident(3, "Late one", noticed_at=CLOSED, reported_at=CLOSED + timedelta(hours=73), closed_at=NOW),
    incident(2, "Reported one", noticed_at=CLOSED, reported_at=CLOSED + timedelta(hours=72)),
    incident(1, "Small one", noticed_at=CLOSED, closed_at=NOW),
)
NUMBERS = (
    CrisisNumber("112", "ambulance_fire", "always", 1, first=True, staff_only=False, confirmed_on=None),
    CrisisNumber(
        "0228 19240", "poison", "always", 2, first=False, staff_only=False, confirmed_on="2026-01-02"
    ),
    CrisisNumber(
        "0800 111 0 550",
        "parents",
        "mo-fr 09:00-17:00; tu,th 09:00-19:00",
        3,
        first=False,
        staff_only=False,
        confirmed_on="2026-01-02",
    ),
    CrisisNumber("116 117", "medical", "always", 4, first=False, staff_only=False, confirmed_on=None),
    CrisisNumber("0800 22 55 530", "abuse", "", 5, first=False, staff_only=False, confirmed_on="2026-01-02"),
    CrisisNumber(
        "0800 19 210 00",
        "child_protection_staff",
        "always",
        6,
        first=False,
        staff_only=True,
        confirmed_on="2026-01-02",
    ),
)
FULL = Made(VERSION, NOW, "de", operator.read(SAMPLE), Log(INCIDENTS), NUMBERS, {"updates": 6})
EMPTY = Made(VERSION, NOW)
STATES = (FULL, EMPTY, *(replace(EMPTY, log=Log(missing=why)) for why in Missing))


def pages(made: Made) -> dict[str, str]:
    """Every page by the name of its file."""
    return {paper.file: paper.html for paper in papers(made)}


def edges(page: str) -> str:
    """What stands on the edges of a printed sheet: the strings of the style sheet, as they are read."""
    return _SIGN.sub(lambda found: chr(int(found[1], 16)), page.partition("</style>")[0])


class Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed in its order. Keeps tags, attributes and visible text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        self.faults += [f"{tag} is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.words.append(" ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"{tag} is closed within {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        """All that can be read, its spaces made one."""
        return re.sub(r"\s+", " ", "".join(self.words))
