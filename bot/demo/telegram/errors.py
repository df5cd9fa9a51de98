"""How the Bot API refuses: a status code and Telegram's own sentence."""

from typing import Any


class ApiError(Exception):
    """A refusal with an HTTP status, the description Telegram would send, and its optional parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object a bot receives."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def _lowered(sentence: str) -> str:
    # Server codes such as BUTTON_DATA_INVALID keep their capitals, sentences lose the first one.
    if len(sentence) > 1 and (sentence[1] == "_" or sentence[1].isupper()):
        return sentence
    return sentence[:1].lower() + sentence[1:]


def bad(sentence: str) -> ApiError:
    """400, as Telegram words it."""
    return ApiError(400, f"Bad Request: {_lowered(sentence)}")


def forbidden(sentence: str) -> ApiError:
    """403, as Telegram words it."""
    return ApiError(403, f"Forbidden: {_lowered(sentence)}")


def conflict(sentence: str) -> ApiError:
    """409, as Telegram words it."""
    return ApiError(409, f"Conflict: {sentence}")


def too_many(seconds: int) -> ApiError:
    """429 with whole seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def moved(chat_id: int) -> ApiError:
    """400 for a group that became a supergroup, with its new id."""
    sentence = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, sentence, {"migrate_to_chat_id": chat_id})
