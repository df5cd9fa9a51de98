"""What people send that is no text: as Telegram tells a bot of it."""

from bot.demo.telegram.messages import Json

_FILE: Json = {"file_id": "CAACAgIAAxkBAAEB", "file_unique_id": "AgADunique", "file_size": 24_000}
_SIZE: Json = {**_FILE, "width": 90, "height": 60}
_USER_COUNTS: Json = {"total_voter_count": 0, "is_closed": False, "is_anonymous": True}

STICKER: Json = {
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "emoji": "👍",
    "set_name": "Ottifant",
    **_FILE,
}
PHOTO: list[Json] = [_SIZE]
OTHERS: dict[str, Json] = {
    "voice": {"voice": {**_FILE, "duration": 4, "mime_type": "audio/ogg"}},
    "audio": {"audio": {**_FILE, "duration": 60, "title": "Lied"}},
    "video": {"video": {**_SIZE, "duration": 5}},
    "video_note": {"video_note": {**_FILE, "length": 240, "duration": 5}},
    "animation": {
        "animation": {**_SIZE, "duration": 2, "file_name": "a.mp4"},
        "document": {**_FILE, "file_name": "a.mp4"},
    },
    "document": {"document": {**_FILE, "file_name": "Bescheid.pdf", "mime_type": "application/pdf"}},
    "dice": {"dice": {"emoji": "🎲", "value": 5}},
    "venue": {
        "venue": {
            "location": {"latitude": 50.886, "longitude": 7.060},
            "title": "Rathaus Porz",
            "address": "Friedrich-Ebert-Ufer 64",
        },
        "location": {"latitude": 50.886, "longitude": 7.060},
    },
    "poll": {
        "poll": {
            "id": "4711",
            "question": "Wann?",
            "options": [
                {"persistent_id": "1", "text": "heute", "voter_count": 0},
                {"persistent_id": "2", "text": "morgen", "voter_count": 0},
            ],
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
            **_USER_COUNTS,
        }
    },
}
