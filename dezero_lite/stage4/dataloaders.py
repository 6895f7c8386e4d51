"""Mini-batches of a data set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

import numpy as np


class DataLoader:
    """Goes through a data set in batches: each loop over it is an epoch, with every sample once.

    batch_size: the number of samples in a batch; the last may have fewer. shuffle: whether each epoch has
    a new order. rng: where it is drawn from, NumPy's global generator unless told otherwise.
    progress: whether a bar shows how far an epoch is, where tqdm is installed. gpu: whether the batches are
    moved to the GPU; see to_gpu.
    Yields pairs of arrays: samples (N, ...) and labels (N, ...).
    Raises ValueError for a batch_size below 1.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 50.

    >>> for x, t in DataLoader([(10, 0), (20, 1), (30, 0)], batch_size=2, shuffle=False):
    ...     print(x, t)
    [10 20] [0 1]
    [30] [0]
    """

    # set by setup_layers(), of stage 5
    to_gpu: ClassVar[Callable[..., Any]]
    to_cpu: ClassVar[Callable[..., Any]]

    def __init__(
        self,
        dataset: Any,
        batch_size: int,
        shuffle: bool = True,
        rng: Any = None,
        progress: bool = False,
        gpu: bool = False,
    ) -> None:
        if batch_size < 1:
            raise ValueError(
                f"a batch needs at least one sample, got batch_size={batch_size}"
            )
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.rng = rng
        self.progress = progress
        self.where: Callable[[Any], Any] | None = None
        if gpu:
            self.to_gpu()

    def __len__(self) -> int:
        return len(range(0, len(self.dataset), self.batch_size))

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        n = len(self.dataset)
        rng = np.random if self.rng is None else self.rng
        order = rng.permutation(n) if self.shuffle else np.arange(n)
        starts: Iterable[int] = range(0, n, self.batch_size)
        for start in with_progress(starts) if self.progress else starts:
            yield self.batch(order[start : start + self.batch_size])

    def batch(self, numbers: Iterable[int]) -> tuple[Any, Any]:
        """Return the samples of these numbers as two arrays, moved to where the loader shall put them."""
        samples = [self.dataset[i] for i in numbers]
        x = as_batch([x for x, _ in samples])
        t = as_batch([t for _, t in samples])
        return (x, t) if self.where is None else (self.where(x), self.where(t))

    def move_to(self, where: Callable[[Any], Any]) -> DataLoader:
        """Let where move each batch, array by array; return this loader."""
        self.where = where
        return self


def as_batch(samples: Sequence[Any]) -> np.ndarray:
    """Return samples of one shape as one array, (N, ...).

    Raises ValueError for several shapes.
    """
    shapes = {np.shape(x) for x in samples}
    if len(shapes) > 1:
        one, other, *_ = sorted(shapes)
        advice = "a transform can make them equal"
        raise ValueError(
            f"a batch needs samples of one shape, got {one} and {other}; {advice}"
        )
    return np.array(samples)


def with_progress(rounds: Iterable[int]) -> Iterable[int]:
    """Return the rounds behind a bar that shows how far they are; without tqdm, just the rounds."""
    try:
        from tqdm.auto import tqdm  # type: ignore[import-untyped]
    except ImportError:
        return rounds
    return tqdm(rounds)
