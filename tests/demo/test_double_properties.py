"""What must hold for any text: escaping is undone, entities stay inside, shown HTML is well formed."""

import html
import re
from contextlib import suppress
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.telegram.display import as_html
from bot.demo.telegram.entities import Entity, boundaries, tidy, units
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.parse_html import parse_html
from bot.demo.telegram.parse_markdown import parse_markdown, parse_markdown_v2

# What XML can hold; the display is checked with an XML parser.
letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
texts = st.text(letters | st.sampled_from("\n 🌹ü&<>\"'_*[]()~`>#+-=|{}.!\\"), max_size=40)
kinds = st.sampled_from(
    ["bold", "italic", "underline", "spoiler", "code", "pre", "blockquote", "text_link", "url"]
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Entity]]:
    """A text with entities that may overlap in any way but begin and end between characters."""
    text = draw(texts)
    edges = st.sampled_from(sorted(boundaries(text)))
    entities: list[Entity] = []
    for _ in range(draw(st.integers(0, 5))):
        start, end = sorted((draw(edges), draw(edges)))
        entities.append(
            {"type": draw(kinds), "offset": start, "length": end - start, "url": "https://example.org"}
        )
    return text, entities


@given(texts)
def test_escaped_html_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(texts)
def test_escaped_markdown_comes_back_as_it_was(text: str) -> None:
    escaped = re.sub(r"([_*\[\]()~`>#+\-=|{}.!\\])", r"\\\1", text)
    assert parse_markdown_v2(escaped) == (text, [])


@given(texts)
def test_no_text_breaks_a_parser(text: str) -> None:
    for parse in (parse_html, parse_markdown_v2, parse_markdown):
        with suppress(ApiError):
            plain, entities = parse(text)
            assert all(one["offset"] + one["length"] <= units(plain) for one in entities)


@given(marked())
def test_entities_stay_inside_the_text(given_: tuple[str, list[Entity]]) -> None:
    text, entities = tidy(*given_)
    edges = boundaries(text)
    for entity in entities:
        assert entity["length"] > 0
        assert entity["offset"] in edges
        assert entity["offset"] + entity["length"] in edges


@given(marked())
def test_shown_html_is_well_formed_and_says_the_same(given_: tuple[str, list[Entity]]) -> None:
    text, entities = given_
    tree = ElementTree.fromstring(f"<p>{as_html(text, entities)}</p>")  # noqa: S314 - we wrote it ourselves
    assert "".join(tree.itertext()) == text
