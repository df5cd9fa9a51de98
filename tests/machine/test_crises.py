"""The machine finds nothing wrong with the bot, and every one of the mistakes that are put into it."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine import mistakes
from tests.machine.crises import Crises

STEPS = 50  # of one example


def tried(examples: int) -> settings:
    """So many evenings, the same ones each time, the first that goes wrong told as it was."""
    return settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=examples,
        stateful_step_count=STEPS,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )


@pytest.mark.timeout(300)
def test_whatever_happens_every_promise_is_kept() -> None:
    run_state_machine_as_test(Crises, settings=tried(60))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mistake", mistakes.MISTAKES)
def test_a_mistake_is_found(mistake: Callable[[], list[mistakes.Patch]]) -> None:
    with mistakes.made(mistake), pytest.raises(AssertionError):
        run_state_machine_as_test(Crises, settings=tried(200))


@pytest.mark.soak
@pytest.mark.parametrize("mistake", mistakes.HIDDEN)
def test_a_mistake_that_hides_is_found(mistake: Callable[[], list[mistakes.Patch]]) -> None:
    with mistakes.made(mistake), pytest.raises(AssertionError):
        run_state_machine_as_test(Crises, settings=tried(4000))


@pytest.mark.soak
def test_a_million_steps() -> None:
    run_state_machine_as_test(Crises, settings=tried(1_000_000 // STEPS))
