"""What only the operator knows, read from a file; whatever is missing stays a blank on the paper."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Line = Annotated[str, Field(max_length=200)]


class OperatorError(Exception):
    """The file can't be used. The text says where and why."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Named(Strict):
    """Somebody with a name and a way to reach them."""

    name: Line = ""
    contact: Line = ""


class Itself(Named):
    """The operator, as it has to be named to an authority."""

    address: Line = ""
    representative: Line = ""
    law: Line = ""


class Host(Strict):
    """Whoever runs the server; all of it stays empty where that is the operator."""

    name: Line = ""
    place: Line = ""
    contract: Line = ""


class Bound(Strict):
    """Somebody who was bound to secrecy (section 203 StGB), for what, and when."""

    name: Line
    task: Line = ""
    bound_on: date | None = None


class Operator(Strict):
    """All of it. Without a file everything is a blank."""

    operator: Itself = Itself()
    officer: Named = Named()
    authority: Named = Named()
    host: Host = Host()
    bound: tuple[Bound, ...] = ()


def read(path: Path) -> Operator:
    """The file's facts. Raises OperatorError with a line for each mistake."""
    try:
        return Operator.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{path} can't be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise OperatorError(f"{path} is no TOML: {error}") from None
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise OperatorError("\n".join(lines)) from None
