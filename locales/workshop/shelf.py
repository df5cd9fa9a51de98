"""All catalog files of one folder, what they should look like, and writing them without tearing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from locales import loading, po
from locales.languages import SOURCE, shipped
from locales.phrase import Domain
from locales.workshop.extraction import MARKS, Asked, asked

Entries = dict[str, po.Entry]


@dataclass
class Shelf:
    """The texts of a catalog folder: by domain and language, then by key."""

    root: Path
    texts: dict[tuple[Domain, str], Entries] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path) -> "Shelf":
        """Reads every shipped file. Of a key that stands twice the first counts. Raises po.CatalogError."""
        shelf = cls(root)
        for code, domain in loading.every_file():
            entries = loading.sheet(code, domain, root).entries
            shelf.texts[domain, code] = {entry.key: entry for entry in reversed(entries)}
        return shelf

    def german(self, domain: Domain) -> Entries:
        return self.texts[domain, SOURCE]


def in_step(shelf: Shelf, calls: list[Asked]) -> None:
    """Adds the keys that code asks for, and lets every translation follow its German text."""
    for domain in loading.DOMAINS:
        german = shelf.german(domain)
        for one in calls:
            if MARKS[one.mark] == domain and one.key and not one.key.endswith("*"):
                german.setdefault(one.key, po.Entry(one.key, "", ""))
        for code in shipped(domain)[1:]:
            old = shelf.texts[domain, code]
            shelf.texts[domain, code] = {
                key: po.follow(old.get(key, po.Entry(key, entry.text, "")), entry.text)
                for key, entry in german.items()
                if entry.text
            }


def files(shelf: Shelf, calls: list[Asked]) -> dict[Path, str]:
    """The right content of every catalog and template file."""
    right = {
        loading.po_path(code, domain, shelf.root): po.render(code, list(entries.values()))
        for (domain, code), entries in shelf.texts.items()
    }
    for domain in loading.DOMAINS:
        right[shelf.root / f"{domain}.pot"] = _template(domain, shelf.german(domain), calls)
    return right


def update(root: Path) -> list[Path]:
    """Brings every file in step with the code and the German texts; returns those that changed."""
    with locked(root):
        shelf = Shelf.read(root)
        return write(shelf)


def write(shelf: Shelf) -> list[Path]:
    """Writes what differs, each file at once or not at all."""
    calls = asked(shelf.root)
    in_step(shelf, calls)
    changed = [(path, text) for path, text in files(shelf, calls).items() if text != _content(path)]
    for path, text in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    return [path for path, _ in changed]


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Holds the folder, so that two people adding texts at once do not lose one another's."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def asks_for(one: Asked, domain: Domain, key: str) -> bool:
    """True when this call may say this key."""
    return MARKS[one.mark] in (domain, None) and one.key is not None and fnmatchcase(key, one.key)


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _template(domain: Domain, german: Entries, calls: list[Asked]) -> str:
    blocks = [
        'msgid ""\nmsgstr ""\n"Project-Id-Version: paenz\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    ]
    for key in sorted(german):
        places = sorted({one.place for one in calls if asks_for(one, domain, key)})
        blocks.append("".join(f"#: {place}\n" for place in places) + f'msgid "{key}"\nmsgstr ""\n')
    return "\n".join(blocks)
