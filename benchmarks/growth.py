"""How time grows with the number of nodes n: the exponent p of n ** p, fitted in every round.

Once with the garbage collector off, and once with it on: it walks through all that is alive again and again, so the
more there is, the longer it takes, whatever the library does.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from benchmarks.adapters import Adapter, reason
from benchmarks.measure import FLOOR, Contender, Row, Tell, interleave
from benchmarks.tasks import shape

SIZES = [1_000, 3_162, 10_000, 31_623, 100_000]
SAMPLE = 0.01  # seconds that a clocking lasts, at least
PATIENCE = 15.0  # seconds: a library stops before a size for which it would need longer


def growth(name: str, adapters: Sequence[Adapter], sizes: Sequence[int], rounds: int, tell: Tell) -> list[Row]:
    """Return the exponents of the chain, the ladder or the tree, from the first of the sizes to the last."""
    title = f"{name}, {sizes[0]:,} to {sizes[-1]:,} nodes"
    off, on = Row("growth", f"{title}, collector off"), Row("collected", f"{title}, collector on")
    contenders = {(FLOOR, size): Contender(shape(name, size)) for size in sizes}
    for contender in contenders.values():
        contender.calibrate(SAMPLE)
    for adapter in adapters:
        tell(adapter.name)
        reached, remark = climb(name, adapter, sizes)
        contenders |= {(adapter.name, size): contender for size, contender in reached.items()}
        if remark:
            off.remarks[adapter.name] = on.remarks[adapter.name] = remark
    clocks = {key: contender.clock for key, contender in contenders.items()}
    on.samples = exponents(interleave(clocks, rounds, tell))
    with collector_off():
        off.samples = exponents(interleave(clocks, rounds, tell))
    return [off, on]


def exponents(times: dict[tuple[str, int], list[float]]) -> dict[str, list[float]]:
    """Return each library's exponents, one a round, from its times at two sizes or more."""
    found: dict[str, list[float]] = {}
    for library in dict.fromkeys(library for library, _ in times):
        xs = [size for other, size in times if other == library]
        if len(xs) > 1:
            ys = np.array([times[library, size] for size in xs])  # (sizes, rounds)
            found[library] = np.polyfit(np.log(xs), np.log(ys), 1)[0].tolist()
    return found


@contextmanager
def collector_off() -> Iterator[None]:
    """Let memory come back by counting references alone."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def climb(name: str, adapter: Adapter, sizes: Sequence[int]) -> tuple[dict[int, Contender], str]:
    """Return the library at each size that it can do in time, and why it stopped before the last, if it did."""
    reached: dict[int, Contender] = {}
    before = 0.0
    for size in sizes:
        contender = Contender(shape(name, size), adapter)
        try:
            contender.check()
        except Exception as error:  # a library may fail at a size in any way
            return reached, f"fails at {size:,} nodes: {reason(error)}"
        seconds = contender.calibrate(SAMPLE)
        reached[size] = contender
        following = seconds * seconds / (before or seconds)  # if it goes on growing as it does
        if following > PATIENCE and size != sizes[-1]:
            return reached, f"to {size:,} nodes: the next size would take about {following:.0f} s"
        before = seconds
    return reached, ""
