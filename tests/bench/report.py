"""Medians, ranges and ratios, as a table for people and as a file for machines."""

from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

MARKS = {"aiogram": 1.0, "ptb": 3.0}
AIMS = {"aiogram": 4.5, "ptb": 10.0}
SEALING_AIM = 0.10
NAMES = {"paenz": "Pänz, full answer", "aiogram": "aiogram, bare echo", "ptb": "PTB, bare echo"}
Results = dict[str, list[dict[str, Any]]]
Waits = dict[str, list[float]]


@dataclass(frozen=True)
class Spread:
    """The median of several rounds, and the lowest and highest of them."""

    of: list[float]

    @property
    def middle(self) -> float:
        return median(self.of)

    def __str__(self) -> str:
        digits = 2 if self.middle < 10 else 0
        return f"{self.middle:.{digits}f} ({min(self.of):.{digits}f}-{max(self.of):.{digits}f})"


@dataclass(frozen=True)
class Rates:
    """One bot's rounds: updates answered a second, with everything that follows, CPU ms for each update."""

    answered: Spread
    everything: Spread
    cpu: Spread


def rates(rounds: list[dict[str, Any]], count: int) -> Rates:
    return Rates(
        Spread([count / one["answered_s"] for one in rounds]),
        Spread([count / one["everything_s"] for one in rounds]),
        Spread([one["cpu_s"] * 1000 / count for one in rounds]),
    )


def percentile(waits: list[float], percent: int) -> float:
    return quantiles(waits, n=100)[percent - 1]


def by_round(ours: Spread, theirs: Spread) -> float:
    """The median of the ratios of each round: what disturbs a round disturbs both of its bots."""
    return median(mine / other for mine, other in zip(ours.of, theirs.of, strict=True))


def summary(results: Results, waits: Waits, count: int) -> dict[str, Any]:
    """Everything that is shown, as plain numbers."""
    measured = {name: rates(rounds, count) for name, rounds in results.items()}
    ours = measured["paenz"]
    return {
        "updates": count,
        "rates": {
            name: {
                "answered_per_second": one.answered.of,
                "everything_per_second": one.everything.of,
                "cpu_ms_per_update": one.cpu.of,
            }
            for name, one in measured.items()
        },
        "ratios": {
            name: {
                "answered": by_round(ours.answered, theirs.answered),
                "cpu": by_round(theirs.cpu, ours.cpu),
                "mark": MARKS[name],
                "aim": AIMS[name],
                "mark_met": by_round(ours.answered, theirs.answered) >= MARKS[name],
            }
            for name, theirs in measured.items()
            if name != "paenz"
        },
        "waits_ms": {
            name: {"p50": percentile(found, 50), "p99": percentile(found, 99), "samples": len(found)}
            for name, found in waits.items()
        },
    }


def show(results: Results, waits: Waits, count: int, console: Console) -> dict[str, Any]:
    """Prints the tables and says plainly which marks are met; returns the summary."""
    found = summary(results, waits, count)
    console.print(_throughput(results, count, found), _latency(waits))
    for name, ratio in found["ratios"].items():
        verdict = "met" if ratio["mark_met"] else "MISSED"
        colour = "green" if ratio["mark_met"] else "red"
        console.print(
            f"[{colour}]First mark, {ratio['mark']:g} x {name}'s bare echo: {verdict} "
            f"({ratio['answered']:.2f} x; aim {ratio['aim']:g} x)[/]"
        )
    return found


def show_sealing(pairs: Results, count: int, console: Console) -> dict[str, Any]:
    """What sealing costs per press: CPU and answers a second, against the same bot with an open store."""
    sealed, lying_open = (rates(pairs[name], count) for name in ("paenz", "open"))
    cpu, pace = by_round(sealed.cpu, lying_open.cpu), by_round(lying_open.answered, sealed.answered)
    verdict, colour = ("met", "green") if cpu - 1 <= SEALING_AIM else ("MISSED", "red")
    console.print(
        f"Sealing: {sealed.cpu} ms CPU for a press, {lying_open.cpu} ms with an open store; "
        f"{sealed.answered} against {lying_open.answered} answers a second",
        highlight=False,
    )
    console.print(
        f"[{colour}]At most {SEALING_AIM:.0%} more CPU: {verdict} ({cpu - 1:+.1%}, {pace - 1:+.1%} time)[/]"
    )
    return {
        "cpu_ratio": cpu,
        "time_ratio": pace,
        "cpu_ms_sealed": sealed.cpu.of,
        "cpu_ms_open": lying_open.cpu.of,
        "aim": SEALING_AIM,
    }


def _throughput(results: Results, count: int, found: dict[str, Any]) -> Table:
    table = Table(title=f"{count} updates from backlog to reply: median (range) of {_rounds(results)} rounds")
    for heading in ("bot", "answered/s", "all arrived/s", "CPU ms each", "Pänz … x", "CPU … x less"):
        table.add_column(heading, justify="left" if heading == "bot" else "right")
    for name, rounds in results.items():
        one, ratio = rates(rounds, count), found["ratios"].get(name)
        compared = (f"{ratio['answered']:.2f}", f"{ratio['cpu']:.2f}") if ratio else ("", "")
        table.add_row(NAMES[name], str(one.answered), str(one.everything), str(one.cpu), *compared)
    return table


def _rounds(results: Results) -> int:
    return len(results["paenz"])


def _latency(waits: Waits) -> Table:
    table = Table(title="idle bot: a guest's 🚨 until the on-call's page arrives; beside it a bare echo")
    for heading in ("bot", "p50 ms", "p99 ms", "Pänz p50 … x", "p99 … x", "samples"):
        table.add_column(heading, justify="left" if heading == "bot" else "right")
    ours = {percent: percentile(waits["paenz"], percent) for percent in (50, 99)}
    for name, found in waits.items():
        own = {percent: percentile(found, percent) for percent in (50, 99)}
        ratios = [f"{ours[percent] / own[percent]:.2f}" if name != "paenz" else "" for percent in (50, 99)]
        label = "Pänz, crisis page" if name == "paenz" else NAMES[name]
        table.add_row(label, f"{own[50]:.2f}", f"{own[99]:.2f}", *ratios, str(len(found)))
    return table
