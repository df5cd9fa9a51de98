"""What might happen to people, what is done against it, and what nobody can protect."""

from dataclasses import dataclass

from bot.papers import controls
from bot.papers.controls import Control


@dataclass(frozen=True, slots=True)
class Risk:
    """What might happen to somebody, by the end of its key."""

    name: str
    controls: tuple[Control, ...]


RISKS = (
    Risk(
        "lost_cry",
        (
            controls.STORED_FIRST,
            controls.PAGES_UNTIL_TAKEN,
            controls.TELLS_THE_TRUTH,
            controls.NUMBERS_FOR_ALL,
            controls.CRISIS_FIRST,
        ),
    ),
    Risk(
        "wrong_reader",
        (
            controls.OWN_FAMILIES_ONLY,
            controls.SECOND_FACTOR,
            controls.READS_ARE_NOTED,
            controls.ENTRUSTED_APART,
            controls.PAGES_SAY_NOTHING,
        ),
    ),
    Risk(
        "stolen_store",
        (controls.FILE_ENCRYPTED, controls.FIELDS_SEALED, controls.KEYS_APART, controls.QUIET_LOG),
    ),
    Risk("changed_record", (controls.JOURNAL_CHAINED,)),
    Risk("wrong_person", (controls.OPENS_ONCE, controls.ANSWERS_ALIKE, controls.CONFIRMED_BY_CASEWORKER)),
    Risk("seen_phone", (controls.DISCREET, controls.WIPED)),
    Risk(
        "read_by_telegram", (controls.LITTLE_IN_CHATS, controls.PAGES_SAY_NOTHING, controls.ASKED_FOR_CONSENT)
    ),
    Risk("kept_too_long", (controls.PURGED, controls.ERASED, controls.TWO_PEOPLE)),
    Risk("forced_consent", (controls.REVOKED_WITH_A_TAP, controls.NUMBERS_FOR_ALL)),
    Risk("not_heard", (controls.SEES_EVERYTHING, controls.REVOKED_WITH_A_TAP)),
    Risk("misuse", (controls.FLOODS_END, controls.HOSTILE_INPUT)),
    Risk("misunderstood", (controls.CATALOGS_CHECKED, controls.NUMBERS_IN_ORDER)),
    Risk("watched_staff", (controls.JOURNAL_OF_MARKS,)),
)

# what stays open whatever the code does, each by the end of its key
UNPROTECTED = (
    "telegram",
    "taken_phone",
    "shown",
    "running_server",
    "nobody_on_duty",
    "one_channel",
    "free_text",
)
