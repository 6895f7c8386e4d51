"""The book's names for what makes batches."""

from __future__ import annotations

from typing import Any

from dezero_lite.dataloaders import SeqDataLoader
from dezero_lite.stage4 import dataloaders


class DataLoader(dataloaders.DataLoader):
    """A loader with the book's order of arguments."""

    def __init__(self, dataset: Any, batch_size: int, shuffle: bool = True, gpu: bool = False) -> None:
        super().__init__(dataset, batch_size, shuffle, gpu=gpu)


__all__ = [
    "DataLoader",
    "SeqDataLoader",
]
