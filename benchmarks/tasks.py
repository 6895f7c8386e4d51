"""The tasks: an expression, its floor, and the place where both are taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from benchmarks import expressions, floors, images
from benchmarks.adapters import Adapter, Result

SHAPES = {"chain": 1.0, "ladder": 1.0, "tree": 1.00001}  # each with the place where its gradient is taken


@dataclass(frozen=True)
class Task:
    """Something to compute, forward and backward.

    group: tasks that have the same goals.
    run: does it in a library, given its leaves. floor: does it by hand, given values. Both return the output
    and a list of gradients (of the descent: the places reached). images_first: the floor as it was before its
    images came last in memory; None for other tasks.
    """

    group: str
    title: str
    run: Callable[[Adapter, list[Any]], Result]
    floor: Callable[..., Result]
    values: tuple[Any, ...]
    images_first: Callable[..., Result] | None = None


def once(group: str, title: str, values: tuple[Any, ...], name: str, **size: int) -> Task:
    """Return the task of one forward and backward pass through what expressions.py and floors.py name."""
    f = partial(getattr(expressions, name), **size)
    return Task(group, title, lambda lib, xs: lib.gradients(f, xs), partial(getattr(floors, name), **size), values)


def descent(steps: int, rate: float = 0.001) -> Task:
    """Return the task of going down Rosenbrock's valley."""

    def run(lib: Adapter, xs: list[Any]) -> Result:
        for _ in range(steps):
            y, gxs = lib.gradients(expressions.rosenbrock, xs)
            xs = lib.descend(xs, gxs, rate)
        return y, xs

    floor = partial(floors.rosenbrock, steps=steps, rate=rate)
    return Task("scalar", f"Rosenbrock, {steps:,} steps", run, floor, (np.float64(0), np.float64(2)))


def newton(steps: int) -> Task:
    """Return the task of finding a minimum with first and second derivatives."""

    def run(lib: Adapter, xs: list[Any]) -> Result:
        for _ in range(steps):
            y, g, h = lib.derivatives(expressions.quartic, xs[0], 2)
            xs = lib.descend(xs, [g / h], 1.0)
        return y, xs

    return Task("higher", f"Newton, {steps} steps", run, partial(floors.newton, steps=steps), (np.float64(2),))


def fifth() -> Task:
    """Return the task of deriving tanh five times."""

    def run(lib: Adapter, xs: list[Any]) -> Result:
        ys = lib.derivatives(expressions.tanh, xs[0], 5)
        return ys[0], [ys[5]]

    return Task("higher", "tanh, 5th derivative", run, floors.tanh, (np.float64(1),))


def shape(name: str, nodes: int) -> Task:
    """Return the chain, the ladder or the tree of about so many nodes."""
    group = "scalar" if name == "chain" else "waiting"
    return once(group, f"{name}, {nodes:,} nodes", (np.float64(SHAPES[name]),), name, nodes=nodes)


def arrays(size: int) -> list[Task]:
    """Return the tasks where NumPy's own work dominates."""
    random = np.random.default_rng(0)
    x, w = random.standard_normal(size) / 4, random.standard_normal(size)
    return [
        once("array", f"{title}, {dtype} × {size:,}", tuple(v.astype(dtype) for v in values), name)
        for title, name, values in [
            ("square(exp(square(x)))", "composite", (x,)),
            ("+ - * / ** exp", "arithmetic", (x, w)),
        ]
        for dtype in ("float32", "float64")
    ]


def network(group: str, sizes: tuple[int, int, int], batch: int, model: bool) -> Task:
    """Return the task of one round of training a network; model: with the library's own models and optimizers."""
    d, h, c = sizes
    random = np.random.default_rng(0)
    drawn = [random.standard_normal(shape) for shape in [(d, h), (h,), (h, c), (c,)]]
    values = tuple((v / np.sqrt(len(v))).astype(np.float32) for v in drawn)
    x, t = random.standard_normal((batch, d)).astype(np.float32), random.integers(c, size=batch)
    f = partial(expressions.network, x=x, t=t)
    trainers: list[tuple[list[Any], Any]] = []  # that of the newest leaves: making it is not what is timed

    def functions(lib: Adapter, xs: list[Any]) -> Result:
        y, gxs = lib.gradients(f, xs)
        return y, lib.descend(xs, gxs, 0.1)

    def own(lib: Adapter, xs: list[Any]) -> Result:
        if not trainers or trainers[0][0] is not xs:
            trainers[:] = [(xs, lib.trainer(xs, 0.1))]
        found: Result = trainers[0][1](lib.constant(x), lib.constant(t))
        return found

    title = f"network {d}-{h}-{c}, batch {batch}, {'model and SGD' if model else 'functions'}"
    return Task(group, title, own if model else functions, partial(floors.network, x=x, t=t, rate=0.1), values)


