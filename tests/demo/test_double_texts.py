"""Texts: what is refused, in which words, and what Telegram quietly makes of the rest."""

from typing import Any

import pytest

from bot.demo.telegram.world import World
from tests.demo.wire import Api

ROSE = "🌹"  # one character, two UTF-16 units, four bytes


async def said(api: Api, chat_id: int, text: str, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await api.result("sendMessage", chat_id=chat_id, text=text, **more)
    return answer


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "message text is empty"),
        ("  \n ", "text must be non-empty"),
        ("\u200b\u200f\u2800", "text must be non-empty"),
        ("a" * 4097, "message is too long"),
        (ROSE * 2049, "message is too long"),
        ("ä" * 16385, "text is too long"),
    ],
)
async def test_texts_that_are_refused(api: Api, chat_id: int, text: str, complaint: str) -> None:
    assert await api.refused("sendMessage", chat_id=chat_id, text=text) == f"400 Bad Request: {complaint}"


@pytest.mark.parametrize("text", ["a" * 4096, ROSE * 2048, "ب" * 4096])
async def test_texts_that_just_fit(api: Api, chat_id: int, text: str) -> None:
    assert (await said(api, chat_id, text))["text"] == text


async def test_the_limit_counts_after_formatting(api: Api, chat_id: int) -> None:
    whole = await said(api, chat_id, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    assert len(whole["text"]) == 4096


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("  Hallo \n", "Hallo"),
        ("a\tb\x00c\rd", "a b cd"),
        ("\u2028a\u202bb\u202c", "ab"),
        ("\u2068Amina\u2069", "\u2068Amina\u2069"),
        ("\u200f\u200f\u200fx", "\u200c\u200c\u200fx"),
        ("\u200fסלום", "\u200fסלום"),
    ],
)
async def test_what_telegram_makes_of_a_text(api: Api, chat_id: int, sent: str, stored: str) -> None:
    assert (await said(api, chat_id, sent))["text"] == stored


async def test_captions_have_their_own_limit(api: Api, chat_id: int) -> None:
    refusal = await api.refused("sendDocument", chat_id=chat_id, caption="a" * 1025, document="attach://none")
    assert refusal == "400 Bad Request: message caption is too long"


BAD_ENTITIES: list[tuple[Any, str]] = [
    (["bold"], "can't parse MessageEntity: expected an Object"),
    ([{"offset": 0, "length": 1}], "can't parse MessageEntity: Can't find field \"type\""),
    ([{"type": "fat", "offset": 0, "length": 1}], "can't parse MessageEntity: Unsupported type specified"),
    ([{"type": "bold", "length": 1}], "can't parse MessageEntity: Can't find field \"offset\""),
    (
        [{"type": "bold", "offset": 0.5, "length": 1}],
        'can\'t parse MessageEntity: Field "offset" must be a Number',
    ),
    (
        [{"type": "text_link", "offset": 0, "length": 1}],
        "can't parse MessageEntity: Can't find field \"url\"",
    ),
    ([{"type": "bold", "offset": -1, "length": 1}], "receive an entity with incorrect offset -1"),
    (
        [{"type": "bold", "offset": 9, "length": 1}],
        "entity begins after the end of the text at UTF-16 offset 9",
    ),
    (
        [{"type": "bold", "offset": 2, "length": 9}],
        "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 11",
    ),
    (
        [{"type": "bold", "offset": 1, "length": 2}],
        "entity begins in a middle of a UTF-16 symbol at byte offset 4",
    ),
    (
        [{"type": "bold", "offset": 0, "length": 1}],
        "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4",
    ),
]


@pytest.mark.parametrize(("entities", "complaint"), BAD_ENTITIES)
async def test_entities_that_are_refused(api: Api, chat_id: int, entities: Any, complaint: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=chat_id, text=f"{ROSE}abc", entities=entities)
    assert refusal == f"400 Bad Request: {complaint}"


async def test_entities_move_with_the_text_they_belong_to(api: Api, chat_id: int) -> None:
    bold = [{"type": "bold", "offset": 4, "length": 5}]
    stored = await said(api, chat_id, " \n\ra bcdef  ", entities=bold)
    assert stored["text"] == "a bcdef"
    assert stored["entities"] == [{"type": "bold", "offset": 1, "length": 5}]


async def test_marked_space_in_front_stays(api: Api, chat_id: int) -> None:
    stored = await said(api, chat_id, "  ab", entities=[{"type": "underline", "offset": 1, "length": 2}])
    assert (stored["text"], stored["entities"][0]["offset"]) == (" ab", 0)


async def test_entities_telegram_finds_by_itself(api: Api, chat_id: int) -> None:
    text = "/hilfe oder https://example.org/a, @PaenzPorzBot #porz hilfe@example.org"
    found = {
        one["type"]: text[one["offset"] :][: one["length"]]
        for one in (await said(api, chat_id, text))["entities"]
    }
    assert found == {
        "bot_command": "/hilfe",
        "url": "https://example.org/a",
        "mention": "@PaenzPorzBot",
        "hashtag": "#porz",
        "email": "hilfe@example.org",
    }


async def test_of_many_entities_a_hundred_stay(api: Api, chat_id: int, world: World) -> None:
    bold = [{"type": "bold", "offset": 2 * n, "length": 1} for n in range(120)]
    assert len((await said(api, chat_id, "a " * 120, entities=bold))["entities"]) == 100
    assert [sight.name for sight in world.ignored] == ["entities beyond 100"]


