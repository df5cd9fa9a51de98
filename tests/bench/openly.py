"""The peer by which one measures what sealing costs: the same bot, with an open file and a vault that seals nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from storage import engine, migrate
from storage.keyring import Keyring
from storage.vault import INDEX_BYTES, Field, Vault


class OpenVault(Vault):
    """For measurements alone: whatever is put into it lies there for everybody to read."""

    def __init__(self, keyring: Keyring) -> None:
        super().__init__(keyring)
        keyring.follow = lambda: None  # type: ignore[method-assign]

    @property
    def store_key(self) -> None:  # type: ignore[override]
        """The file is an open one."""

    def seal(self, field: Field, holder: str, row: object, text: str) -> bytes:
        return text.encode()

    def open(self, field: Field, holder: str, row: object, sealed: bytes) -> str:
        return sealed.decode()

    def is_readable(self, sealed: bytes) -> bool:
        return True

    def index(self, kind: str, value: object) -> bytes:
        return blake2b(f"{kind}|{value}".encode(), digest_size=INDEX_BYTES).digest()


@contextmanager
def everything_open() -> Iterator[None]:
    """As long as it lasts, stores are made and opened without any key."""
    patched: list[tuple[Any, str, Any]] = [
        (engine, "Vault", OpenVault),
        (engine, "damage", lambda raw: []),
        (migrate, "Vault", OpenVault),
        (migrate, "is_plain", lambda path: False),
    ]
    before = [(module, name, getattr(module, name)) for module, name, _ in patched]
    for module, name, instead in patched:
        setattr(module, name, instead)
    try:
        yield
    finally:
        for module, name, was in before:
            setattr(module, name, was)
