"""Tests reach nobody but this very machine."""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests import loopback
from tests.loopback import OutsideError

ROOT = Path(__file__).parents[2]
ELSEWHERE = ("192.0.2.1", 443)  # an address set aside for examples


@pytest.fixture(autouse=True)
def _on_purpose() -> object:
    before = loopback.REFUSED[:]
    yield
    loopback.REFUSED[:] = before


@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_a_connection_to_elsewhere_is_refused(way: str) -> None:
    with socket.socket() as sock, pytest.raises(OutsideError):
        getattr(sock, way)(ELSEWHERE)
    assert len(loopback.REFUSED) > 0


def test_a_datagram_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(OutsideError):
        sock.sendto(b"x", ELSEWHERE)


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(OutsideError):
        socket.getaddrinfo("api.telegram.org", 443)


async def test_nor_by_a_loop() -> None:
    with pytest.raises(OutsideError):
        await asyncio.open_connection("api.telegram.org", 443)


async def test_nor_by_number() -> None:
    with pytest.raises(OutsideError):
        await asyncio.open_connection(*ELSEWHERE)


async def test_loopback_and_files_are_open(tmp_path: Path) -> None:
    async def greets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        writer.close()

    for served in (
        await asyncio.start_server(greets, "127.0.0.1", 0),
        await asyncio.start_unix_server(greets, tmp_path / "door"),
    ):
        async with served:
            where = served.sockets[0].getsockname()
            reader, writer = (
                await asyncio.open_unix_connection(where)
                if isinstance(where, str)
                else await asyncio.open_connection("localhost", where[1])
            )
            assert await reader.read() == b"hello"
            writer.close()
            await writer.wait_closed()


PLANTED = """
import socket

def test_it() -> None:
    try:
        socket.getaddrinfo("api.telegram.org", 443)
    except Exception:
        pass
"""


@pytest.mark.parametrize("workers", ["0", "1"])
def test_a_run_in_which_it_was_passed_over_in_silence_fails(tmp_path: Path, workers: str) -> None:
    test = tmp_path / "test_planted.py"
    test.write_text(PLANTED, encoding="utf-8")
    (tmp_path / "pytest.ini").touch()
    words = ("-m", "pytest", "-q", "-p", "tests.loopback", "-p", "no:cacheprovider", "-n", workers, str(test))
    ended = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "1 passed" in ended.stdout
    assert "Only loopback is allowed in tests" in ended.stdout


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        (None, True),
        (b"::1", True),
        ("8.8.8.8", False),
        ("10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("example.org", False),
    ],
)
def test_what_is_here(host: object, here: bool) -> None:
    assert loopback.is_here(host) is here
