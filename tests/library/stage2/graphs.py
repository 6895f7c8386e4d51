"""Functions, and large graphs of them, that show how the engine walks."""

from __future__ import annotations

import numpy as np

from dezero_lite.stage2 import Function
from tests.support.large_graphs import LargeGraphs


class Same(Function):
    """The identity. Neither way copies anything, so that data and gradients are handed over as they are."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x

    def backward(self, gy: np.ndarray) -> np.ndarray:
        return gy


class Total(Function):
    """The sum of any number of arrays."""

    def forward(self, *xs: np.ndarray) -> np.ndarray:
        return np.sum(xs, axis=0)

    def backward(self, gy: np.ndarray) -> tuple[np.ndarray, ...]:
        return (gy,) * len(self.inputs)


class SumAndProduct(Function):
    """Two outputs: x0 + x1 and x0 * x1."""

    def forward(self, x0: np.ndarray, x1: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return x0 + x1, x0 * x1

    def backward(self, g_sum: np.ndarray, g_product: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x0, x1 = self.inputs
        return g_sum + g_product * x1.data, g_sum + g_product * x0.data


class Half(Function):
    """x / 2."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x / 2

    def backward(self, gy: np.ndarray) -> np.ndarray:
        return gy / 2


LARGE = LargeGraphs(Same, Half, Total).by_name()
