"""Will the text fit where it is shown, with its slots at their longest?"""

from collections.abc import Iterator

from locales.po import WORD_LIST
from locales.text import take_apart
from locales.translator import voice
from locales.workshop.probes import longest
from locales.workshop.problems import Line
from locales.workshop.wording import rules

BUTTON, ALERT, MESSAGE = 30, 200, 900
LINES = 5


def too_long(line: Line) -> Iterator[str]:
    """Sentences about a text over its limit in UTF-16 units, or with too many lines for families."""
    if line.key.endswith(WORD_LIST):
        return
    limit = limit_of(line.key)
    size = measured(line)
    if size > limit:
        yield f"with its longest slots it has {size} signs, {limit} fit"
    lines = sum(bool(part.strip()) for part in line.text.split("\n"))
    if line.domain == "families" and lines > LINES and not rules().exempt("long", line.key):
        yield f"it has {lines} lines; one message is at most {LINES} short ones"


def limit_of(key: str) -> int:
    """How many UTF-16 units the place allows where this key is shown."""
    if key.endswith(".button") or key.startswith("button."):
        return BUTTON
    return ALERT if key.endswith(".toast") else MESSAGE


def measured(line: Line) -> int:
    """UTF-16 units of the text said with its longest slots."""
    saying = voice(line.language)
    text = take_apart(line.text, rtl=saying.rtl)
    room = 10 if limit_of(line.key) == BUTTON else 40
    said = saying.fill(text, {name: longest(name, room) for name in text.names})
    return len(said.encode("utf-16-le")) // 2
