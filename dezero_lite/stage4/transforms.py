"""Transforms, which prepare a sample before a network sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


class Compose:
    """Several transforms, one behind the other.

    >>> Compose([Flatten(), Normalize(std=2.0)])(np.array([[2.0], [4.0]]))
    array([1., 2.])
    """

    def __init__(self, transforms: Sequence[Callable[[Any], Any]]) -> None:
        self.transforms = transforms

    def __call__(self, x: Any) -> Any:
        for transform in self.transforms:
            x = transform(x)
        return x


class Normalize:
    """(x - mean) / std: numbers for all of x, or arrays with one for each place or each channel.

    Whole numbers become float32; float32 stays. Raises ValueError where a std is not positive.

    >>> Normalize(mean=1.0, std=2.0)(np.array([1, 5]))
    array([0., 2.], dtype=float32)
    """

    def __init__(self, mean: Any = 0.0, std: Any = 1.0) -> None:
        if np.any(np.asarray(std) <= 0):
            raise ValueError(
                "Normalize needs a std above 0; where nothing varies, take 1"
            )
        self.mean = mean
        self.std = std

    def __call__(self, x: Any) -> Any:
        x = np.asarray(x)
        dtype = x.dtype if x.dtype.kind == "f" else np.float32
        channels = (-1,) + (1,) * (x.ndim - 1)  # of an image, (C, H, W)
        mean, std = self.mean, self.std
        if np.ndim(mean) == 1:
            mean = np.reshape(mean, channels)
        if np.ndim(std) == 1:
            std = np.reshape(std, channels)
        return ((x.astype(dtype) - mean) / std).astype(dtype)


class Flatten:
    """x's elements in a single axis.

    >>> Flatten()(np.zeros((1, 8, 8))).shape
    (64,)
    """

    def __call__(self, x: Any) -> Any:
        return np.reshape(x, -1)


class AsType:
    """x in another type: float32 unless told otherwise.

    >>> AsType()(np.array([1, 2]))
    array([1., 2.], dtype=float32)
    """

    def __init__(self, dtype: Any = np.float32) -> None:
        self.dtype = dtype

    def __call__(self, x: Any) -> Any:
        return np.asarray(x).astype(self.dtype)
