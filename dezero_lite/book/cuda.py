"""The book's names for what moves arrays to a GPU and back."""

from dezero_lite.devices import as_numpy, get_array_module
from dezero_lite.devices import to_gpu as as_cupy

__all__ = [
    "as_cupy",
    "as_numpy",
    "get_array_module",
]
