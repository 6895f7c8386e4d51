"""Layers with a forward and a backward method, for numbers: no Variable, no graph, no array.

This is the other classic way into backpropagation. It is independent of the stages: whoever calls the layers has
to call them in the right order, once forward and once back.
"""

from __future__ import annotations


class MulLayer:
    """y = x0 * x1. The backward pass needs both factors, so forward keeps them.

    Source: Saitoh, Deep Learning from Scratch (2016), chapter 5.
    """

    def __init__(self) -> None:
        self.x0: float | None = None
        self.x1: float | None = None

    def forward(self, x0: float, x1: float) -> float:
        """Return x0 * x1, and keep both for backward."""
        self.x0 = x0
        self.x1 = x1
        return x0 * x1

    def backward(self, gy: float) -> tuple[float, float]:
        """Return the gradients at x0 and x1, given the gradient gy at the product.

        Raises TypeError where forward has not run.
        """
        return gy * self.x1, gy * self.x0  # type: ignore[operator]


class AddLayer:
    """y = x0 + x1. The backward pass needs nothing from the forward pass, so there is nothing to keep.

    Source: Saitoh, Deep Learning from Scratch (2016), chapter 5.
    """

    def forward(self, x0: float, x1: float) -> float:
        """Return x0 + x1."""
        return x0 + x1

    def backward(self, gy: float) -> tuple[float, float]:
        """Return gy for each input."""
        return gy, gy
