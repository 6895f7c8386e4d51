"""The book's names for what is made of a sample before a network sees it."""

from dezero_lite.transforms import AsType, Compose, Flatten, Normalize

ToFloat = AsType

__all__ = [
    "AsType",
    "Compose",
    "Flatten",
    "Normalize",
    "ToFloat",
]
