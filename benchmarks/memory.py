"""How many arrays of the input's size are alive at most; the collector is off, and every library has a fresh process.

Counted is what the operating system gave, so that libraries with an allocator of their own are seen as well.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from benchmarks import floors
from benchmarks.adapters import Adapter, reason
from benchmarks.expressions import composite, quartic
from benchmarks.measure import FLOOR, ROOT, Row, Tell
from benchmarks.peers import ADAPTERS

try:
    import resource
except ImportError:  # on Windows
    COUNTED = False
else:
    COUNTED = True

SIZE, PASSES = 10**6, 20
REPEATED_SIZE, REPEATED = 10**4, 1_000  # smaller, because a library that loses arrays loses thousands
Pass = Callable[[], object]


def memory(adapters: Sequence[Adapter], tell: Tell) -> list[Row]:
    """Return what each library needs: without a graph, with one, and more with each repetition."""
    rows = [
        Row("memory", f"{PASSES} forward passes, no_grad"),
        Row("memory", f"{PASSES} forward passes, with a graph"),
        Row("leak", f"{REPEATED:,} forward and backward passes: more with each"),
        Row("leak", f"{REPEATED:,} second derivatives: more with each"),
    ]
    names = [FLOOR, *(adapter.name for adapter in adapters)]
    if not COUNTED:
        for row in rows:
            row.remarks |= dict.fromkeys(names, "is not counted: this system does not tell the most that a process had")
        return rows
    for name in names:
        tell(name)
        for row, answer in zip(rows, ask(name), strict=True):
            if isinstance(answer, str):
                row.remarks[name] = f"fails: {answer}"
            else:
                row.samples[name] = [answer]
    return rows


def ask(name: str) -> list[float | str]:
    """Return the four answers of a process of its own: numbers, or why there is none."""
    command = [sys.executable, "-W", "ignore", "-m", __name__, name]
    # the C library would keep some of the freed arrays for later
    environment = os.environ | {"MALLOC_MMAP_THRESHOLD_": "65536"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    answers: list[float | str] = json.loads(done.stdout) if done.returncode == 0 else ["its process died"] * 4
    return answers


def main(name: str) -> None:
    """Print a library's four answers."""
    adapter = next((adapter() for adapter in ADAPTERS if adapter.name == name), None)
    make = partial(passes, adapter) if adapter else passes_by_hand
    answers: list[float | str] = []
    large, repeated = (SIZE, 0, 1), (REPEATED_SIZE, PASSES, REPEATED)
    for which, (size, before, count) in enumerate([large, large, repeated, repeated]):
        try:
            make(np.ones(2))[which]()  # loads what every first call loads
            more = rise(make(np.linspace(0, 1, size))[which], before, max(count, PASSES))
            answers.append(more / (8 * size * count))
        except Exception as error:  # a library may fail in any way
            answers.append(reason(error))
    print(json.dumps(answers))


def passes(lib: Adapter, x: np.ndarray) -> list[Pass]:
    """Return the four kinds of pass; each returns what its user keeps until the next."""
    xs = lib.leaves([x])

    def without_graph() -> object:
        with lib.no_grad():
            return composite(lib, *xs)

    return [
        without_graph,
        lambda: lib.forward(composite, xs),
        lambda: lib.gradients(composite, xs),
        lambda: lib.derivatives(quartic, xs[0], 2),
    ]


def passes_by_hand(x: np.ndarray) -> list[Pass]:
    """Return the same in NumPy alone."""
    return [
        lambda: np.exp(x**2) ** 2,
        lambda: floors.composite_forward(x),
        lambda: floors.composite(x),
        lambda: [x**4 - 2 * x**2, 4 * x**3 - 4 * x, 12 * x**2 - 4],
    ]


def rise(one_pass: Pass, before: int, count: int) -> int:
    """Return by how many bytes count passes, after those before, raise the most that the process ever had."""
    ballast = fill_up()
    kept = None
    for _ in range(before):
        kept = one_pass()
    mark = high_water()
    for _ in range(count):
        kept = one_pass()
    del kept, ballast
    return high_water() - mark


def fill_up() -> list[np.ndarray]:
    """Return arrays that reach up to the high-water mark: from there on, every further byte raises it."""
    mark, ballast = high_water(), []
    while high_water() == mark:
        ballast.append(np.ones(2**16))
    return ballast


def high_water() -> int:
    """Return the most bytes that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    gc.disable()
    main(*sys.argv[1:])
