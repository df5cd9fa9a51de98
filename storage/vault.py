"""Seals what is sensitive and opens it again: AES-256-GCM, bound to the place where it lies.

A sealed value is: one byte of version, 8 bytes of key id, 12 bytes of nonce, the text with its 16-byte tag.
What it is bound to (table, column, holder, row) is checked and not stored: moved elsewhere it does not open.
"""

import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from storage.keyring import ID_BYTES, Keyring, Shredded

VERSION = b"\x01"
NONCE_BYTES = 12
_NONCE_AT = 1 + ID_BYTES
_TEXT_AT = _NONCE_AT + NONCE_BYTES
TAG_BYTES = 16
INDEX_BYTES = 16
HOUSE = "house"
INDEX, JOURNAL, STORE = "blind index", "journal", "store"


class Tampered(Exception):  # noqa: N818 - what it says
    """A sealed value was changed, or lies where it was not put."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column whose values are sealed."""

    table: str
    column: str


def family_holder(family_id: str) -> str:
    return f"family:{family_id}"


def person_holder(person_id: str | None) -> str:
    """Whose key it is; the house's where it is about nobody we know."""
    return f"person:{person_id}" if person_id else HOUSE


class Vault:
    """The way to all keys for whoever writes or reads a row."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self._index = keyring.current(INDEX).raw
        self.journal_key = keyring.current(JOURNAL).raw

    @property
    def store_key(self) -> bytes:
        """What the store's own file is encrypted with: 32 bytes."""
        return self.keyring.current(STORE).raw

    def seal(self, field: Field, holder: str, row: object, text: str) -> bytes:
        """The text, sealed under the holder's current key and bound to this place."""
        key = self.keyring.current(holder)
        key.uses += 1
        nonce = os.urandom(NONCE_BYTES)
        head = VERSION + key.id
        return head + nonce + key.aead.encrypt(nonce, text.encode(), _place(head, field, holder, row))

    def open(self, field: Field, holder: str, row: object, sealed: bytes) -> str:
        """The text again. Raises Shredded when its key was destroyed, Tampered when it was changed or moved."""
        head, nonce = sealed[:_NONCE_AT], sealed[_NONCE_AT:_TEXT_AT]
        if head[:1] != VERSION or len(sealed) < _TEXT_AT + TAG_BYTES:
            raise Tampered(f"{field.table}.{field.column} is no sealed value")
        key = self.keyring.by_id(head[1:])
        try:
            return key.aead.decrypt(nonce, sealed[_TEXT_AT:], _place(head, field, holder, row)).decode()
        except InvalidTag:
            raise Tampered(f"{field.table}.{field.column} was changed or moved") from None

    def is_readable(self, sealed: bytes) -> bool:
        """Whether its key still exists."""
        try:
            self.keyring.by_id(key_id(sealed))
        except Shredded:
            return False
        return True

    def index(self, kind: str, value: object) -> bytes:
        """Finds a value again without telling it: 16 bytes, the same for the same kind and value."""
        return hmac.digest(self._index, f"{kind}|{value}".encode(), "sha256")[:INDEX_BYTES]


def key_id(sealed: bytes) -> bytes:
    """Which key it was sealed with."""
    return sealed[1:_NONCE_AT]


def _place(head: bytes, field: Field, holder: str, row: object) -> bytes:
    return head + f"{field.table}|{field.column}|{holder}|{row}".encode()
