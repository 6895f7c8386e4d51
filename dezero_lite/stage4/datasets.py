"""Data sets: samples with labels, one at a time."""

from __future__ import annotations

import importlib.resources
import math
from collections.abc import Callable
from typing import Any

import numpy as np

Transform = Callable[[Any], Any]


class Dataset:
    """Samples and their labels: dataset[i] is a pair of one sample and its label.

    data, label: arrays or lists of one length. transform, target_transform: what is made of each sample
    and each label when it is asked for; None to leave it as it is.
    Raises ValueError for unequal lengths.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 49.

    >>> dataset = Dataset(np.array([[10.0], [20.0]]), [0, 1], transform=lambda x: x / 10)
    >>> len(dataset), dataset[1]
    (2, (array([2.]), 1))
    """

    def __init__(
        self,
        data: Any,
        label: Any,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
    ) -> None:
        if len(data) != len(label):
            counts = f"got {len(label)} for {len(data)}"
            raise ValueError(
                f"a data set needs a label for each sample, {counts}"
            )
        self.data = data
        self.label = label
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, i: int) -> tuple[Any, Any]:
        x, t = self.data[i], self.label[i]
        if self.transform is not None:
            x = self.transform(x)
        if self.target_transform is not None:
            t = self.target_transform(t)
        return x, t


class Spiral(Dataset):
    """300 points of the plane on three arms of a spiral, labelled 0, 1, 2: see spiral_points.

    >>> dataset = Spiral()
    >>> x, t = dataset[0]
    >>> len(dataset), x.shape, sorted(set(dataset.label.tolist()))
    (300, (2,), [0, 1, 2])
    """

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
    ) -> None:
        super().__init__(*spiral_points(train), transform, target_transform)


class SinCurve(Dataset):
    """A sine of 25 points a period: each sample is one point, (1,), and its label the next point, (1,).

    train: a sine with a little noise; else a cosine without noise. length: the number of samples.

    >>> dataset = SinCurve(train=False)
    >>> (x0, t0), (x1, t1) = dataset[0], dataset[1]
    >>> x0.shape, t0 == x1
    ((1,), array([ True]))
    """

    def __init__(self, train: bool = True, length: int = 400) -> None:
        angle = 2 * math.pi * np.arange(length + 1) / 25
        noise = np.random.default_rng(0).uniform(-0.05, 0.05, length + 1)
        curve = np.sin(angle) + noise if train else np.cos(angle)
        points = curve.astype(np.float32).reshape(-1, 1)
        super().__init__(points[:-1], points[1:])


class Digits(Dataset):
    """Handwritten digits of 8 by 8 pixels: samples (64,) from 0 to 1 in float32, labels 0 to 9.

    train: the first four fifths of them in an order drawn from seed, else the others. seed: None for the
    order of the file, in which the digits of each writer stand together.
    Source: Alpaydin and Kaynak, Optical recognition of handwritten digits, UCI Machine Learning Repository
    (1998); see digits.md beside the file.

    >>> dataset = Digits()
    >>> x, t = dataset[0]
    >>> len(dataset), len(Digits(train=False)), x.shape
    (1437, 360, (64,))
    """

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
        seed: int | None = 0,
    ) -> None:
        file = importlib.resources.files("dezero_lite") / "data" / "digits.npz"
        with file.open("rb") as opened, np.load(opened) as arrays:
            data, label = arrays["data"], arrays["label"]
        order = np.arange(len(data))
        if seed is not None:
            order = np.random.default_rng(seed).permutation(order)
        chosen = order[:1437] if train else order[1437:]
        data = (data[chosen] / 16).astype(np.float32)
        label = label[chosen].astype(np.int64)
        super().__init__(data, label, transform, target_transform)


def spiral_points(train: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Return the points of three spiral arms, (300, 2) in float32, and which arm each is on, (300,).

    train: other random numbers make a second set of the same kind, to test with.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 48; these are the same points.
    """
    rng = np.random.RandomState(1984 if train else 2020)
    arm = np.arange(3).reshape(3, 1)
    radius = np.arange(100) / 100
    angle = 4 * arm + 4 * radius + 0.2 * rng.standard_normal((3, 100))
    x0, x1 = radius * np.sin(angle), radius * np.cos(angle)
    x = np.stack([x0, x1], axis=2).reshape(300, 2)
    order = rng.permutation(300)
    return x[order].astype(np.float32), np.repeat(np.arange(3), 100)[order]
