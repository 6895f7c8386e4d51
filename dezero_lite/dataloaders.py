"""Loaders, which make batches of data sets: from dezero_lite.dataloaders import DataLoader."""

from dezero_lite.stage4.dataloaders import DataLoader
from dezero_lite.stage5.sequences import SeqDataLoader

__all__ = [
    "DataLoader",
    "SeqDataLoader",
]
