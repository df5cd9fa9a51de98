"""A pytest plugin with ears for the whole suite: nothing people say and no secret may turn up in our log.

What would be in the log with PAENZ_LOG=DEBUG is gathered, and what children write on standard error. So is what
must not be in it: tokens, invitation codes, names, and what is typed on phones. Any meeting of both fails the run.
"""

import functools
import inspect
import json
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from bot.log import CHATTY, Discreet
from storage.invitations import Invitations
from storage.second_ways import SecondWays

# shorter texts are words anybody may use, in a log too
SHORTEST_TEXT, SHORTEST_NAME, BEGINNING = 12, 4, 4
LONGEST = 60  # characters of a text that are looked for: a log that cuts it gives it away all the same
REMARKABLE = re.compile(r"[A-Z]|[^\W\d_a-z]")


class Whispers:
    """What was heard in the log, and what must not be heard there."""

    def __init__(self) -> None:
        self.lines: dict[str, str] = {}
        self.markers: dict[str, str] = {}
        self._formatter = Discreet()

    def secret(self, text: str, what: str) -> None:
        """A token or a code."""
        if len(text) >= SHORTEST_TEXT:
            self.markers[text] = what

    def name(self, text: str) -> None:
        """A person's name: looked for as a whole word, if it can be told from ordinary ones."""
        name = text.strip()[:LONGEST]
        if len(name) >= SHORTEST_NAME and REMARKABLE.search(name):
            self.markers[name] = "a name"

    def said(self, text: object) -> None:
        """What somebody typed."""
        marker = str(text or "").strip()[:LONGEST]
        if len(marker) >= SHORTEST_TEXT:
            self.markers.setdefault(marker, "something typed")

    def logged(self, record: logging.LogRecord) -> None:
        """A record, as our own log would write it."""
        if record.levelno < logging.WARNING and record.name.partition(".")[0] in CHATTY:
            return
        line = self._formatter.format(record).split(" ", 2)[-1]
        self.lines.setdefault(line, f"logger {record.name}")

    def overheard(self, text: str, where: str) -> None:
        """What a child process wrote on standard error."""
        for line in text.splitlines():
            self.lines.setdefault(line, where)

    def told(self) -> str:
        """All of it in one text, for another process."""
        return json.dumps([self.lines, self.markers])

    def hears(self, told: str) -> None:
        """What another process has told."""
        lines, markers = json.loads(told)
        self.lines = lines | self.lines
        self.markers = markers | self.markers

    def leaks(self) -> list[str]:
        """One sentence for each marker that is in the log."""
        beginnings: dict[str, list[str]] = defaultdict(list)
        for marker in self.markers:
            beginnings[marker[:BEGINNING]].append(marker)
        found = {
            marker: where
            for line, where in self.lines.items()
            for marker in _in(line, beginnings, self.markers)
        }
        return [
            f"{self.markers[marker]} is in the log: {marker!r} ({where})" for marker, where in found.items()
        ]


def _in(line: str, beginnings: dict[str, list[str]], what: dict[str, str]) -> Iterator[str]:
    for at in range(len(line) - BEGINNING + 1):
        for marker in beginnings.get(line[at : at + BEGINNING], ()):
            if line.startswith(marker, at) and (what[marker] != "a name" or _is_word(line, at, len(marker))):
                yield marker


def _is_word(line: str, at: int, length: int) -> bool:
    """Alone, and no part of a path or of a name in the code."""
    before, after = line[:at][-1:], line[at + length :][:2]
    return not re.match(r"[\w/.]", before) and not re.match(r"[\w/]|\.\w", after)


EARS = Whispers()


def _also(owner: type, method: str, hear: Callable[[dict[str, Any], Any], None]) -> None:
    """Lets `hear` know of every call, by its arguments and what it returned."""
    original = getattr(owner, method)
    signature = inspect.signature(original)

    @functools.wraps(original)
    def heard(*given: Any, **named: Any) -> Any:
        result = original(*given, **named)
        hear(signature.bind(*given, **named).arguments, result)
        return result

    setattr(owner, method, heard)


def _invited(given: dict[str, Any], result: tuple[str, Any]) -> None:
    EARS.secret(result[0], "an invitation code")
    EARS.name(given["name"])


def pytest_configure(config: pytest.Config) -> None:
    """From here on everything is heard."""
    logging.getLogger().setLevel(logging.DEBUG)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    make = logging.getLogRecordFactory()

    def record(*given: Any, **named: Any) -> logging.LogRecord:
        made = make(*given, **named)
        EARS.logged(made)
        return made

    logging.setLogRecordFactory(record)
    _also(World, "__init__", lambda given, _: EARS.secret(given["self"].token, "a token"))
    _also(World, "account", lambda given, _: EARS.name(given["first_name"]))
    _also(
        Hand, "_says", lambda given, _: EARS.said(given["body"].get("text") or given["body"].get("caption"))
    )
    _also(Hand, "edits", lambda given, _: EARS.said(given["text"]))
    _also(Invitations, "add", _invited)
    _also(SecondWays, "add", lambda given, _: EARS.secret(given["address"], "an address"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """What children without a pipe of their own wrote."""
    EARS.overheard(report.capstderr, f"standard error of {report.nodeid}")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended: what it heard may give away what another one typed. One that broke down tells nothing."""
    if told := getattr(node, "workeroutput", {}).get("whispers"):
        EARS.hears(told)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """The run fails if anything was given away. One of several workers only tells what it has heard."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["whispers"] = EARS.told()
        return
    leaks = EARS.leaks()
    if leaks:
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        for leak in leaks:
            reporter.write_line(leak, red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
