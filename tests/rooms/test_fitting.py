"""Long words in parts that fit a message: nothing of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from handlers import fitting


@given(st.text(max_size=9000), st.integers(1, 4000))
def test_no_character_is_lost_in_pieces(text: str, most: int) -> None:
    pieces = fitting.pieces(text, most)

    assert "".join(pieces) == text
    assert all(0 < len(piece) <= most for piece in pieces)


@given(st.text(st.characters(codec="utf-8"), max_size=400), st.integers(10, 100))
def test_nothing_of_a_long_note_is_lost(text: str, most: int) -> None:
    parts = fitting.dotted(text, most)
    assert all(len(part) <= most for part in parts)
    last = len(parts) - 1
    bare = [part[2 if n else 0 : -2 if n < last else None] for n, part in enumerate(parts)]
    assert "".join(bare) == text
