"""All of it: python -m benchmarks [--quick] [--rounds N] [--only WORD] [--output FOLDER]."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks import growth, memory, startup
from benchmarks.adapters import Adapter
from benchmarks.measure import Row, Tell, measure
from benchmarks.peers import available
from benchmarks.plot import plot
from benchmarks.report import Results, write
from benchmarks.tasks import SHAPES, Task, tasks

Job = tuple[str, Callable[[Tell], list[Row]]]


class Pace(NamedTuple):
    """How much to measure. rounds: of what is short; few: of what is long. sample: seconds that a clocking lasts.

    tasks: of which size. nodes: from where to where growth is measured.
    """

    rounds: int
    few: int
    sample: float
    tasks: list[Task]
    nodes: Sequence[int]


def full() -> Pace:
    """Return the pace of a measurement that counts: some minutes."""
    return Pace(30, 5, 0.01, tasks(), growth.SIZES)


def quick() -> Pace:
    """Return the pace that shows that everything runs: some seconds."""
    return Pace(3, 1, 0.001, tasks(long=1_000, steps=100, size=10**5), growth.SIZES[:2])


def jobs(adapters: Sequence[Adapter], pace: Pace) -> list[Job]:
    """Return everything that can be measured, under its name."""
    todo: list[Job] = []
    for task in pace.tasks:
        todo.append((task.title, partial(measure, task, adapters, pace.rounds, pace.sample)))
    for name in SHAPES:
        todo.append((f"growth of the {name}", partial(growth.growth, name, adapters, pace.nodes, pace.few)))
    todo.append(("memory", partial(memory.memory, adapters)))
    todo.append(("import", partial(startup.startup, adapters, pace.few)))
    return todo


def run(todo: Sequence[Job]) -> list[Row]:
    """Do the jobs one after the other, with a word on each."""
    gc.collect()
    gc.freeze()  # so that the collector does not walk through a large library in another one's time
    steps = [(f"[{i}/{len(todo)}] {title}", job) for i, (title, job) in enumerate(todo, 1)]
    rows = [row for title, job in steps for row in job(teller(title))]
    gc.unfreeze()
    return rows


def teller(start: str) -> Tell:
    """Return what says how far a job is: behind its title in a terminal, and nowhere else."""
    print(start, file=sys.stderr, flush=True)
    if not sys.stderr.isatty():
        return lambda text: None
    again = "\033[A{}: {}\033[K"  # one line up; and clear the rest of it
    return lambda text: print(again.format(start, text), file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, write the results into a folder, and print the report."""
    parser = argparse.ArgumentParser("python -m benchmarks", description="Speed and memory beside other libraries.")
    parser.add_argument("--quick", action="store_true", help="few rounds, small graphs: to see that all runs")
    parser.add_argument("--rounds", type=int, help="how many rounds of what is short (30, or 3 with --quick)")
    parser.add_argument("--only", default="", metavar="WORD", help="only what has this word in its title")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results", metavar="FOLDER")
    options = parser.parse_args(arguments)
    pace = quick() if options.quick else full()
    pace = pace._replace(rounds=options.rounds or pace.rounds)

    adapters, missing = available()
    for name, why in missing.items():
        print(f"Left out: {name} ({why})", file=sys.stderr)
    rows = run([job for job in jobs(adapters, pace) if options.only in job[0]])
    versions = {adapter.name: adapter.version() for adapter in adapters}
    results = Results(versions, missing, pace.rounds, rows)
    print(write(results, options.output).read_text("utf-8"))
    print(f"Written to {options.output}: report.md, results.json and {plot(results, options.output)}", file=sys.stderr)


if __name__ == "__main__":
    main()
