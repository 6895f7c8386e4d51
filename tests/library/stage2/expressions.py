"""Random programs over two inputs, to be run by the library and by autograd alike.

A program is a list of steps; each uses any values made before it, so values are shared and some lead nowhere.
DEZERO_EXAMPLES=5000 tries that many in each test, and other ones in every run.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

from dezero_lite import stage2
from dezero_lite.stage2 import Function, Variable

ON_DEMAND = os.environ.get("DEZERO_EXAMPLES")


def examples(count: int) -> settings:
    """Try count examples, or as many as DEZERO_EXAMPLES says."""
    return settings(max_examples=int(ON_DEMAND or count))


BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
CONSTANTS = [2, 1, 0, -3, 0.5, -1.25, "array", "another array"]
EXPONENTS = [2, 1, 0, 3, -1, -2, 0.5, -1.5]
shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)


class Step(NamedTuple):
    """One operation. Operands: ("value", index of an earlier value) or ("constant", a number or an array)."""

    name: str
    operands: list[tuple[str, Any]]

    def run(self, values: list, space: Any, dtype: type) -> Any:
        xs = [values[what] if kind == "value" else _cast(what, dtype) for kind, what in self.operands]
        if self.name in BINARY:
            return BINARY[self.name](*xs)
        if self.name == "neg":
            return -xs[0]
        return xs[0] ** xs[1] if self.name == "**" else getattr(space, self.name)(xs[0])

    def is_tame(self, values: list[np.ndarray]) -> bool:
        """Do value and derivative stay moderate?"""
        xs = [values[what] if kind == "value" else what for kind, what in self.operands]
        if self.name == "/" and np.any(np.abs(xs[1]) < 0.25):
            return False
        if self.name == "**" and (np.any(np.abs(xs[0]) < 0.25) or (np.any(xs[0] < 0) and xs[1] % 1)):
            return False
        with np.errstate(over="ignore"):
            return bool(np.all(np.abs(self.run(values, np, np.float64)) < 20))


class Program(NamedTuple):
    """The inputs' data, and what to do with them. The last value is the result."""

    inputs: list[np.ndarray]
    steps: list[Step]

    def run(self, xs: Any, space: Any = stage2, dtype: type = np.float64, cut: Mapping[int, Any] | None = None) -> list:
        """Return all values, inputs first; cut puts another value in the place of the one with this index."""
        values = list(xs)
        for step in self.steps:
            y = step.run(values, space, dtype)
            values.append((cut or {}).get(len(values), y))
        return values

    def variables(self, dtype: type = np.float64) -> list[Variable]:
        """Return all values of a run on new Variables."""
        return self.run([Variable(x.astype(dtype)) for x in self.inputs], dtype=dtype)


def _cast(constant: Any, dtype: type) -> Any:
    return constant.astype(dtype) if isinstance(constant, np.ndarray) else constant


class Draft(NamedTuple):
    """A step before its program is known: which values it uses is counted back from the newest one."""

    name: str
    newest: int
    other: int
    order: str
    constant: Any
    exponent: float

    def step(self, count: int, constants: Mapping[Any, Any]) -> Step:
        first, second = (("value", count - 1 - back % count) for back in (self.newest, self.other))
        constant = ("constant", constants.get(self.constant, self.constant))
        if self.name == "**":
            return Step("**", [first, ("constant", self.exponent)])
        if self.name not in BINARY:
            return Step(self.name, [first])
        pairs = {"values": [first, second], "constant right": [first, constant], "constant left": [constant, first]}
        return Step(self.name, pairs[self.order])


drafts = st.builds(
    Draft,
    st.sampled_from(["+", "*", "-", "/", "**", "neg", "square", "exp"]),
    st.integers(0, 2),
    st.integers(0, 12),
    st.sampled_from(["values", "values", "constant right", "constant left"]),
    st.sampled_from(CONSTANTS),
    st.sampled_from(EXPONENTS),
)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Draw a program whose values and derivatives stay moderate: a step that leads beyond becomes a neg."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    size = (4, *draw(shapes))
    x0, x1, *constants = rng.uniform(0.25, 2.0, size) * rng.choice([-1.0, 1.0], size)
    program = Program([np.asarray(x0), np.asarray(x1)], [])
    values = list(program.inputs)
    names = dict(zip(["array", "another array"], map(np.asarray, constants), strict=True))
    for draft in draw(st.lists(drafts, min_size=3, max_size=16)):
        step = draft.step(len(values), names)
        if not step.is_tame(values):
            step = draft._replace(name="neg").step(len(values), names)
        program.steps.append(step)
        values.append(np.asarray(step.run(values, np, np.float64)))
    return program


def functions_behind(y: Variable) -> list[Function]:
    """Return each function that y was computed with, once, found without the library's own walk."""
    found: dict[int, Function] = {}
    todo = [y]
    while todo:
        f = todo.pop().creator
        if f is not None and id(f) not in found:
            found[id(f)] = f
            todo += f.inputs
    return list(found.values())
