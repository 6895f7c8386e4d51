"""The book's names for data sets."""

from dezero_lite.datasets import MNIST, Dataset, SinCurve, Spiral
from dezero_lite.stage4.datasets import spiral_points as get_spiral

__all__ = [
    "MNIST",
    "Dataset",
    "SinCurve",
    "Spiral",
    "get_spiral",
]
