"""What counts as a check-in, and what belongs to it."""

from datetime import datetime, timedelta

from storage.records import CheckIn, Mood

FACES: dict[Mood, str] = {Mood.GOOD: "🙂", Mood.SO_SO: "😐", Mood.BAD: "😟"}
LONGEST_NOTE = 500
SAME_WITHIN = timedelta(minutes=1)
# Later words are likely about something else, and a note nobody expects is a note nobody reads.
NOTE_WITHIN = timedelta(hours=1)

_MOODS = {face: mood for mood, face in FACES.items()}


def mood_of(typed: str) -> Mood | None:
    """The mood behind a typed face, alone or repeated; None for every other text."""
    bare = "".join(sign for sign in typed if not sign.isspace() and sign != "\ufe0f")
    faces = set(bare)
    return _MOODS.get(faces.pop()) if len(faces) == 1 else None


def is_repeat(earlier: CheckIn, mood: Mood, now: datetime) -> bool:
    """A second tap of an impatient finger, not a second check-in."""
    return earlier.mood is mood and now - earlier.at < SAME_WITHIN


def takes_note(taken: CheckIn, now: datetime) -> bool:
    """Whether what is typed now still belongs to that check-in."""
    return now - taken.at < NOTE_WITHIN


def needs_someone(mood: Mood) -> bool:
    """Whether the caseworker is told at once."""
    return mood is Mood.BAD
