"""Photos, documents and voices: checked, kept within a bound, found again by file_id."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.call import Call, Upload
from bot.demo.telegram.errors import ApiError, bad
from bot.demo.telegram.rules import Rules

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_OGG = b"OggS"
_NAMES = {
    "photo": "Photo",
    "document": "Document",
    "voice": "VoiceNote",
}  # as Telegram calls them in refusals
_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


@dataclass(frozen=True, slots=True)
class File:
    """A stored file. `shape` is what the Bot API shows of it."""

    file_id: str
    name: str
    content: bytes
    content_type: str
    shape: Any
    kind: str


class Media:
    """Files by file_id; the oldest are forgotten when all together grow too big."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, File] = OrderedDict()
        self._bytes = 0

    def get(self, file_id: str) -> File | None:
        """A file the bot or somebody's phone sent, None when unknown or forgotten."""
        return self._files.get(file_id)

    def receive(self, rules: Rules, call: Call, kind: str) -> File:
        """The file of a sendPhoto, sendDocument or sendVoice, stored if it is new. Raises 400 or 413.

        What is sent as a voice and is no OGG arrives as a document.
        """
        given = call.upload(kind)
        if given is None:
            raise bad(f"There is no {kind} in the request")
        if isinstance(given, str):
            return self._known(given, kind)
        if len(given.content) > rules.document_bytes:
            raise ApiError(413, "Request Entity Too Large")
        if not given.content:
            raise bad("File must be non-empty")
        file = _made(rules, given, kind, call.number("duration", low=0))
        self._keep(rules, file)
        return file

    def spoken(self, rules: Rules, seconds: int) -> File:
        """A voice that somebody has just recorded on their phone."""
        file = _voice(Upload("voice.ogg", _OGG + bytes(1000 * seconds)), seconds)
        self._keep(rules, file)
        return file

    def _known(self, given: str, kind: str) -> File:
        if "://" in given:
            # The double reaches nobody but loopback, so an address can never be fetched.
            raise bad("WEBPAGE_CURL_FAILED" if "." not in given else "Failed to get HTTP URL content")
        file = self._files.get(given)
        if file is None:
            raise bad("Wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        if file.kind != kind:
            raise bad(f"Can't use file of type {_NAMES[file.kind]} as {_NAMES[kind]}")
        return file

    def _keep(self, rules: Rules, file: File) -> None:
        self._files[file.file_id] = file
        self._bytes += len(file.content)
        while self._bytes > rules.media_bytes_kept and len(self._files) > 1:
            _, oldest = self._files.popitem(last=False)
            self._bytes -= len(oldest.content)


def _identity() -> tuple[str, dict[str, Any]]:
    file_id = f"AgAD{secrets.token_urlsafe(24)}"
    return file_id, {"file_id": file_id, "file_unique_id": file_id[4:20]}


def _made(rules: Rules, given: Upload, kind: str, seconds: int) -> File:
    if kind == "photo":
        return _photo(rules, given)
    if kind == "voice" and given.content.startswith(_OGG):
        return _voice(given, seconds)
    return _document(given)


def _voice(upload: Upload, seconds: int) -> File:
    file_id, identity = _identity()
    size = {"file_size": len(upload.content)}
    shape = {"duration": seconds, "mime_type": "audio/ogg", **identity, **size}
    return File(file_id, upload.name, upload.content, "audio/ogg", shape, "voice")


def _photo(rules: Rules, upload: Upload) -> File:
    if len(upload.content) > rules.photo_bytes:
        raise bad("File is too big for a photo; the maximum size is 10485760 bytes")
    size = dimensions(upload.content)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    file_id, identity = _identity()
    shape = [{**identity, "file_size": len(upload.content), "width": width, "height": height}]
    content_type = "image/png" if upload.content.startswith(_PNG) else "image/jpeg"
    return File(file_id, upload.name, upload.content, content_type, shape, "photo")


def _document(upload: Upload) -> File:
    file_id, identity = _identity()
    content_type = upload.content_type or "application/octet-stream"
    shape = {
        "file_name": upload.name,
        "mime_type": content_type,
        **identity,
        "file_size": len(upload.content),
    }
    return File(file_id, upload.name, upload.content, content_type, shape, "document")


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or JPEG, None for anything else."""
    if content.startswith(_PNG) and len(content) >= 24:
        size = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
        return size if min(size) > 0 else None
    return _jpeg_size(content) if content.startswith(_JPEG) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        if content[at + 1] in _JPEG_FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
