"""Random programs over two inputs, run by the library and by autograd alike.

A program is a list of steps; each uses any values made before it, so values are shared and some lead nowhere. Where a
step would leave the moderate, another one is drawn. DEZERO_EXAMPLES=5000 tries that many in each test, and other ones
in every run.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from dezero_lite import stage3
from dezero_lite.stage3 import Function, Variable

ON_DEMAND = os.environ.get("DEZERO_EXAMPLES")
BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
UNARY = ["exp", "sin", "cos", "tanh", "log", "sqrt"]
EXPONENTS = [2, 1, 0, 3, -1, -2, 0.5, -1.5]
NUMBERS = [2, 1, 0, -3, 0.5, -1.25]
KINDS = [*BINARY, *BINARY, "**", "neg", "square", *UNARY, "number right", "number left", "array right", "array left"]
SHAPES = [(), (), (3,), (2, 3), (2, 1, 2), (0,), (1,)]


class Step(NamedTuple):
    """One operation on earlier values, by their index; other is an index, or a constant, or an exponent."""

    name: str
    first: int
    other: Any = None
    is_constant: bool = False
    is_swapped: bool = False

    def run(self, values: list[Any], space: Any) -> Any:
        x = values[self.first]
        if self.name in BINARY:
            other = self.other if self.is_constant else values[self.other]
            return BINARY[self.name](*((other, x) if self.is_swapped else (x, other)))
        if self.name == "**":
            return x**self.other
        if self.name == "neg":
            return -x
        return space.square(x) if self.name == "square" else getattr(space, self.name)(x)


class Program(NamedTuple):
    """The inputs' data, and what to do with them. The last value is the result."""

    inputs: list[np.ndarray]
    steps: list[Step]

    def run(self, xs: Any, space: Any = stage3) -> list[Any]:
        """Return all values, inputs first."""
        values = list(xs)
        for step in self.steps:
            values.append(step.run(values, space))
        return values

    def variables(self, dtype: type = np.float64) -> list[Variable]:
        """Return all values of a run on new Variables."""
        return self.run([Variable(x.astype(dtype)) for x in self.inputs])


class Space:
    """The functions of stage 3 in terms of NumPy's, or of autograd's."""

    def __init__(self, module: Any) -> None:
        self.module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(self.module, name)


NUMPY = Space(np)


def draw(rng: np.random.Generator) -> Program:
    """Draw a program of 3 to 14 steps whose values stay moderate, away from where a derivative does not exist."""
    shape = SHAPES[rng.integers(len(SHAPES))]
    inputs = [np.asarray(rng.uniform(0.3, 1.8, shape) * rng.choice([-1.0, 1.0], shape)) for _ in range(2)]
    program, values = Program(inputs, []), list(inputs)
    for _ in range(rng.integers(3, 15)):
        step = next(step for step in drafts(rng, len(values), shape) if is_tame(step, values))
        program.steps.append(step)
        values.append(np.asarray(step.run(values, NUMPY)))
    return program


def drafts(rng: np.random.Generator, count: int, shape: tuple[int, ...]) -> Iterator[Step]:
    """Yield steps for a program of so many values, newer ones preferred; one that always fits comes some day."""
    while True:
        first, second = (int(count - 1 - min(rng.geometric(0.4) - 1, count - 1)) for _ in range(2))
        kind = KINDS[rng.integers(len(KINDS))]
        name = list(BINARY)[rng.integers(4)]
        if kind.split()[0] in ("number", "array"):
            number = NUMBERS[rng.integers(len(NUMBERS))]
            constant = number if kind.startswith("number") else rng.uniform(0.5, 1.5, shape)
            yield Step(name, first, constant, is_constant=True, is_swapped=kind.endswith("left"))
        elif kind == "**":
            yield Step(kind, first, EXPONENTS[rng.integers(len(EXPONENTS))])
        else:
            yield Step(kind, first, second)


def is_tame(step: Step, values: list[np.ndarray]) -> bool:
    """Do value and derivatives stay moderate?"""
    x = values[step.first]
    other = step.other if step.is_constant or step.name == "**" or step.name not in BINARY else values[step.other]
    divisor = x if step.is_swapped else other
    if step.name == "/" and np.any(np.abs(divisor) < 0.3):
        return False
    if step.name in ("log", "sqrt") and np.any(x < 0.3):
        return False
    if step.name == "**" and (np.any(np.abs(x) < 0.3) or (np.any(x < 0) and other % 1)):
        return False
    with np.errstate(over="ignore"):
        return bool(np.all(np.abs(step.run(values, NUMPY)) < 15))


def programs(count: int) -> list[Program]:
    """Return so many programs: the same ones in every run, unless more are asked for on demand."""
    rng = np.random.default_rng(None if ON_DEMAND else 0)
    return [draw(rng) for _ in range(int(ON_DEMAND or count))]


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
