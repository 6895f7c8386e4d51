"""What makes batches of data sets: from dezero_lite.dataloaders import DataLoader."""

from dezero_lite.stage4.dataloaders import DataLoader

__all__ = [
    "DataLoader",
]
