"""Tries every right-to-left text with awkward values and looks at what would stand on the screen."""

import re
from collections.abc import Iterator

from locales.bidi import FSI, LRI, PDI, RLI, RLM, clean, first_strong, mixes
from locales.languages import LANGUAGES
from locales.po import WORD_LIST
from locales.text import take_apart
from locales.translator import voice
from locales.workshop.probes import AWKWARD
from locales.workshop.problems import Line

_INVISIBLE = re.compile(f"[{LRI}{RLI}{FSI}{PDI}{RLM}]")
_ISOLATED = re.compile(f"[{LRI}{FSI}][^{LRI}{RLI}{FSI}{PDI}]*{PDI}")
_LOOSE_NUMBER = re.compile(r"\d+[ \u00a0-]\d+")


def misdirected(line: Line) -> Iterator[str]:
    """Sentences about lines that begin from the wrong side and values whose order on screen is another."""
    if not LANGUAGES[line.language].rtl or line.key.endswith(WORD_LIST):
        return
    saying = voice(line.language)
    text = take_apart(line.text, rtl=True)
    for probe in AWKWARD if text.names else (0,):
        shown = saying.show(probe)
        said = saying.fill(text, dict.fromkeys(text.names, probe))
        yield from misplaced(said, shown if text.names else "")


def misplaced(said: str, shown: str) -> Iterator[str]:
    """The same for one finished message, in which `shown` stands as one value."""
    expected = intended(shown)
    for line in filter(None, said.split("\n")):
        if first_strong(line) not in ("R", "AL"):
            yield f"this line would begin from the left: {clean(line)!r}"
        if shown and shown in line and expected not in on_screen(line):
            yield f"{clean(shown)!r} would be shown in another order"
        if _LOOSE_NUMBER.search(_bare(line)):
            yield f"a number with groups stands without isolate: {clean(line)!r}"


def intended(shown: str) -> str:
    """A value's visible signs as they should stand: as typed, unless some run from the right."""
    visible = _INVISIBLE.sub("", shown)
    return on_screen(shown) if mixes(visible) else visible


def on_screen(text: str) -> str:
    """The visible signs of one line in the order in which they stand from left to right."""
    # Only the workshop needs this oracle; the bot runs without it.
    from bidi import get_display  # type: ignore[import-untyped]

    return _INVISIBLE.sub("", str(get_display(text, base_dir="R")))


def _bare(line: str) -> str:
    before = ""
    while before != line:
        before, line = line, _ISOLATED.sub("", line)
    return line
