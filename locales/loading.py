"""From a PO file to texts that answer at once: compiled beside it or, when that is stale, in memory."""

import gettext
import hashlib
import io
import logging
import struct
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from locales import po
from locales.languages import SOURCE, shipped
from locales.phrase import Domain

HERE = Path(__file__).parent
DOMAINS: tuple[Domain, ...] = ("families", "staff")
# Stands among the texts, where no key can collide with it: keys have no capitals.
_FINGERPRINT = "MADE FROM"

_log = logging.getLogger(__name__)


class _Nothing(gettext.NullTranslations):
    """The end of every lookup: an empty text instead of the question given back."""

    def gettext(self, message: str) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


def po_path(language: str, domain: Domain, root: Path = HERE) -> Path:
    return root / language / "LC_MESSAGES" / f"{domain}.po"


def sheet(language: str, domain: Domain, root: Path = HERE) -> po.Sheet:
    """The entries of one file; none when there is no such file. Raises po.CatalogError when it is broken."""
    path = po_path(language, domain, root)
    return po.read(path, language) if path.exists() else po.Sheet({}, ())


def catalog(language: str, domain: Domain, root: Path = HERE) -> gettext.NullTranslations:
    """Lookup of one language's texts, "" for what is missing or doubtful. Raises po.CatalogError."""
    path = po_path(language, domain, root)
    found: gettext.NullTranslations = gettext.NullTranslations()
    if path.exists():
        found = _ready_made(path) or gettext.GNUTranslations(io.BytesIO(compiled(path, language)))
    found.add_fallback(_Nothing())
    return found


def compiled(path: Path, language: str) -> bytes:
    """The MO form of a PO file, carrying a fingerprint of what it was made from."""
    made = Catalog(charset="utf-8", fuzzy=False)
    for entry in po.read(path, language).entries:
        if entry.usable and language == SOURCE:
            made.add(entry.key, entry.text)
        elif entry.usable:
            made.add(entry.german, entry.text, context=entry.key)
    made.add(_FINGERPRINT, _fingerprint(path))
    out = io.BytesIO()
    write_mo(out, made)
    return out.getvalue()


def _ready_made(path: Path) -> gettext.GNUTranslations | None:
    # Times of files lie after a checkout or a copy; a fingerprint of the source never does.
    beside = path.with_suffix(".mo")
    try:
        found = gettext.GNUTranslations(io.BytesIO(beside.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, struct.error) as error:
        _log.warning("%s cannot be read (%s); using its source instead", beside, error)
        return None
    return found if found.gettext(_FINGERPRINT) == _fingerprint(path) else None


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def every_file() -> tuple[tuple[str, Domain], ...]:
    """Each (language, domain) that is shipped."""
    return tuple((code, domain) for domain in DOMAINS for code in shipped(domain))
