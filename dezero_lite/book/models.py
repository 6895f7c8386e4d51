"""The book's names for models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dezero_lite.functions import sigmoid
from dezero_lite.models import Model, Sequential
from dezero_lite.stage4 import models
from dezero_lite.stage5 import vgg


class MLP(models.MLP):
    """A multilayer perceptron with the book's name for its sizes, fc_output_sizes."""

    def __init__(self, fc_output_sizes: Sequence[int], activation: Callable[[Any], Any] = sigmoid) -> None:
        super().__init__(fc_output_sizes, activation)


class VGG16(vgg.VGG16):
    """VGG16 with the book's argument: trained weights are not fetched, but read from a file of yours.

    pretrained: False. Raises ValueError otherwise.
    """

    def __init__(self, pretrained: bool = False, rng: Any = None) -> None:
        if pretrained:
            raise ValueError("VGG16 fetches no weights; call load_weights with a file of yours")
        super().__init__(rng)


__all__ = [
    "MLP",
    "VGG16",
    "Model",
    "Sequential",
]
