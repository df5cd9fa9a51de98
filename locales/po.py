"""Reading and writing the catalogs' plain files, strictly: what is not understood is named by its line.

German is the source: there msgid is the key and msgstr the text. Every other language is bilingual:
msgctxt is the key, msgid the German text and msgstr its translation. Plurals are not used.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.pofile import denormalize, normalize

from locales.languages import LANGUAGES, SOURCE

# Lists of words that people may type. Each language has its own, so German never makes another one stale.
WORD_LIST = ".words"
_LINE = re.compile(r'(?P<word>msgctxt |msgid |msgstr )?(?P<text>"(?:[^"\\]|\\.)*")\s*')
_SLOT = re.compile(r"\{\w+\}")


class CatalogError(Exception):
    """A catalog file cannot be read; the sentence names the file and the line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text: its key, the German it was made from, the text itself, and where it stands."""

    key: str
    german: str
    text: str
    fuzzy: bool = False
    previous: str | None = None
    notes: tuple[str, ...] = ()
    line: int = 0

    @property
    def usable(self) -> bool:
        return bool(self.text) and not self.fuzzy


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file: its header lines by name, and its entries in order, doubles included."""

    header: dict[str, str]
    entries: tuple[Entry, ...]


def read(path: Path, language: str) -> Sheet:
    """Reads one PO file. Raises CatalogError with file and line when it is broken."""
    header: dict[str, str] = {}
    entries: list[Entry] = []
    for number, block in _blocks(path):
        fields, marks = _parse(path, number, block)
        if not fields.get("msgctxt") and not fields["msgid"]:
            header = dict(line.split(": ", 1) for line in fields["msgstr"].splitlines() if ": " in line)
        else:
            entries.append(_entry(path, number, language, fields, marks))
    return Sheet(header, tuple(entries))


def _blocks(path: Path) -> list[tuple[int, list[str]]]:
    blocks: list[tuple[int, list[str]]] = []
    open_block: list[str] | None = None
    for number, line in enumerate(_decoded(path).split("\n"), 1):
        if not line.strip():
            open_block = None
        elif not line.startswith("#~"):
            if open_block is None:
                open_block = []
                blocks.append((number, open_block))
            open_block.append(line)
    return blocks


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CatalogError(f"{path}:{line}: this is not UTF-8") from error


def _parse(path: Path, number: int, block: list[str]) -> tuple[dict[str, str], list[str]]:
    quoted: dict[str, list[str]] = {}
    marks: list[str] = []
    word = ""
    for offset, line in enumerate(block):
        if line.startswith("#"):
            marks.append(line)
            continue
        found = _LINE.fullmatch(line)
        word = (found["word"] or word).strip() if found else ""
        if found is None or not word or (found["word"] and word in quoted):
            raise CatalogError(f"{path}:{number + offset}: this line is not understood: {line!r}")
        quoted.setdefault(word, []).append(found["text"])
    if not {"msgid", "msgstr"} <= quoted.keys():
        raise CatalogError(f"{path}:{number}: msgid or msgstr is missing")
    return {word: denormalize("\n".join(['""', *texts])) for word, texts in quoted.items()}, marks


def _entry(path: Path, number: int, language: str, fields: dict[str, str], marks: list[str]) -> Entry:
    german = language == SOURCE
    if german == ("msgctxt" in fields):
        rule = "msgid is the key, without msgctxt" if german else "msgctxt holds the key"
        raise CatalogError(f"{path}:{number}: in this file {rule}")
    previous = [line[2:].strip() for line in marks if line.startswith("#|")]
    return Entry(
        key=fields["msgid"] if german else fields["msgctxt"],
        german=fields["msgstr"] if german else fields["msgid"],
        text=fields["msgstr"],
        fuzzy=any(line.startswith("#,") and "fuzzy" in line for line in marks),
        previous=_unquote(previous) if previous else None,
        notes=tuple(line[2:].strip() for line in marks if line.startswith("# ")),
        line=number,
    )


def _unquote(lines: list[str]) -> str:
    return denormalize("\n".join(['""', *(line.removeprefix("msgid ") for line in lines)]))


def header(language: str) -> dict[str, str]:
    """The header every file of this language must have; without dates, so that nothing changes by itself."""
    return {
        "Project-Id-Version": "paenz",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language].plurals,
    }


def render(language: str, entries: list[Entry]) -> str:
    """The one right file text for these entries, sorted by key."""
    top = "".join(f'"{name}: {value}\\n"\n' for name, value in header(language).items())
    blocks = [f'msgid ""\nmsgstr ""\n{top}']
    blocks += [_block(language, entry) for entry in sorted(entries, key=lambda entry: entry.key)]
    return "\n".join(blocks)


def _block(language: str, entry: Entry) -> str:
    lines = [f"# {note}" for note in entry.notes]
    flags = ["fuzzy"] * entry.fuzzy + ["python-brace-format"] * _has_slots(language, entry)
    lines += [f"#, {', '.join(flags)}"] if flags else []
    if entry.previous is not None:
        lines += [f"#| {line}" for line in f"msgid {_quote(entry.previous)}".split("\n")]
    if language == SOURCE:
        lines += [f"msgid {_quote(entry.key)}"]
    else:
        lines += [f"msgctxt {_quote(entry.key)}", f"msgid {_quote(entry.german)}"]
    return "\n".join([*lines, f"msgstr {_quote(entry.text)}", ""])


def _has_slots(language: str, entry: Entry) -> bool:
    # The German file has keys for its msgid, and gettext would miss the slots there.
    return language != SOURCE and _SLOT.search(entry.german) is not None


def _quote(text: str) -> str:
    return normalize(text, width=0)


def follow(entry: Entry, german: str) -> Entry:
    """The translation after its German text changed: doubtful, with the old German kept for comparison."""
    if entry.german == german:
        return entry
    if entry.key.endswith(WORD_LIST):
        return replace(entry, german=german)
    origin = entry.previous if entry.fuzzy and entry.previous is not None else entry.german
    if not entry.text or origin == german:
        return replace(entry, german=german, fuzzy=False, previous=None)
    return replace(entry, german=german, fuzzy=True, previous=origin)
