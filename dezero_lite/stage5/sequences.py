"""Data in which the order counts: batches that keep it, and a long record of nature."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from typing import Any

import numpy as np

from dezero_lite.stage4.dataloaders import DataLoader
from dezero_lite.stage4.datasets import Dataset


class SeqDataLoader(DataLoader):
    """Goes through a data set from several places at once: each row of its batches is a stream of its own, in order.

    With N samples and B streams, stream b begins at sample b * (N // B), and batch i has the sample i of
    each stream. The N % B samples at the end are left out, so that a row never leaves its stream.
    gpu: as in DataLoader.
    Yields pairs of arrays: samples (B, ...) and labels (B, ...).
    Raises ValueError for a batch_size below 1, and for one above the number of samples.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 60.

    >>> for x, t in SeqDataLoader([(i, i + 1) for i in range(6)], batch_size=2):
    ...     print(x, t)
    [0 3] [1 4]
    [1 4] [2 5]
    [2 5] [3 6]
    """

    def __init__(self, dataset: Any, batch_size: int, gpu: bool = False) -> None:
        super().__init__(dataset, batch_size, shuffle=False, gpu=gpu)
        if batch_size > len(dataset):
            raise ValueError(
                f"{batch_size} streams need as many samples, got {len(dataset)}"
            )

    def __len__(self) -> int:
        return len(self.dataset) // self.batch_size

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        starts = np.arange(self.batch_size) * len(self)
        for i in range(len(self)):
            yield self.batch(starts + i)


class Sunspots(Dataset):
    """Years of sunspots: a sample is the numbers of window years in a row, (window, 1), its label the next, (1,).

    The yearly means from 1700 to 2008, divided by 100, in float32. train: the label's year is 1949 or before;
    else it is 1950 or later, and the sample may reach back before.
    Raises ValueError for a window that leaves no sample.
    Source: the yearly sunspot numbers of the US National Geophysical Data Center; see sunspots.md beside the file.

    >>> x, t = Sunspots(window=20)[0]
    >>> x.shape, t.shape, len(Sunspots(train=False))
    ((20, 1), (1,), 59)
    """

    def __init__(self, train: bool = True, window: int = 20) -> None:
        file = importlib.resources.files("dezero_lite") / "data" / "sunspots.npz"
        with file.open("rb") as opened, np.load(opened) as arrays:
            year, number = arrays["year"], arrays["number"]
        if not 1 <= window <= 249:
            raise ValueError(
                f"a window has from 1 to 249 years before 1949, got {window}"
            )
        number = (number / 100).astype(np.float32).reshape(-1, 1)
        windows = np.lib.stride_tricks.sliding_window_view(number[:-1, 0], window)
        chosen = (year[window:] < 1950) == train
        data = windows[chosen].reshape(-1, window, 1)
        super().__init__(data, number[window:][chosen])
