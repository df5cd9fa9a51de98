"""Every answer Telegram can give has its outcome."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dispatch import judge
from bot.outcomes import LONGEST_WAIT, Fate, backoff, outcome_of
from bot.wire import Reply

MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
KNOWN = [
    # what we wanted is already so
    (400, MODIFIED, Fate.DELIVERED),
    (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        Fate.DELIVERED,
    ),
    (400, "Bad Request: QUERY_ID_INVALID", Fate.DELIVERED),
    # the message to change is gone
    (400, "Bad Request: message to edit not found", Fate.VANISHED),
    (400, "Bad Request: message can't be edited", Fate.VANISHED),
    (400, "Bad Request: MESSAGE_ID_INVALID", Fate.VANISHED),
    (400, "Bad Request: there is no text in the message to edit", Fate.VANISHED),
    # the person can't be reached
    (403, "Forbidden: bot was blocked by the user", Fate.BLOCKED),
    (403, "Forbidden: user is deactivated", Fate.BLOCKED),
    (403, "Forbidden: bot can't initiate conversation with a user", Fate.BLOCKED),
    (403, "Forbidden: bot can't send messages to bots", Fate.BLOCKED),
    (403, "Forbidden: bot was kicked from the supergroup chat", Fate.BLOCKED),
    (400, "Bad Request: chat not found", Fate.BLOCKED),
    (400, "Bad Request: user not found", Fate.BLOCKED),
    (400, "Bad Request: PEER_ID_INVALID", Fate.BLOCKED),
    (400, "Bad Request: have no rights to send a message", Fate.BLOCKED),
    # the message itself is no good, however often it is sent
    (400, "Bad Request: message is too long", Fate.REFUSED),
    (400, "Bad Request: message text is empty", Fate.REFUSED),
    (400, "Bad Request: text must be non-empty", Fate.REFUSED),
    (400, "Bad Request: message caption is too long", Fate.REFUSED),
    (400, "Bad Request: BUTTON_DATA_INVALID", Fate.REFUSED),
    (400, "Bad Request: can't parse entities: unsupported start tag", Fate.REFUSED),
    (400, "Bad Request: can't parse reply keyboard markup JSON object", Fate.REFUSED),
    (400, "Bad Request: message identifier is not specified", Fate.REFUSED),
    (400, "Bad Request: message to be replied not found", Fate.REFUSED),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", Fate.REFUSED),
    (413, "Request Entity Too Large", Fate.REFUSED),
    # it may work the next time
    (401, "Unauthorized", Fate.RETRY),
    (404, "Not Found", Fate.RETRY),
    (409, "Conflict: terminated by other getUpdates request", Fate.RETRY),
    (500, "Internal Server Error", Fate.RETRY),
    (502, "unreadable answer", Fate.RETRY),
    (504, "Gateway Timeout", Fate.RETRY),
    (0, "", Fate.RETRY),
]


@pytest.mark.parametrize(("status", "said", "fate"), KNOWN, ids=[f"{row[0]}-{row[1][:40]}" for row in KNOWN])
def test_each_answer_has_its_outcome(status: int, said: str, fate: Fate) -> None:
    assert outcome_of(status, said, 0, 0.5).fate is fate
    assert outcome_of(status, said.upper(), 0, 0.5).fate is fate


def test_a_flood_waits_as_long_as_telegram_says() -> None:
    outcome = outcome_of(429, "Too Many Requests: retry after 17", 3, 0.5, retry_after=17)
    assert (outcome.fate, outcome.seconds) == (Fate.WAIT, 17.0)
    assert outcome_of(429, "Too Many Requests", 0, 0.5).seconds == 1.0


def test_a_moved_chat_is_followed() -> None:
    said = "Bad Request: group chat was upgraded to a supergroup chat"
    outcome = outcome_of(400, said, 0, 0.5, moved_to=-1001234567890)
    assert (outcome.fate, outcome.chat_id) == (Fate.MOVED, -1001234567890)


@settings(deadline=None)
@given(st.integers(0, 10**9), st.floats(0, 1))
def test_the_wait_doubles_stays_in_bounds_and_never_overflows(attempts: int, jitter: float) -> None:
    middle = min(0.5 * 2.0 ** min(attempts, 60), LONGEST_WAIT)
    assert 0.75 * middle <= backoff(attempts, jitter) <= 1.25 * middle
    assert backoff(attempts, jitter) <= backoff(attempts + 1, jitter)


@settings(deadline=None)
@given(
    st.integers(0, 599),
    st.text(max_size=300),
    st.integers(0, 10**6),
    st.floats(0, 1),
    st.integers(-5, 10**6),
)
def test_there_is_no_answer_without_an_outcome(
    status: int, said: str, attempts: int, jitter: float, retry_after: int
) -> None:
    outcome = outcome_of(status, said, attempts, jitter, retry_after=retry_after)
    waits = outcome.fate in {Fate.RETRY, Fate.WAIT}
    assert waits == (outcome.seconds > 0)
    assert len(outcome.reason) <= 120
    assert outcome.fate is Fate.DELIVERED or outcome.reason


GATE = Reply(403, {})
PROXY = Reply(400, {"message": "blocked by policy"})
TORN = Reply(200, {})


@pytest.mark.parametrize("reply", [GATE, PROXY, TORN, Reply(0, {}), Reply(502, {})])
def test_an_answer_that_is_not_telegrams_proves_nothing(reply: Reply) -> None:
    # a page of somebody in between (a proxy, a captive portal) must not make a person unreachable
    assert judge(reply, 0).fate is Fate.RETRY


def _refusal(status: int, **parameters: object) -> Reply:
    body = {"ok": False, "error_code": status, "description": "Too Many Requests", "parameters": parameters}
    return Reply(status, body)


def test_parameters_of_an_answer_are_read() -> None:
    assert judge(_refusal(429, retry_after=9), 0).seconds == 9.0
    assert judge(_refusal(400, migrate_to_chat_id=-100), 0).chat_id == -100


@pytest.mark.parametrize("odd", [None, "soon", [], {}, 1.5, True])
def test_odd_parameters_do_no_harm(odd: object) -> None:
    assert judge(_refusal(429, retry_after=odd), 0).fate is Fate.WAIT
    assert judge(_refusal(500, migrate_to_chat_id=odd), 0).fate is Fate.RETRY


@pytest.mark.parametrize("odd", [None, "none", [], 7])
def test_parameters_that_are_no_object_do_no_harm(odd: object) -> None:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": odd}
    assert judge(Reply(429, body), 0).fate is Fate.WAIT


def test_a_good_answer_is_delivered() -> None:
    assert judge(Reply(200, {"ok": True, "result": {"message_id": 1}}), 5).fate is Fate.DELIVERED
