"""An empty, migrated store with its keys, made once for a run of the tests and copied for whoever needs one."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from storage.keyring import Keys, opened
from storage.migrate import upgrade


def keys_in(folder: Path) -> Keys:
    """The template's keys, copied into the folder; keys that lie there already stay."""
    keys = Keys.within(folder / "keys")
    if not keys.file.exists():
        shutil.copytree(_template() / "keys", folder / "keys")
    return keys


def store_in(folder: Path, name: str) -> str:
    """The template's store, copied into the folder under this name; its URL. It opens with the template's keys."""
    shutil.copy(_template() / "empty.db", folder / name)
    return f"sqlite:///{folder / name}"


@cache
def _template() -> Path:
    keeper = tempfile.TemporaryDirectory(prefix="paenz-template-")
    _kept.append(keeper)  # it goes when the process ends
    folder = Path(keeper.name)
    keyring = opened(Keys.within(folder / "keys"))
    upgrade(f"sqlite:///{folder}/empty.db", keyring)
    keyring.close()
    return folder


_kept: list[tempfile.TemporaryDirectory[str]] = []
