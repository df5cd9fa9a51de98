"""Reading the fields of nested JSON objects with Telegram's complaints about their types."""

from typing import Any

from bot.demo.telegram.errors import bad

Json = dict[str, Any]


class FieldError(Exception):
    """A nested field has the wrong type or is missing; the caller adds what it was reading."""


def text(holder: Json, name: str) -> str:
    """A required string; numbers are taken as text, as Telegram does."""
    if name not in holder:
        raise FieldError(f'Can\'t find field "{name}"')
    return optional_text(holder, name)


def optional_text(holder: Json, name: str) -> str:
    """A string or the empty string."""
    value = holder.get(name, "")
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise FieldError(f'Field "{name}" must be of type String')


def flag(holder: Json, name: str) -> bool:
    """A boolean, false when absent. Only JSON booleans will do."""
    value = holder.get(name, False)
    if isinstance(value, bool):
        return value
    raise FieldError(f'Field "{name}" must be of type Boolean')


def integer(holder: Json, name: str) -> int:
    """A required integer, also accepted as a string of digits."""
    if name not in holder:
        raise FieldError(f'Can\'t find field "{name}"')
    value = holder[name]
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _from_digits(name, value)
    raise FieldError(f'Field "{name}" must be a Number')


def _from_digits(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise FieldError(f'Field "{name}" must be a valid Number') from None


def nested(holder: Json, name: str) -> Json:
    """A required object."""
    if name not in holder:
        raise FieldError(f'Can\'t find field "{name}"')
    value = holder[name]
    if not isinstance(value, dict):
        raise FieldError(f'Field "{name}" must be of type Object')
    return value


def rows(holder: Json, name: str) -> list[Any]:
    """An optional array. Raises 400 when it is something else."""
    value = holder.get(name, [])
    if not isinstance(value, list):
        raise bad(f'Field "{name}" must be of type Array')
    return value
