"""Transforms, which prepare a sample before a network sees it: from dezero_lite import transforms."""

from dezero_lite.stage4.transforms import AsType, Compose, Flatten, Normalize

__all__ = [
    "AsType",
    "Compose",
    "Flatten",
    "Normalize",
]
