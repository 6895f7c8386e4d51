"""Mini-batches of a data set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np


class DataLoader:
    """Goes through a data set in batches: each loop over it is an epoch, with every sample once.

    batch_size: the number of samples in a batch; the last may have fewer. shuffle: whether each epoch has
    a new order. rng: where it is drawn from, NumPy's global generator unless told otherwise.
    progress: whether a bar shows how far an epoch is, where tqdm is installed.
    Yields pairs of arrays: samples (N, ...) and labels (N, ...).
    Raises ValueError for a batch_size below 1.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 50.
    """

    def __init__(
        self, dataset: Any, batch_size: int, shuffle: bool = True, rng: Any = None, progress: bool = False
    ) -> None:
        if batch_size < 1:
            raise ValueError(f"a batch needs at least one sample, got batch_size={batch_size}")
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.rng = rng
        self.progress = progress

    def __len__(self) -> int:
        return len(range(0, len(self.dataset), self.batch_size))

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        n = len(self.dataset)
        rng = np.random if self.rng is None else self.rng
        order = rng.permutation(n) if self.shuffle else np.arange(n)
        starts: Iterable[int] = range(0, n, self.batch_size)
        for start in with_progress(starts) if self.progress else starts:
            samples = [self.dataset[i] for i in order[start : start + self.batch_size]]
            yield as_batch([x for x, _ in samples]), as_batch([t for _, t in samples])


def as_batch(samples: Sequence[Any]) -> np.ndarray:
    """Return samples of one shape as one array, (N, ...).

    Raises ValueError for several shapes.
    """
    shapes = {np.shape(x) for x in samples}
    if len(shapes) > 1:
        one, other, *_ = sorted(shapes)
        advice = "a transform can make them equal"
        raise ValueError(f"a batch needs samples of one shape, got {one} and {other}; {advice}")
    return np.array(samples)


def with_progress(rounds: Iterable[int]) -> Iterable[int]:
    """Return the rounds behind a bar that shows how far they are; without tqdm, just the rounds."""
    try:
        from tqdm.auto import tqdm  # type: ignore[import-untyped]
    except ImportError:
        return rounds
    return tqdm(rounds)
