"""Rounds in which every library has its turn, in CPU time, after each has shown that its result is right."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.adapters import Adapter, Result, reason
from benchmarks.tasks import Task

FLOOR = "NumPy"
IMAGES_FIRST = "NumPy, images first"  # a second floor, by hand as well, and slower
ROOT = Path(__file__).parent.parent
Key = TypeVar("Key")
Tell = Callable[[str], None]


@dataclass
class Row:
    """One line of a table: each library's samples, one a round, and what must be said of it.

    group: what kind of task it is, and so what the samples are: see report.py.
    """

    group: str
    title: str
    samples: dict[str, list[float]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)

    def quartiles(self, name: str, over: str | None = None) -> tuple[float, float, float]:
        """Return the lower quartile, the median and the upper one; with over, of the ratios within each round."""
        samples = np.array(self.samples[name])
        low, median, high = np.percentile(samples / self.samples[over] if over else samples, [25, 50, 75])
        return float(low), float(median), float(high)

    def median(self, name: str, over: str | None = None) -> float:
        """Return the median, of the ratios within each round where over names a library."""
        return self.quartiles(name, over)[1]


class Contender:
    """A library at a task; the floor, where adapter is None."""

    def __init__(self, task: Task, adapter: Adapter | None = None) -> None:
        self.task, self.adapter, self.repeats = task, adapter, 1

    def check(self) -> str:
        """Run the task once and return what is to be said of the result: nothing, as a rule.

        Raises ArithmeticError where output or gradient is not the floor's.
        """
        assert self.adapter is not None
        results = self.task.run(self.adapter, self.adapter.leaves(self.task.values))
        remark = ""
        for got, expected in zip(flat(results), flat(self.task.floor(*self.task.values)), strict=True):
            array = self.adapter.array(got)
            rtol = 1e-9 if expected.dtype == np.float64 else 1e-4
            if not np.allclose(array, expected, rtol=rtol, atol=rtol * np.max(np.abs(expected))):
                raise ArithmeticError("its result is wrong")
            if array.dtype.kind == "f" and array.dtype != expected.dtype:
                remark = f"gives {array.dtype}"
        return remark

    def ready(self) -> Callable[[], object]:
        """Return the task with fresh leaves: making them is not timed."""
        if self.adapter is None:
            return lambda: self.task.floor(*self.task.values)
        adapter, xs = self.adapter, self.adapter.leaves(self.task.values)
        return lambda: self.task.run(adapter, xs)

    def clock(self) -> float:
        """Return the seconds of CPU that one run takes, after the rubbish of whoever ran before is cleared away."""
        run = self.ready()
        gc.collect()
        if self.repeats > 1:
            run()  # its memory comes back from the operating system here: of many short runs only the first would pay
        start = time.process_time()
        for _ in range(self.repeats):
            run()
        return (time.process_time() - start) / self.repeats

    def calibrate(self, sample: float) -> float:
        """Repeat what is short, so that one clocking lasts about so many seconds; return the time of one run."""
        seconds = self.clock()
        if seconds < sample:
            self.repeats = 2
            seconds = self.clock()
            self.repeats += int(sample / seconds)
        return seconds


def flat(result: Result) -> list[Any]:
    """Return output and gradients as one list."""
    return [result[0], *result[1]]


def interleave(clocks: Mapping[Key, Callable[[], float]], rounds: int, tell: Tell) -> dict[Key, list[float]]:
    """Return each one's samples, one a round. All have their turn in every round, and each time another begins."""
    samples: dict[Key, list[float]] = {key: [] for key in clocks}
    keys = list(clocks)
    for i in range(rounds):
        tell(f"round {i + 1} of {rounds}")
        first = i % len(keys)
        for key in keys[first:] + keys[:first]:
            samples[key].append(clocks[key]())
    return samples


def measure(task: Task, adapters: Sequence[Adapter], rounds: int, sample: float, tell: Tell) -> list[Row]:
    """Return the task's times in seconds. Who cannot do it, or does it wrong, is named and not timed."""
    row, contenders = Row(task.group, task.title), {FLOOR: Contender(task)}
    if task.images_first is not None:
        contenders[IMAGES_FIRST] = Contender(replace(task, floor=task.images_first))
    for adapter in adapters:
        contender = Contender(task, adapter)
        try:
            remark = contender.check()
            contenders[adapter.name] = contender
        except Exception as error:  # a library may fail at a task in any way
            remark = f"fails: {reason(error)}"
        if remark:
            row.remarks[adapter.name] = remark
    for contender in contenders.values():
        contender.calibrate(sample)
    row.samples = interleave({name: contender.clock for name, contender in contenders.items()}, rounds, tell)
    return [row]
