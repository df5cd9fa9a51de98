"""What a check found: one sentence, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from locales.phrase import Domain


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault in a file; `key` may be a header name or empty."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.key}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Line:
    """One text under examination, beside the German it says."""

    domain: Domain
    language: str
    key: str
    german: str
    text: str

    @property
    def file(self) -> str:
        return f"{self.language}/LC_MESSAGES/{self.domain}.po"

    def problems(self, sentences: Iterable[str]) -> Iterator[Problem]:
        return (Problem(self.file, self.key, sentence) for sentence in sentences)
