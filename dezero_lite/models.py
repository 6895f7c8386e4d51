"""The models of all stages in one place: from dezero_lite import models."""

from dezero_lite.stage4 import MLP, Model, Sequential

__all__ = [
    "MLP",
    "Model",
    "Sequential",
]
