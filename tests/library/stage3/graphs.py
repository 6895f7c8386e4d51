"""Functions, and large graphs of them, that show how the engine walks."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3 import Function
from tests.support.large_graphs import LargeGraphs


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


LARGE = LargeGraphs(Same, Half, Total).by_name()
