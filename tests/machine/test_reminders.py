"""The machine of reminders finds nothing wrong, and each of the mistakes that are put into it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis.stateful import run_state_machine_as_test

from bot import settle
from handlers import desk, reminding
from handlers.reminders import due
from storage.records import Delivery
from storage.withdrawing import Withdrawing
from tests.machine import reminders as machine
from tests.machine.reminders import Reminding
from tests.machine.test_crises import tried

Patch = tuple[object, str, Callable[..., Any]]


@pytest.mark.timeout(300)
def test_nobody_is_ever_reminded_wrongly() -> None:
    run_state_machine_as_test(Reminding, settings=tried(30))


def _never_stale(owed: Delivery, now: datetime) -> bool:
    return False


def _never_withdraws(drawer: Withdrawing, *asked: object) -> int:
    return 0


def _never_waits(*asked: object) -> None:
    return None


MISTAKES: dict[str, list[Patch]] = {
    "what is stale is sent": [(settle, "is_stale", _never_stale), (machine, "is_stale", _never_stale)],
    "what waits is not taken back": [
        (Withdrawing, "withdraw_about", _never_withdraws),
        (Withdrawing, "withdraw_card", _never_withdraws),
    ],
    "nothing waits for the morning": [(desk, "waits_until", _never_waits)],
    "a start owes nothing": [(due, "opens", _never_waits), (reminding, "wait", _never_waits)],
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for place, name, wrong in MISTAKES[mistake]:
        monkeypatch.setattr(place, name, wrong)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Reminding, settings=tried(60))
