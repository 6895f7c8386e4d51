"""The data sets of all stages in one place: from dezero_lite import datasets."""

from dezero_lite.stage4.datasets import Dataset, Digits, SinCurve, Spiral
from dezero_lite.stage4.mnist import MNIST
from dezero_lite.stage5.sequences import Sunspots

__all__ = [
    "MNIST",
    "Dataset",
    "Digits",
    "SinCurve",
    "Spiral",
    "Sunspots",
]