HTML_FAULTS = [
    ("<b>ü", 'Can\'t find end tag corresponding to start tag "b"'),
    ("ü<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("ü<b", "Unclosed start tag at byte offset 2"),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<b>ü</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
]


@pytest.mark.parametrize(("text", "complaint"), HTML_FAULTS)
async def test_html_that_is_refused(api: Api, chat_id: int, text: str, complaint: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=chat_id, text=text, parse_mode="html")
    assert refusal == f"400 Bad Request: can't parse entities: {complaint}"


async def test_html_that_is_understood(api: Api, chat_id: int) -> None:
    text = (
        f'{ROSE}<b>fett <i>beides</i></b> &lt;&amp;&gt;&#65;&nbsp; <a href="https://example.org?a=1&amp;b=2">hier</a> '
        '<pre><code class="language-python">x</code></pre><span class="tg-spoiler">psst</span>'
        "<blockquote expandable>lang</blockquote><a href='tg://user?id=17'>sie</a>"
    )
    stored = await said(api, chat_id, text, parse_mode="HTML")
    assert stored["text"] == f"{ROSE}fett beides <&>A&nbsp; hier xpsstlangsie"
    assert stored["entities"] == [
        {"offset": 2, "length": 11, "type": "bold"},
        {"offset": 7, "length": 6, "type": "italic"},
        {"offset": 25, "length": 4, "type": "text_link", "url": "https://example.org?a=1&b=2"},
        {"offset": 30, "length": 1, "type": "pre", "language": "python"},
        {"offset": 31, "length": 4, "type": "spoiler"},
        {"offset": 35, "length": 4, "type": "expandable_blockquote"},
        {"offset": 39, "length": 3, "type": "text_mention", "user": {"id": 17}},
    ]


async def test_references_to_half_a_character_stay_as_they_are(api: Api, chat_id: int) -> None:
    assert (await said(api, chat_id, "&#xD83C;&#127801;", parse_mode="HTML"))["text"] == f"&#xD83C;{ROSE}"


RESERVED = "_*[]()~`>#+-=|{}.!"
MARKDOWN_FAULTS = [
    ("Ende.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    ("a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
    ("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
    ("ü *fett", "Can't find end of Bold entity at byte offset 3"),
    ("_a", "Can't find end of Italic entity at byte offset 0"),
    ("__a_", "Can't find end of Italic entity at byte offset 3"),
    ("`a", "Can't find end of Code entity at byte offset 0"),
    ("```py\na", "Can't find end of PreCode entity at byte offset 0"),
    ("[a](http://x", "Can't find end of a URL at byte offset 4"),
    ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
    (">a *b\nc*", "Can't find end of Bold entity at byte offset 3"),
]


@pytest.mark.parametrize(("text", "complaint"), MARKDOWN_FAULTS)
async def test_markdown_v2_that_is_refused(api: Api, chat_id: int, text: str, complaint: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=chat_id, text=text, parse_mode="MarkdownV2")
    assert refusal == f"400 Bad Request: can't parse entities: {complaint}"


async def test_markdown_v2_that_is_understood(api: Api, chat_id: int) -> None:
    text = "*fett _beides_* __u__ ~s~ ||psst|| [hier](https://example.org/\\)) `a.b`\n>zitat\n>noch\nende\\."
    stored = await said(api, chat_id, text, parse_mode="MarkdownV2")
    assert stored["text"] == "fett beides u s psst hier a.b\nzitat\nnoch\nende."
    places = {one["type"]: (one["offset"], one["length"]) for one in stored["entities"]}
    assert places == {
        "bold": (0, 11),
        "italic": (5, 6),
        "underline": (12, 1),
        "strikethrough": (14, 1),
        "spoiler": (16, 4),
        "text_link": (21, 4),
        "code": (26, 3),
        "blockquote": (30, 11),
    }


async def test_underline_inside_italic(api: Api, chat_id: int) -> None:
    stored = await said(api, chat_id, "_a__b__c_", parse_mode="MarkdownV2")
    places = [(one["type"], one["offset"], one["length"]) for one in stored["entities"]]
    assert (stored["text"], places) == ("abc", [("italic", 0, 3), ("underline", 1, 1)])


async def test_every_reserved_character_can_be_escaped(api: Api, chat_id: int) -> None:
    text = "".join(f"\\{sign}" for sign in RESERVED)
    assert (await said(api, chat_id, text, parse_mode="MarkdownV2"))["text"] == RESERVED


async def test_the_old_markdown(api: Api, chat_id: int) -> None:
    stored = await said(
        api, chat_id, "*fett* _kursiv_ [hier](https://example.org) \\*", parse_mode="Markdown"
    )
    assert stored["text"] == "fett kursiv hier *"
    assert [one["type"] for one in stored["entities"]] == ["bold", "italic", "text_link"]
    refusal = await api.refused("sendMessage", chat_id=chat_id, text="ü *a", parse_mode="Markdown")
    assert refusal.endswith("can't parse entities: Can't find end of the entity starting at byte offset 3")


async def test_an_unknown_parse_mode(api: Api, chat_id: int) -> None:
    refusal = await api.refused("sendMessage", chat_id=chat_id, text="a", parse_mode="rst")
    assert refusal == "400 Bad Request: unsupported parse_mode"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ("{", "can't parse link preview options JSON object"),
        ([], "object expected as link preview options"),
        ({"is_disabled": "yes"}, 'field "is_disabled" must be of type Boolean'),
    ],
)
async def test_link_preview_options(api: Api, chat_id: int, options: Any, complaint: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=chat_id, text="a", link_preview_options=options)
    assert refusal == f"400 Bad Request: {complaint}"