def tensors(size: int) -> list[Task]:
    """Return the tasks of losses and of parts of arrays, of about so many rows."""
    random = np.random.default_rng(0)
    x, t = random.standard_normal((size, 10)).astype(np.float32), random.integers(10, size=size)
    places = random.integers(size, size=size)

    def task(title: str, name: str, **others: Any) -> Task:
        f = partial(getattr(expressions, name), **others)
        floor = partial(getattr(floors, name), **others)
        return Task("tensor", title, lambda lib, xs: lib.gradients(f, xs), floor, (x,))

    return [
        task(f"softmax cross-entropy, {size} × 10", "loss", t=t),
        task(f"slices, {size} × 10", "slices"),
        task(f"rows by number, {size} × 10", "chosen", places=places),
    ]


def sequences(steps: int, rows: int = 30, size: int = 1, hidden: int = 100) -> list[Task]:
    """Return the tasks of networks that remember, over so many steps; of the size in steps 59 and 60 of the book."""
    random = np.random.default_rng(0)
    xs = random.standard_normal((steps, rows, size)).astype(np.float32)

    def task(title: str, name: str, gates: int) -> Task:
        shapes = [(size, hidden)] * gates + [(hidden,)] * gates + [(hidden, hidden)] * gates
        values = tuple((random.standard_normal(s) / np.sqrt(s[0])).astype(np.float32) for s in shapes)
        f, floor = partial(getattr(expressions, name), xs=xs), partial(getattr(floors, name), xs=xs)
        what = f"{title}, {steps} steps, {size}-{hidden}, batch {rows}"
        return Task("sequence", what, lambda lib, leaves: lib.gradients(f, leaves), floor, values)

    def layer_of(functions: Task, way: str, whole: bool) -> Task:
        passes: list[tuple[list[Any], Any]] = []  # that of the newest leaves: making it is not what is timed

        def own(lib: Adapter, leaves: list[Any]) -> Result:
            if not passes or passes[0][0] is not leaves:
                passes[:] = [(leaves, lib.lstm(leaves, whole))]
            found: Result = passes[0][1](xs)
            return found

        return replace(functions, title=f"{functions.title}, {way}", run=own)

    lstm = task("LSTM", "lstm", 4)
    layers = [layer_of(lstm, "layer step by step", False), layer_of(lstm, "layer for sequences", True)]
    return [task("RNN", "rnn", 1), lstm, *layers]


def pictures() -> list[Task]:
    """Return the tasks of networks for images."""

    def task(title: str, f: Callable[..., Any], floors: list[Any], values: tuple[Any, ...]) -> Task:
        return Task("image", title, lambda lib, xs: lib.gradients(f, xs), floors[0], values, *floors[1:])

    return [task(*described) for described in images.described()]


def tasks(long: int = 10_000, steps: int = 1_000, size: int = 10**6) -> list[Task]:
    """Return all that is timed; long: nodes of the chain, steps: of the descent, size: elements of an array."""
    one = np.float64(1)
    return [
        once("small", "square(exp(square(x)))", (np.float64(0.5),), "composite"),
        once("scalar", "Goldstein–Price", (one, one), "goldstein_price"),
        once("scalar", "diamond, 20 doublings", (one,), "diamond", doublings=20),
        shape("chain", long),
        shape("ladder", 2_000),
        shape("tree", 1_024),
        descent(steps),
        newton(10),
        fifth(),
        *arrays(size),
        *(network("network", (2, 10, 3), 32, model) for model in (False, True)),
        *(network("large network", (784, 256, 10), 64, model) for model in (False, True)),
        *tensors(100),
        *sequences(20),
        *pictures(),
    ]
