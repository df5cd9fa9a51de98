"""Every limit of the double in one place, so that a story can loosen one and say so."""

from dataclasses import dataclass

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Rules:
    """Telegram's limits. Times in seconds, sizes in the unit named; None switches a rate off."""

    per_second: int | None = 30
    per_chat_per_second: int | None = 1
    text: int = 4096  # UTF-16 units: Telegram says characters, so the stricter reading is the safe one
    caption: int = 1024  # UTF-16 units
    alert: int = 200  # UTF-16 units
    callback_data: int = 64  # bytes
    entities: int = 100
    buttons: int = 100
    commands: int = 100
    photo_bytes: int = 10 * 1024 * 1024
    document_bytes: int = 50 * 1024 * 1024
    answer_bytes: int = 4 * 1024 * 1024  # one getUpdates answer
    query_lifetime: float = 15.0
    message_update_lifetime: int = DAY
    callback_update_lifetime: int = 150
    inline_update_lifetime: int = 30
    deletion_window: int = 2 * DAY
    poll_oddities: bool = True  # the same offset again within 0.5 s or 3 s is slowed down
    conflict_pause: float = 3.0
    webhook_retry: float = 1.0  # first back-off; doubles up to two minutes
    updates_kept: int = 100_000
    messages_kept: int = 1_000  # per chat
    queries_kept: int = 10_000
    requests_kept: int = 10_000
    media_bytes_kept: int = 128 * 1024 * 1024
