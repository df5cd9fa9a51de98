"""A review holds for exactly the text that was read."""

from pathlib import Path

import pytest

from locales import review
from locales.catalogs import main
from locales.translator import keys, text_of


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty ledger in place of the shipped one."""
    path = tmp_path / "REVIEW.json"
    path.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(review, "_reviews", lambda: review.read(path))
    monkeypatch.setattr(review, "read", lambda _=path, read=review.read: read(path))
    monkeypatch.setattr(review, "write", lambda rows, write=review.write: write(rows, path))
    return path


def test_nothing_counts_as_reviewed_before_somebody_read_it(ledger: Path) -> None:
    assert not review.reviewed("ar", "kind.doctor")
    assert set(review.unreviewed("ar")) == keys("families")


def test_a_review_is_noted_with_name_and_day(ledger: Path) -> None:
    assert main(["review", "ar", "Layla H.", "2026-11-22", "kind.doctor"]) == 0
    assert review.reviewed("ar", "kind.doctor")
    assert not review.reviewed("tr", "kind.doctor")
    assert "kind.doctor" not in review.unreviewed("ar")
    assert list(review.read().values()) == [review.Review("Layla H.", "2026-11-22")]


def test_a_changed_text_is_unread_again() -> None:
    german, arabic = "Arzt-Termin", text_of("families", "ar", "kind.doctor") or ""
    mark = review.fingerprint("ar", "kind.doctor", german, arabic)
    others = [("ar", "kind.doctor", german, arabic + "."), ("ar", "kind.doctor", german + ".", arabic),
              ("ar", "kind.other", german, arabic), ("tr", "kind.doctor", german, arabic)]  # fmt: skip
    assert mark not in {review.fingerprint(*other) for other in others}


def test_what_has_no_text_cannot_be_reviewed(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not review.reviewed("ar", "no.such_key")
    assert main(["review", "ar", "Layla H.", "2026-11-22", "no.such_key"]) == 1
    assert "no text" in capsys.readouterr().err
    assert review.read() == {}


def test_the_shipped_ledger_can_be_read() -> None:
    assert isinstance(review.read(review.LEDGER), dict)
