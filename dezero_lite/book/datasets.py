"""The book's names for data sets."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.book.transforms import Compose, Flatten, Normalize, ToFloat
from dezero_lite.datasets import SinCurve, Spiral
from dezero_lite.stage4 import datasets, mnist
from dezero_lite.stage4.datasets import Transform
from dezero_lite.stage4.datasets import spiral_points as get_spiral


class Dataset(datasets.Dataset):
    """A data set that a subclass fills: its prepare sets data and, where there are labels, label.

    train, transform, target_transform: as in dezero_lite.datasets.
    """

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
    ) -> None:
        self.train = train
        super().__init__((), (), transform, target_transform)
        self.data = self.label = None
        self.prepare()

    def prepare(self) -> None:
        """Set data and label."""

    def __getitem__(self, i: int) -> tuple[Any, Any]:
        if self.label is not None:
            return super().__getitem__(i)
        return self.data[i] if self.transform is None else self.transform(self.data[i]), None


class MNIST(mnist.MNIST):
    """MNIST with samples (1, 28, 28) from 0 to 255, of which the book's transform makes (784,) from 0 to 1.

    download: nothing is fetched without it. Otherwise as in dezero_lite.datasets.
    """

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = Compose([Flatten(), ToFloat(), Normalize(0.0, 255.0)]),  # noqa: B008
        target_transform: Transform | None = None,
        download: bool = False,
        folder: Any = None,
    ) -> None:
        super().__init__(train, transform, target_transform, download, folder)
        self.data = np.rint(self.data * 255).astype(np.uint8).reshape(-1, 1, 28, 28)


__all__ = [
    "MNIST",
    "Dataset",
    "SinCurve",
    "Spiral",
    "get_spiral",
]
