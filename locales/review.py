"""The ledger of native speakers: which text was read by whom, as long as nobody changes it."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locales import loading
from locales.phrase import Domain
from locales.translator import keys, text_of

LEDGER = loading.HERE / "REVIEW.json"


@dataclass(frozen=True, slots=True)
class Review:
    """Who read a text, and on which day (ISO)."""

    reviewer: str
    date: str


def fingerprint(language: str, key: str, german: str, text: str) -> str:
    """What a review holds for; any change to the text or its German makes another one."""
    return hashlib.sha256("\0".join((language, key, german, text)).encode()).hexdigest()


def read(ledger: Path = LEDGER) -> dict[str, Review]:
    """All reviews by fingerprint. Raises OSError or ValueError for a ledger that cannot be read."""
    rows = json.loads(ledger.read_text(encoding="utf-8"))
    return {mark: Review(row["reviewer"], row["date"]) for mark, row in rows.items()}


def write(reviews: dict[str, Review], ledger: Path = LEDGER) -> None:
    """Writes the ledger, sorted, so that two reviews make one clean difference each."""
    rows = {mark: {"reviewer": row.reviewer, "date": row.date} for mark, row in sorted(reviews.items())}
    ledger.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@cache
def _reviews() -> dict[str, Review]:
    return read()


def reviewed(language: str, key: str, domain: Domain = "families") -> bool:
    """True when a native speaker has read exactly this text. A German stand-in is not reviewed."""
    return _stands(language, key, domain, _reviews())


def unreviewed(
    language: str, domain: Domain = "families", reviews: dict[str, Review] | None = None
) -> tuple[str, ...]:
    """The keys whose text in this language no native speaker has read as it stands now."""
    known = _reviews() if reviews is None else reviews
    return tuple(key for key in sorted(keys(domain)) if not _stands(language, key, domain, known))


def _stands(language: str, key: str, domain: Domain, reviews: dict[str, Review]) -> bool:
    text = text_of(domain, language, key)
    german = text_of(domain, "de", key) or ""
    return text is not None and fingerprint(language, key, german, text) in reviews
