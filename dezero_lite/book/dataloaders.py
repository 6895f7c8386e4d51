"""The book's names for what makes batches."""

from dezero_lite.dataloaders import DataLoader, SeqDataLoader

__all__ = [
    "DataLoader",
    "SeqDataLoader",
]
