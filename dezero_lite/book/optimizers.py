"""The book's names for optimizers and hooks."""

from __future__ import annotations

from dezero_lite.optimizers import SGD, ClipGrad, FreezeParam, Optimizer, WeightDecay
from dezero_lite.optimizers import Momentum as MomentumSGD
from dezero_lite.stage4 import optimizers


class AdaGrad(optimizers.AdaGrad):
    """AdaGrad with the book's learning rate."""

    def __init__(self, lr: float = 0.001, eps: float = 1e-8) -> None:
        super().__init__(lr, eps)


class Adam(optimizers.Adam):
    """Adam with the book's name for its learning rate, alpha."""

    def __init__(self, alpha: float = 0.001, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8) -> None:
        super().__init__(alpha, beta1, beta2, eps)


__all__ = [
    "SGD",
    "AdaGrad",
    "Adam",
    "ClipGrad",
    "FreezeParam",
    "MomentumSGD",
    "Optimizer",
    "WeightDecay",
]
