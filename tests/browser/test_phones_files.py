"""What the server hands out: the page's own files under a strict policy, and nothing else."""

import re
from collections.abc import AsyncIterator
from importlib.resources import files

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.demo.server import page_routes

Client = TestClient[web.Request, web.Application]
SHELF = [
    file for file in files("bot.demo.page").iterdir() if file.name.endswith((".html", ".css", ".js", ".svg"))
]


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    app = web.Application()
    app.add_routes(page_routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_front_is_served_under_the_policy(client: Client) -> None:
    answer = await client.get("/")
    assert answer.status == 200
    assert answer.content_type == "text/html"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'; img-src 'self' data:")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Pänz" in await answer.text()


async def test_every_file_the_page_names_is_there(client: Client) -> None:
    named = {name for file in SHELF for name in re.findall(r"/page/([\w.]+)", file.read_text())}
    named |= {name for file in SHELF for name in re.findall(r'from "\./([\w.]+)"', file.read_text())}
    assert {"phones.js", "phones.css", "icons.svg", "log.js"} <= named
    for name in named:
        answer = await client.get(f"/page/{name}")
        assert answer.status == 200, name
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/page/",
        "/page/..%2Fserver.py",
        "/page/%2e%2e/server.py",
        "/page/__init__.py",
        "/page/x.js",
        "/page/a%00.js",
    ],
)
async def test_anything_else_is_not_found(client: Client, path: str) -> None:
    server = client.server
    async with (
        ClientSession() as session,
        session.get(URL(str(server.make_url("")) + path, encoded=True)) as answer,
    ):
        assert answer.status == 404


@pytest.mark.parametrize("file", SHELF, ids=lambda file: file.name)
def test_a_file_is_short_and_asks_nobody_outside(file: object) -> None:
    text = file.read_text()  # type: ignore[attr-defined]
    assert len(text.splitlines()) <= 300
    outside = re.findall(r"(?:src|href|url\(|import\s+[\w{} ,]*from)\s*[=(]?\s*[\"'](https?:)?//[\w.]", text)
    assert outside == []
    assert not re.search(r"\.(innerHTML|outerHTML)|insertAdjacentHTML|document\.write|\beval\(", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=\"|\sstyle=\"", text)
