"""Only addresses that may lead to a calendar are taken; webcal means https."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.calendars.rules import NotUnderstood, address


@pytest.mark.parametrize("scheme", ["https", "webcal", "webcals", "WebCal"])
def test_a_calendar_is_asked_for_over_https(scheme: str) -> None:
    assert address(f" {scheme}://cloud.example.org/x?export ") == "https://cloud.example.org/x?export"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "kalender",
        "http://cloud.example.org/x",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "https://name:word@example.org/x",
        "https://name@example.org/x",
        "https://[::1",
        "https://example.org:99999999/",
        "https://example.org/ x",
        "https://exämple.org/",
        "https://example.org/" + "x" * 1000,
    ],
)
def test_anything_else_is_not_understood(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        address(typed)


@given(st.text(max_size=80), st.sampled_from(["", "https://", "webcal://", "https://["]))
def test_no_text_makes_it_stumble_and_what_is_taken_is_https(text: str, begins: str) -> None:
    try:
        taken = address(begins + text)
    except NotUnderstood:
        return
    assert taken.startswith("https://")
