"""The book's names for what is made of a sample before a network sees it."""

from __future__ import annotations

from typing import Any

from dezero_lite.transforms import AsType, Compose, Flatten, Normalize

ToFloat = AsType


class ToInt(AsType):
    """x in whole numbers."""

    def __init__(self, dtype: Any = int) -> None:
        super().__init__(dtype)


__all__ = [
    "AsType",
    "Compose",
    "Flatten",
    "Normalize",
    "ToFloat",
    "ToInt",
]
