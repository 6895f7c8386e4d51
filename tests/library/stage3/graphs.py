"""Functions and large graphs that show how the engine walks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lite.stage3 import Function, Variable


class Same(Function):
    """The identity. Neither way copies anything, so that data and gradients are handed over as they are."""

    def forward(self, x: Any) -> Any:
        return x

    def backward(self, gy: Any) -> Any:
        return gy


class Half(Function):
    """x / 2."""

    def forward(self, x: Any) -> Any:
        return x / 2

    def backward(self, gy: Any) -> Any:
        return gy / 2


class Total(Function):
    """The sum of any number of arrays."""

    def forward(self, *xs: Any) -> Any:
        return np.sum(xs, axis=0)

    def backward(self, gy: Any) -> Any:
        return (gy,) * len(self.inputs)


class SumAndProduct(Function):
    """Two outputs: x0 + x1 and x0 * x1."""

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 + x1, x0 * x1

    def backward(self, g_sum: Any, g_product: Any) -> Any:
        x0, x1 = self.xs
        return g_sum + g_product * x1, g_sum + g_product * x0


def chain(x: Variable, size: int) -> Variable:
    """One function after another."""
    y = x
    for _ in range(size):
        y = Same()(y)
    return y


def diamond(x: Variable, size: int) -> Variable:
    """Many functions side by side, gathered in one; the gradient is their number."""
    y: Variable = Total()(*[Same()(x) for _ in range(size - 1)])
    return y


def ladder(x: Variable, size: int) -> Variable:
    """Two rails, each rung using both: 2 ** (size / 2) paths lead through it, each with a gradient that small."""
    a = b = x
    for _ in range(size // 4):
        a, b = Half()(Total()(a, b)), Half()(Total()(b, a))
    return a


def fans(x: Variable, size: int) -> Variable:
    """Skip connections: x is used again by every function."""
    y = x
    for _ in range(size):
        y = Total()(y, x)
    return y


# the graph, and the gradient of its result for a given size
LARGE: dict[str, tuple[Callable[[Variable, int], Variable], Callable[[int], float]]] = {
    "chain": (chain, lambda size: 1.0),
    "diamond": (diamond, lambda size: size - 1.0),
    "ladder": (ladder, lambda size: 1.0),
    "fans": (fans, lambda size: size + 1.0),
}
