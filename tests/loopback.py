"""A pytest plugin that lets nobody out: whoever connects to anything but this very machine fails the run."""

import ipaddress
import sys
from typing import Any

import pytest

REFUSED: list[str] = []
WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


class OutsideError(Exception):
    """Somebody tried to leave loopback; no OSError, which networks' users take for bad weather."""


def stays_here(address: object) -> bool:
    """Whether a socket address is loopback, a file's, or none at all."""
    if not isinstance(address, tuple):
        return True
    return is_here(address[0])


def is_here(host: object) -> bool:
    """Whether a host's name or number is this machine's own."""
    name = host.decode(errors="replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost") or not isinstance(name, str):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def watch(event: str, given: tuple[Any, ...]) -> None:
    """Python's own report of what is about to happen. Raises OutsideError for what must not."""
    if event not in WATCHED:
        return
    here = is_here(given[0]) if event.startswith("socket.get") else stays_here(given[1])
    if not here:
        REFUSED.append(f"{event} to {given[0] if event.startswith('socket.get') else given[1]!r}")
        raise OutsideError(REFUSED[-1])


def pytest_configure(config: pytest.Config) -> None:
    """Once for each process: an audit hook stays until the end."""
    sys.addaudithook(watch)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended: what was refused there counts here."""
    REFUSED.extend(getattr(node, "workeroutput", {}).get("refused", []))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Also what somebody caught and passed over in silence. One of several workers only says so."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["refused"] = REFUSED
        return
    if REFUSED:
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        for what in dict.fromkeys(REFUSED):
            reporter.write_line(f"Only loopback is allowed in tests: {what}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
