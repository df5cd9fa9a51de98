"""`python -m tests.bench`: all measurements, in turns, at most four minutes. Exit code 0 even when a mark is missed."""

import argparse
import asyncio
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.bench import measure, report
from tests.bench.openly import everything_open
from tests.bench.prepared import Press, filled

RESULTS = Path("bench-results.json")
WARM = 100
SAMPLES = 200
BOTS = ("paenz", "aiogram", "ptb")
Measured = Callable[[], Any]


def rotated(turn: int) -> tuple[str, ...]:
    """The bots in another order each round: whoever is first has no lasting advantage."""
    at = turn % len(BOTS)
    return BOTS[at:] + BOTS[:at]


def backlog(name: str, store: Path, presses: list[Press], count: int) -> Measured:
    if name == "paenz":
        return partial(measure.answers, store, presses, WARM)
    return partial(measure.echoes, name, count, WARM)


def waiting(name: str, store: Path, samples: int) -> Measured:
    return (
        partial(measure.alarms, store, samples)
        if name == "paenz"
        else partial(measure.echo_waits, name, samples)
    )


def sealing(folder: Path, rounds: int, count: int) -> Iterator[tuple[str, Measured]]:
    """The same presses on the sealed store and on an open one, turn and turn about."""
    for name in ("sealed", "open"):
        (folder / name).mkdir()
    sealed = asyncio.run(filled(folder / "sealed", WARM + count))
    with everything_open():
        lying_open = asyncio.run(filled(folder / "open", WARM + count))
    stores = {"paenz": sealed, "open": lying_open}
    for turn in range(rounds):
        for name in ("paenz", "open") if turn % 2 else ("open", "paenz"):
            yield name, partial(measure.answers, *stores[name], WARM, name)


def sealing_measured(rounds: int, count: int, console: Console) -> report.Results:
    """What sealing costs. Raises RuntimeError when a bot leaves something unanswered."""
    results: report.Results = {"paenz": [], "open": []}
    with tempfile.TemporaryDirectory() as folder, Progress(console=console) as progress:
        task = progress.add_task("what sealing costs", total=2 * rounds)
        for name, look in sealing(Path(folder), rounds, count):
            results[name].append(look())
            progress.advance(task)
    return results


def measured(rounds: int, count: int, console: Console) -> tuple[report.Results, report.Waits]:
    """Every round measures every bot. Raises RuntimeError when a bot leaves something unanswered."""
    results: report.Results = {name: [] for name in BOTS}
    waits: report.Waits = {name: [] for name in BOTS}
    samples = -(-SAMPLES // rounds)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with tempfile.TemporaryDirectory() as folder, Progress(*columns, console=console) as progress:
        task = progress.add_task("families move in", total=rounds * len(BOTS) * 2 + 1)
        store, presses = asyncio.run(filled(Path(folder), WARM + count))
        progress.advance(task)
        for turn in range(rounds):
            for name in rotated(turn):
                progress.update(task, description=f"round {turn + 1}: {name}, backlog")
                results[name].append(backlog(name, store, presses, count)())
                progress.advance(task)
                progress.update(task, description=f"round {turn + 1}: {name}, one by one")
                waits[name] += waiting(name, store, samples)()
                progress.advance(task)
        progress.update(task, description="done")
    return results, waits


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each bot is measured (default 3)")
    parser.add_argument(
        "--updates", type=int, default=1000, help="how many people press at once (default 1000)"
    )
    asked = parser.parse_args()
    console = Console()
    results, waits = measured(max(asked.rounds, 1), asked.updates, console)
    found = report.show(results, waits, asked.updates, console)
    pairs = sealing_measured(max(asked.rounds, 1), asked.updates, console)
    found["sealing"] = report.show_sealing(pairs, asked.updates, console)
    RESULTS.write_bytes(orjson.dumps(found | {"rounds": results}, option=orjson.OPT_INDENT_2))
    console.print(f"All numbers: {RESULTS}", highlight=False)


if __name__ == "__main__":
    main()
