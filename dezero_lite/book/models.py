"""The book's names for models."""

from __future__ import annotations

from typing import Any

from dezero_lite.models import MLP, Model, Sequential
from dezero_lite.stage5 import vgg


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
