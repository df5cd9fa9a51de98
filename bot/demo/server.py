"""Hands out the phones page, and nothing but the files that lie on its own shelf."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from aiohttp import web

# Everything comes from this origin; `data:` serves pictures the double hands over inside its answers.
POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FRONT = "phones.html"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page_routes() -> list[web.RouteDef]:
    """The page at `/` and its files under `/page/`; any other name there is answered with 404."""
    return [web.get("/", _front), web.get("/page/{name}", _file)]


async def _front(_: web.Request) -> web.Response:
    return _answer(FRONT)


async def _file(request: web.Request) -> web.Response:
    return _answer(request.match_info["name"])


def _answer(name: str) -> web.Response:
    """The named file with the page's headers. Raises HTTPNotFound for a name that is not on the shelf."""
    file = _shelf().get(name)
    if file is None:
        raise web.HTTPNotFound
    kind = KINDS[_ending(name)]
    return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS)


def _shelf() -> dict[str, Traversable]:
    # Looked up by name and never joined into a path, so "../" has nowhere to lead.
    return {file.name: file for file in files("bot.demo.page").iterdir() if _ending(file.name) in KINDS}


def _ending(name: str) -> str:
    return name[name.rfind(".") :] if "." in name else ""
